import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TenantKeys } from '../identity/tenant-keys.service.js';

/** The columns in which a connection keeps its credential. */
export interface StoredCredential {
  readonly credential: Uint8Array<ArrayBuffer> | null;
  readonly credentialHash: Uint8Array<ArrayBuffer> | null;
  readonly sealingKeyId: string | null;
}

const NONE: StoredCredential = { credential: null, credentialHash: null, sealingKeyId: null };

/** The second layer over sealed credentials: the tenant's data key. What lies beneath, only a member opens. */
@Injectable()
export class StoredCredentialsService {
  constructor(private readonly tenantKeys: TenantKeys) {}

  /** @param sealed as the client wrote it; undefined for anonymous access */
  async wrap(
    connection: { readonly id: string; readonly tenantId: string },
    sealed: string | undefined,
    sealingKeyId: string | null,
  ): Promise<StoredCredential> {
    if (sealed === undefined) return NONE;
    const wrapped = await this.tenantKeys.seal(connection.tenantId, purpose(connection.id), Buffer.from(sealed));
    return { credential: new Uint8Array(wrapped), credentialHash: hashOf(sealed), sealingKeyId };
  }

  /** @returns the sealed credential as the client wrote it */
  async unwrap(connection: { readonly id: string; readonly tenantId: string }, wrapped: Uint8Array): Promise<string> {
    const sealed = await this.tenantKeys.open(connection.tenantId, purpose(connection.id), wrapped);
    return sealed.toString('utf8');
  }
}

/** Whether two stored credentials are the same sealed text. Sealing is randomised: the same text is never a new seal. */
export function isSameSealed(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one !== null && other !== null && Buffer.compare(one, other) === 0;
}

/** Binds the second layer to one connection, so that a row's credential does not open in another row. */
function purpose(connectionId: string): string {
  return `credential:${connectionId}`;
}

/** SHA-256 of a sealed credential as the client wrote it. */
export function hashOf(sealed: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(sealed).digest());
}
