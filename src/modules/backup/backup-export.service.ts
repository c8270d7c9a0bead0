import { createHash, type Hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { MAX_BACKUP_BYTES } from '../../common/http/body-parsers.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { AppConfig } from '../../config/env.js';
import { BACKUP_KIND, BACKUP_VERSION, backupSealInput, canonicalJson, type BackupSeal } from '../../contract/backup.js';
import { AuditKeyService } from '../audit/audit-key.service.js';
import { AuditService } from '../audit/audit.service.js';
import { TenantsService } from '../identity/tenants.service.js';
import { BackupReader } from './backup-reader.service.js';
import { text } from './backup-rows.js';

/** A tenant of 10,000 connections is read in some seconds. */
const SNAPSHOT = { isolationLevel: 'RepeatableRead', timeout: 60_000, maxWait: 10_000 } as const;

/** Writes backups. */
@Injectable()
export class BackupExportService {
  /** One after the other: a document is held in memory until it is sent, because the snapshot it is read from cannot wait for a slow caller. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly tenants: TenantsService,
    private readonly reader: BackupReader,
    private readonly key: AuditKeyService,
    private readonly audit: AuditService,
  ) {}

  /** @returns the document in pieces @throws DomainError NOT_ADMINISTRATOR, VAULT_UNAVAILABLE, PAYLOAD_TOO_LARGE */
  async write(caller: Caller): Promise<readonly string[]> {
    if (!caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    const mine = this.last.then(() => this.read(caller));
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private async read(caller: Caller): Promise<readonly string[]> {
    const { tenantId } = caller;
    // Both may ask the vault, which has no place in a transaction.
    const { id: keyId, key } = await this.key.current();
    const machineSalt = text(await this.tenants.machineSalt(tenantId));
    const createdAt = new Date().toISOString();
    const document = new Pieces();
    await this.prisma.$transaction(async (tx) => {
      await document.list('{"connections"', this.reader.connections(tx, tenantId));
      document.add(`,"createdAt":${canonicalJson(createdAt)}`);
      await document.list(',"environments"', this.reader.environments(tx, tenantId));
      await document.list(',"gateways"', this.reader.gateways(tx, tenantId));
      document.add(`,"issuer":${canonicalJson(this.config.issuer)},"machineSalt":${canonicalJson(machineSalt)}`);
      document.add(`,"policy":${await this.reader.policy(tx, tenantId)}`);
      document.add(`,"tenantId":${canonicalJson(tenantId)},"typ":"${BACKUP_KIND}","version":${BACKUP_VERSION}`);
    }, SNAPSHOT);
    const sha256 = document.hash('}');
    const input = backupSealInput(key, { tenantId, createdAt, sha256 });
    const seal: BackupSeal = { sha256, key, jws: `${input}.${await this.key.sign(keyId, input)}` };
    await this.prisma.$transaction((tx) => this.record(tx, caller, sha256));
    return [...document.pieces, `,"seal":${canonicalJson(seal)}}\n`];
  }

  private record(tx: Transaction, caller: Caller, sha256: string): Promise<void> {
    return this.audit.record(tx, {
      tenantId: caller.tenantId,
      actor: caller,
      action: 'backup.taken',
      subject: { type: 'tenant', id: caller.tenantId },
      details: { sha256 },
    });
  }
}

/** The document as it grows, and the hash of it. */
class Pieces {
  readonly pieces: string[] = [];
  private readonly sha256: Hash = createHash('sha256');
  private size = 0;

  /** @throws DomainError PAYLOAD_TOO_LARGE: what could not be restored is no backup */
  add(piece: string): void {
    this.size += Buffer.byteLength(piece);
    if (this.size > MAX_BACKUP_BYTES) throw new DomainError('PAYLOAD_TOO_LARGE', { limitBytes: MAX_BACKUP_BYTES });
    this.sha256.update(piece);
    this.pieces.push(piece);
  }

  async list(name: string, items: AsyncIterable<string>): Promise<void> {
    this.add(`${name}:[`);
    let isFirst = true;
    for await (const item of items) {
      this.add(isFirst ? item : `,${item}`);
      isFirst = false;
    }
    this.add(']');
  }

  /** @param end of the text that is hashed, which the seal comes before */
  hash(end: string): string {
    return this.sha256.copy().update(end).digest('base64url');
  }
}
