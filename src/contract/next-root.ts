import { z } from 'zod';
import { key32Schema, rootKeySchema } from './registration.js';

/** `typ` of the announcement of the next root: compact JWS, ES256, by the root that holds now. */
export const NEXT_ROOT_TYP = 'tidegate-next-root+jwt';

/** From the announcement to the first use: 30 days in which somebody may notice a root that nobody asked for. */
export const NEXT_ROOT_NOTICE_SECONDS = 30 * 24 * 60 * 60;

export const nextRootSchema = z.object({
  iss: z.string(),
  iat: z.int(),
  /** Generation of the root that signed. */
  root: z.int().min(1),
  /** Its generation is the one after. */
  next: rootKeySchema,
  /** Seconds since 1970: certificates by the next root are refused until then. */
  notBefore: z.int(),
});
export type NextRoot = z.infer<typeof nextRootSchema>;

/** Why a member does not follow its control plane's root. */
export const ROOT_REFUSALS = ['root-unknown', 'root-rolled-back', 'root-not-yet', 'announcement-refused'] as const;
export type RootRefusal = (typeof ROOT_REFUSALS)[number];

/** Which roots a member trusts, as it tells with every heartbeat. */
export const rootStandingSchema = z.object({
  generation: z.int().min(1).max(1_000_000),
  next: z.object({ fingerprint: key32Schema, usableFrom: z.iso.datetime() }).optional(),
  /** One of `ROOT_REFUSALS`; names this control plane does not know are kept. */
  refused: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .optional(),
});
export type RootStanding = z.infer<typeof rootStandingSchema>;
