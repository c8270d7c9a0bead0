import { z } from 'zod';
import type { ErrorCode } from '../../common/errors/catalogue.js';
import { momentSchema } from '../../common/moment.js';

/** Who acts where nobody asked: the service itself. No principal has this id. */
export const SERVICE = { id: '00000000-0000-0000-0000-000000000000', type: 'Service' } as const;

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
  /** How often the same happened; 1 when left out. */
  readonly count?: number;
  /** When it happened; now when left out. */
  readonly at?: Date;
  /** The running request's when left out. */
  readonly traceId?: string;
}

const moment = momentSchema.transform((text) => new Date(text));
const identifier = z.guid().toLowerCase();

/** What a search of the record can be narrowed by. */
export const auditFilterSchema = z.object({
  /** Inclusive. */
  from: moment.optional(),
  /** Exclusive. */
  to: moment.optional(),
  actorId: identifier.optional(),
  gatewayId: identifier.optional(),
  /** What was acted on: an id, or whatever else its kind is told apart by. */
  subjectId: z.string().min(1).max(256).optional(),
  /** `succeeded`, or the code of a refusal. */
  code: z.string().min(1).max(64).optional(),
  action: z.string().min(1).max(256).optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** A part of the chain, by the entries' places in it. Both inclusive. */
export const auditRangeSchema = z.object({
  fromSeq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).default(1),
  toSeq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
});
export type AuditRange = z.infer<typeof auditRangeSchema>;
