import { z } from 'zod';

/** Where on the way a request failed. */
export const hopSchema = z.enum(['control-plane', 'broker', 'member', 'connector', 'source']);
export type Hop = z.infer<typeof hopSchema>;

/** What is known of the effect at the source: the one question a person has after a failed write. */
export const outcomeSchema = z.enum(['not-sent', 'not-executed', 'executed', 'unknown']);
export type Outcome = z.infer<typeof outcomeSchema>;

/** Codes that an agent may answer with. The control plane's catalogue has a row for each of them. */
export const AGENT_ERROR_CODES = [
  'VALIDATION_FAILED',
  'OPERATION_UNSUPPORTED',
  'COLUMN_UNKNOWN',
  'FILTER_INVALID',
  'TABLE_NOT_FOUND',
  'PROCEDURE_NOT_FOUND',
  'ITEM_NOT_FOUND',
  'FILE_NOT_FOUND',
  'PATH_FORBIDDEN',
  /** The operator of the machine does not allow it. */
  'POLICY_DENIED',
  'CONTRACT_UNSUPPORTED',
  'CREDENTIAL_UNREADABLE',
  'CREDENTIAL_REBOUND',
  /** Only ever the answer to an envelope with `sealedTo`: who sends that knows it. */
  'CREDENTIAL_STALE_KEY',
  'REQUEST_REPEATED',
  'REQUEST_EXPIRED',
  'REQUEST_CANCELLED',
  'REQUEST_DECLINED',
  'REQUEST_UNSIGNED',
  'GATEWAY_BUSY',
  'SOURCE_UNREACHABLE',
  'SOURCE_DENIED',
  'SOURCE_CONFLICT',
  'SOURCE_FAILED',
  'AGENT_FAILED',
] as const;
export const agentErrorCodeSchema = z.enum(AGENT_ERROR_CODES);
export type AgentErrorCode = z.infer<typeof agentErrorCodeSchema>;

/**
 * A failure as the agent reports it. `details` holds names, ids and counts: never a secret, a statement or a row.
 * `message` is a sentence for people and may name what the source called the problem, scrubbed of values.
 */
export const agentErrorSchema = z.object({
  /** One that this build does not know comes from an agent that is newer. */
  code: agentErrorCodeSchema.catch('SOURCE_FAILED'),
  hop: hopSchema,
  outcome: outcomeSchema,
  message: z.string().max(1000),
  details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type AgentError = z.infer<typeof agentErrorSchema>;
