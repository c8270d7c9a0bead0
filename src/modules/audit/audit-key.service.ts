import { Injectable } from '@nestjs/common';
import { Vault } from '../../common/keys/vault.js';
import { withAdvisoryLock } from '../../common/prisma/advisory-lock.js';
import { AppConfig } from '../../config/env.js';
import { auditKeySchema, type AuditKey } from '../../contract/audit-checkpoint.js';

const AUDIT_KEY = 'tidegate-audit';

/** A key is rotated by hand and rarely; until then asking once is enough for a while. */
const KNOWN_MS = 10 * 60_000;

export interface CurrentAuditKey {
  /** Full identifier, version included. */
  readonly id: string;
  readonly key: AuditKey;
}

/** The key that signs audit checkpoints. It stays in the vault. */
@Injectable()
export class AuditKeyService {
  private known: { readonly current: CurrentAuditKey; readonly askedAt: number } | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly vault: Vault,
  ) {}

  /** @throws DomainError VAULT_UNAVAILABLE */
  async current(): Promise<CurrentAuditKey> {
    if (this.known && Date.now() - this.known.askedAt < KNOWN_MS) return this.known.current;
    const { id, publicKey } = await withAdvisoryLock(this.config.databaseUrl, 'auditKey', () =>
      this.vault.ensureKey(AUDIT_KEY, 'ec-p256'),
    );
    const current = { id, key: auditKeySchema.parse({ kty: 'EC', crv: 'P-256', ...publicKey }) };
    this.known = { current, askedAt: Date.now() };
    return current;
  }

  /** ES256. @throws DomainError VAULT_UNAVAILABLE */
  async sign(keyId: string, input: string): Promise<string> {
    return (await this.vault.sign(keyId, Buffer.from(input))).toString('base64url');
  }
}
