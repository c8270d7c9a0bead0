import { z } from 'zod';

/** `typ` of a directive: what a replica wants of one member, signed by the replica's key. */
export const DIRECTIVE_TYP = 'tidegate-directive+jwt';

/**
 * The state a member should be in, whole: what is absent is not wanted (any more). Being a state and not a command it may
 * arrive twice, late or in another order without harm.
 */
export const directiveSchema = z.object({
  iss: z.string(),
  iat: z.int(),
  exp: z.int(),
  gatewayId: z.guid(),
  memberId: z.guid(),
  /** Counts up with every change of what is wanted: a member keeps the highest seen and passes over older ones. */
  revision: z.int().min(0),
  /** Stop receiving and finish what is under way, until the deadline at most. */
  drain: z.object({ deadline: z.iso.datetime() }).optional(),
  /** Above these the member stops receiving; 0 or absent: never. */
  thresholds: z.object({ cpuPercent: z.int().min(0).max(100), memoryPercent: z.int().min(0).max(100) }).optional(),
  /** A rotation of the sealing key that is under way, and whether this member leads it. */
  rotation: z.object({ rotationId: z.guid(), leads: z.boolean() }).optional(),
  /** The version to run. */
  update: z.object({ version: z.string().max(64) }).optional(),
  /** A look at the machine, to be made once: see `diagnosis.ts`. */
  diagnosis: z.object({ id: z.guid() }).optional(),
  /** Somebody wants to watch the log; whether they may is for the machine's own policy to say. */
  logTail: z.object({ id: z.guid(), requestedBy: z.guid(), until: z.iso.datetime() }).optional(),
});
export type Directive = z.infer<typeof directiveSchema>;

/** What can be wrong with a member's machine, in its own words: it takes no work meanwhile. */
export const CONDITIONS = ['clock-off', 'disk-full', 'version-unsupported', 'cpu-high', 'memory-high'] as const;
export const conditionSchema = z.enum(CONDITIONS);
export type Condition = z.infer<typeof conditionSchema>;

/** What a member has to tell beside that: somebody must see to it, but work goes on. */
export const NOTICES = ['recovery-key-untrusted', 'root-untrusted', 'policy-invalid'] as const;
export type Notice = (typeof NOTICES)[number];
