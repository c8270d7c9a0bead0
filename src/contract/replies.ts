import { z } from 'zod';
import { agentErrorSchema } from './errors.js';
import { headersSchema } from './operations.js';

/**
 * First words of an answer. `accepted` is sent before the answer when the request has more body to come: it tells which
 * member took it. Bytes of the result follow in the same frame and those after it.
 */
export const replyHeadSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted') }),
  z.object({
    status: z.literal('ok'),
    mediaType: z.string().max(256).optional(),
    /** Set by `httpRequest` only. */
    http: z.object({ status: z.int().min(100).max(599), headers: headersSchema }).optional(),
  }),
  z.object({ status: z.literal('error'), error: agentErrorSchema }),
]);
export type ReplyHead = z.infer<typeof replyHeadSchema>;

/** Last words, on the final frame of an answer that began well. `error` here means: what came so far is not whole. */
export const replyTrailerSchema = z.object({
  error: agentErrorSchema.optional(),
  /** Rows that match without `$top` and `$skip`, when `count` was asked for; of `pollItems`, the rows in the answer. */
  count: z.int().optional(),
  /** More rows exist beyond `top`. */
  hasMore: z.boolean().optional(),
  /** Where the answer ended, in the member's own words: `queryItems` and `pollItems` go on from there. */
  continuation: z.string().max(16_384).optional(),
  /** Where the time went on the member, in milliseconds. */
  timings: z
    .object({
      queuedMs: z.number().optional(),
      credentialMs: z.number().optional(),
      sourceMs: z.number().optional(),
      totalMs: z.number(),
    })
    .optional(),
});
export type ReplyTrailer = z.infer<typeof replyTrailerSchema>;

/** What the control plane says to a member about a request under way. */
export const controlSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('cancel'), reason: z.enum(['caller-gone', 'deadline', 'superseded']) }),
  /** Highest frame number of the answer that may be sent now (exclusive). */
  z.object({ type: z.literal('credit'), upTo: z.int().min(0) }),
  /** Answered by an empty `ok`: is anybody there? */
  z.object({ type: z.literal('probe') }),
  /** Ask for the desired state over HTTPS now, not at the next heartbeat. */
  z.object({ type: z.literal('refresh') }),
]);
export type Control = z.infer<typeof controlSchema>;

/** What a member says to the replica about a request whose body is still coming. */
export const bodyCreditSchema = z.object({ upTo: z.int().min(0) });
export type BodyCredit = z.infer<typeof bodyCreditSchema>;
