import { sealFor } from '../client/sealed-value.js';
import type { TidegateClient } from '../client/tidegate-client.js';
import { readCredential, type CredentialReference } from './credential.js';
import { SealError } from '../contract/sealed-credential.js';
import { CommandError } from './exit-codes.js';
import type { Shell } from './shell.js';

/** `credentials` of a connection's body, sealed here to the key of its gateway. */
export interface SealedCredentials {
  credentialType: CredentialReference['type'];
  values: { gatewayId: string; encryptedCredentials: string; keyId: string }[];
}

interface Sealing {
  readonly client: TidegateClient;
  readonly shell: Shell;
  readonly gatewayId: string;
  /** For questions and errors. */
  readonly whose: string;
}

/** @throws CommandError SECRET_MISSING, FILE_UNREADABLE, NOT_SEALED; ApiError */
export async function sealReference(
  { client, shell, gatewayId, whose }: Sealing,
  reference: CredentialReference,
): Promise<SealedCredentials> {
  // Anonymous: there is nothing to seal.
  if (reference.type === 'Anonymous') return { credentialType: 'Anonymous', values: [] };
  const pairs = await readCredential(shell, reference, whose);
  try {
    return { credentialType: reference.type, values: [await sealFor(client, gatewayId, pairs)] };
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause;
    throw new CommandError(`The credential of ${whose} cannot be sealed: ${cause.message}`, {
      code: 'NOT_SEALED',
      cause,
    });
  }
}
