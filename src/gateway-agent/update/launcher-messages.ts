import { z } from 'zod';
import { updateReportSchema } from '../../contract/release.js';

/** How an ordered update went, as the heartbeat carries it. */
export type UpdateReport = z.infer<typeof updateReportSchema>;

/** What the agent tells the launcher that started it. */
export const agentMessageSchema = z.discriminatedUnion('type', [
  /** It wants to know what became of the last update. */
  z.object({ type: z.literal('hello') }),
  /** It is connected and the control plane answered. */
  z.object({ type: z.literal('healthy') }),
  /** A version lies ready in its folder, or is the one that ran before: stop me and start that. */
  z.object({ type: z.literal('switch'), version: updateReportSchema.shape.version }),
]);
export type AgentMessage = z.infer<typeof agentMessageSchema>;

/** What the launcher answers to `hello`. */
export const launcherMessageSchema = z.object({
  type: z.literal('context'),
  /** The version that ran before this one, to which it may go back. */
  previous: z.string().optional(),
  /** What became of the last update. */
  report: updateReportSchema.optional(),
});
export type LauncherContext = z.infer<typeof launcherMessageSchema>;
