import { Injectable } from '@nestjs/common';
import type { ErrorCode } from '../../common/errors/catalogue.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { currentRequest } from '../../common/request-context.js';

/** One line of the record: who did what to what, and what came of it. */
export interface AuditRecord {
  readonly tenantId: string;
  /** Object id of the caller, or the member's id. */
  readonly actor: { readonly id: string; readonly type: string };
  /** As noun.verb: `connection.created`. */
  readonly action: string;
  /** The catalogue code of a refusal; `succeeded` when left out. */
  readonly result?: 'succeeded' | ErrorCode;
  readonly gatewayId?: string;
  readonly subject: { readonly type: string; readonly id?: string };
  /** Names, regions, counts. Never a secret. */
  readonly details?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** The append-only record of changes and refusals: the database itself refuses to change or delete a line. */
@Injectable()
export class AuditService {
  /** @param tx the transaction of the change itself, so that neither happens without the other */
  async record(tx: Transaction, record: AuditRecord): Promise<void> {
    await tx.auditEntry.create({
      data: {
        tenantId: record.tenantId,
        actorId: record.actor.id,
        actorType: record.actor.type,
        action: record.action,
        result: record.result ?? 'succeeded',
        gatewayId: record.gatewayId ?? null,
        subjectType: record.subject.type,
        subjectId: record.subject.id ?? null,
        traceId: currentRequest().traceId,
        details: { ...record.details },
      },
      select: { id: true },
    });
  }
}
