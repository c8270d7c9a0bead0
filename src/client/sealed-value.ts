import { z } from 'zod';
import { sealingPublicKeySchema } from '../contract/registration.js';
import { sealCredential, type CredentialPair } from '../contract/sealed-credential.js';
import type { TidegateClient } from './tidegate-client.js';

const gatewaySchema = z.object({ publicKey: sealingPublicKeySchema, keyId: z.string() });

/** An entry of `credentialDetails.credentials.values`. */
export interface SealedValue {
  readonly gatewayId: string;
  readonly encryptedCredentials: string;
  readonly keyId: string;
}

/**
 * Seals a credential to the key that a gateway publishes. What was typed does not leave this process.
 *
 * @throws ApiError; SealError when the published key cannot be used
 */
export async function sealFor(
  client: TidegateClient,
  gatewayId: string,
  pairs: readonly CredentialPair[],
): Promise<SealedValue> {
  const answer: unknown = await client.get('/v1/gateways/{gatewayId}', { params: { path: { gatewayId } } });
  const { publicKey, keyId } = gatewaySchema.parse(answer);
  return { gatewayId, encryptedCredentials: await sealCredential(publicKey, pairs), keyId };
}
