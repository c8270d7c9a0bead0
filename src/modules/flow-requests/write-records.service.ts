import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { isUniqueViolation } from '../../common/prisma/unique-violation.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Outcome } from '../../contract/errors.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { TenantKeys } from '../identity/tenant-keys.service.js';
import { DISPATCH_TIMEOUT_MS } from './flow-call.js';

/** An hour less than members keep results: whatever is known here, the member still knows, and never runs it anew. */
const KEPT_MS = 23 * 60 * 60 * 1000;

/** When asking again about a write that is still running makes sense. */
const RETRY_SECONDS = 5;

const BODY_PURPOSE = 'write-body';

const RECORD = {
  bodyHmac: true,
  requestId: true,
  memberId: true,
  state: true,
  createdAt: true,
  expiresAt: true,
} satisfies Prisma.WriteRecordSelect;
type Row = Prisma.WriteRecordGetPayload<{ select: typeof RECORD }>;

/** A write as its caller named it. */
export interface KeyedWrite {
  readonly tenantId: string;
  readonly callerId: string;
  readonly connectionId: string;
  readonly key: string;
  /** Operation and body as they were sent: what makes two requests the same. */
  readonly content: Uint8Array;
}

export interface WriteClaim {
  readonly write: KeyedWrite;
  readonly keyHash: Buffer;
  readonly requestId: string;
  /** The only member that may run it. */
  readonly memberId: string;
  /** Names key and caller to the member, which replays the result it stored under it. */
  readonly idempotencyHash: string;
  /** Set for a write that was sent before: what is known of it. */
  readonly known: Outcome | undefined;
}

/** Writes with an idempotency key: each runs once, wherever it arrives. */
@Injectable()
export class WriteRecordsService {
  private readonly log = new Logger(WriteRecordsService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly tenantKeys: TenantKeys,
  ) {}

  /**
   * Records a write before it is sent, or finds the record of the time before.
   *
   * @param first where it goes if it is new
   * @throws DomainError KEY_REUSED for another request under the same key; REQUEST_REPEATED while it runs
   */
  async claim(write: KeyedWrite, first: { requestId: string; memberId: string }): Promise<WriteClaim> {
    const { tenantId, callerId, connectionId, key } = write;
    const keyHash = createHash('sha256').update(key).digest();
    const bodyHmac = await this.tenantKeys.hmac(tenantId, BODY_PURPOSE, write.content);
    const identity = JSON.stringify([tenantId, callerId, connectionId, key]);
    const idempotencyHash = createHash('sha256').update(identity).digest('base64url');
    const claim = { write, keyHash, idempotencyHash };
    if (await this.insert(claim, bodyHmac, first)) return { ...claim, ...first, known: undefined };

    const row = await this.read(claim);
    if (!Buffer.from(row.bodyHmac).equals(bodyHmac)) throw new DomainError('KEY_REUSED', { connectionId });
    const isRunning = row.state === 'sent' && Date.now() - row.createdAt.getTime() < DISPATCH_TIMEOUT_MS;
    if (isRunning) throw repeated(row.requestId);
    if (row.state !== 'not-executed')
      return { ...claim, ...row, known: row.state === 'executed' ? 'executed' : 'unknown' };
    if (await this.takeOver(claim, row, first)) return { ...claim, ...first, known: undefined };
    throw repeated(row.requestId);
  }

  /**
   * Keeps what became of it. Of a repeat only success is news: that a member was too busy to replay a result says nothing
   * of the write.
   */
  async settle({ write, keyHash, requestId, known }: WriteClaim, outcome: Outcome): Promise<void> {
    if (known !== undefined && outcome !== 'executed') return;
    const { tenantId, callerId, connectionId } = write;
    const state = outcome === 'not-sent' ? 'not-executed' : outcome;
    try {
      await this.prisma.writeRecord.updateMany({
        where: { tenantId, callerId, connectionId, keyHash: bytes(keyHash), requestId },
        data: { state },
      });
    } catch (error) {
      // It stays `sent`, and a repeat asks the member: slower, but right.
      this.log.warn({ event: 'write-record.not-settled', requestId, state, reason: String(error).slice(0, 300) });
    }
  }

  private async insert(
    claim: Pick<WriteClaim, 'write' | 'keyHash'>,
    bodyHmac: Buffer,
    first: { requestId: string; memberId: string },
  ): Promise<boolean> {
    const { tenantId, callerId, connectionId } = claim.write;
    const where = { tenantId, callerId, connectionId, keyHash: bytes(claim.keyHash) };
    const create = async (): Promise<void> => {
      const expiresAt = new Date(Date.now() + KEPT_MS);
      const data = { ...where, ...first, bodyHmac: bytes(bodyHmac), state: 'sent', expiresAt };
      await this.prisma.writeRecord.create({ data, select: { requestId: true } });
    };
    try {
      await create();
      return true;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
    const { count } = await this.prisma.writeRecord.deleteMany({ where: { ...where, expiresAt: { lt: new Date() } } });
    if (count === 0) return false;
    try {
      await create();
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  private async read({ write, keyHash }: Pick<WriteClaim, 'write' | 'keyHash'>): Promise<Row> {
    const { tenantId, callerId, connectionId } = write;
    const row = await this.prisma.writeRecord.findFirst({
      where: { tenantId, callerId, connectionId, keyHash: bytes(keyHash) },
      select: RECORD,
    });
    // Deleted between the two statements: as good as still running, the next try finds it free.
    if (!row) throw new DomainError('REQUEST_REPEATED', { connectionId }, { retryAfterSeconds: 1 });
    return row;
  }

  /** A write that surely did not run may be sent again, by one of those that try. */
  private async takeOver(
    { write, keyHash }: Pick<WriteClaim, 'write' | 'keyHash'>,
    row: Row,
    first: { requestId: string; memberId: string },
  ): Promise<boolean> {
    const { tenantId, callerId, connectionId } = write;
    const { count } = await this.prisma.writeRecord.updateMany({
      where: {
        tenantId,
        callerId,
        connectionId,
        keyHash: bytes(keyHash),
        requestId: row.requestId,
        state: 'not-executed',
      },
      data: { ...first, state: 'sent', createdAt: new Date(), expiresAt: new Date(Date.now() + KEPT_MS) },
    });
    return count === 1;
  }
}

function repeated(requestId: string): DomainError {
  return new DomainError('REQUEST_REPEATED', { requestId }, { outcome: 'unknown', retryAfterSeconds: RETRY_SECONDS });
}

/** Prisma's bytes live in memory of their own. */
function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(buffer);
}
