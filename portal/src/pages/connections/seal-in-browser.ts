import { z } from 'zod/mini';
import { sealCredential, sealingKeyId, type CredentialPair } from '../../../../src/contract/sealed-credential.js';
import type { SealedValue } from '../../../../src/client/sealed-value.js';
import type { TidegateClient } from '../../../../src/client/tidegate-client.js';
import { texts } from '../../texts/texts.js';

const gatewaySchema = z.object({
  publicKey: z.object({ modulus: z.string(), exponent: z.string() }),
  keyId: z.string(),
});

/** The key of a gateway is not the one whose fingerprint the person saw. */
export class KeyChanged extends Error {
  override readonly name = 'KeyChanged';
}

/**
 * Seals what was typed, to the key whose fingerprint stands on the page and to no other.
 *
 * @param shownKeyId fingerprint that the person could compare
 * @throws KeyChanged, SealError, ApiError, SignInNeeded
 */
export async function sealInBrowser(
  client: TidegateClient,
  { gatewayId, shownKeyId }: { readonly gatewayId: string; readonly shownKeyId: string },
  pairs: () => readonly CredentialPair[],
): Promise<SealedValue> {
  const answer: unknown = await client.get('/v1/gateways/{gatewayId}', { params: { path: { gatewayId } } });
  const { publicKey, keyId } = gatewaySchema.parse(answer);
  // The fingerprint is reckoned here: a name for another key would make comparing it worth nothing.
  if ((await sealingKeyId(publicKey)) !== keyId) throw new KeyChanged(texts.newConnection.keyWrong);
  if (keyId !== shownKeyId) throw new KeyChanged(texts.newConnection.keyChanged);
  return { gatewayId, encryptedCredentials: await sealCredential(publicKey, pairs()), keyId };
}
