import { z } from 'zod';

/** Longest time that a member's log may be watched, in milliseconds. */
export const MAX_LOG_TAIL_MS = 5 * 60_000;
/** Most lines of one message, of one line, and of one whole tail: whoever wants more goes to the machine. */
export const LOG_TAIL_BATCH = 200;
export const LOG_TAIL_LINE = 2_000;
export const LOG_TAIL_LINES = 5_000;
export const LOG_TAIL_BYTES = 1024 * 1024;

/** Why a tail ended, or never began. */
export const LOG_TAIL_REASONS = ['time-over', 'enough', 'stopped', 'policy', 'no-answer'] as const;
export type LogTailReason = (typeof LOG_TAIL_REASONS)[number];

/** Body of `PUT /agent/v1/log-tails/{id}`: what became of the wish. */
export const logTailStateSchema = z.object({
  state: z.enum(['open', 'refused', 'ended']),
  reason: z.string().max(64).optional(),
});
export type LogTailState = z.infer<typeof logTailStateSchema>;

/** Body of `POST /agent/v1/log-tails/{id}/lines`. */
export const logTailLinesSchema = z.object({
  /** Counts the messages of one tail from 0: one that comes twice is taken once. */
  seq: z.int().min(0).max(100_000),
  lines: z.array(z.string().max(LOG_TAIL_LINE)).max(LOG_TAIL_BATCH),
  /** Lines left out since the message before, because there were too many. */
  dropped: z.int().min(0),
});
export type LogTailLines = z.infer<typeof logTailLinesSchema>;

/** Answer to it: whether somebody still wants to see more. */
export const logTailAnswerSchema = z.object({ wanted: z.boolean() });
export type LogTailAnswer = z.infer<typeof logTailAnswerSchema>;
