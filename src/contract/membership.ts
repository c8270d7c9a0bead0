import { z } from 'zod';
import { capabilitiesSchema } from './capabilities.js';
import { rootStandingSchema } from './next-root.js';
import { updateReportSchema } from './release.js';

/** `typ` of a member's client assertion (RFC 7523 shape, EdDSA). Lives 60 s, its `jti` is good once. */
export const CLIENT_ASSERTION_TYP = 'tidegate-client-assertion+jwt';
export const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
export const CLIENT_ASSERTION_SECONDS = 60;

/** Body of `POST /agent/v1/tokens`. */
export const tokenRequestSchema = z.object({
  grant_type: z.literal('client_credentials'),
  client_assertion_type: z.literal(CLIENT_ASSERTION_TYPE),
  client_assertion: z.string().max(4096),
  /** The number this start of the agent was given; absent on the first request of a start, which takes a new one. */
  instance: z.int().min(1).optional(),
});
export type TokenRequest = z.infer<typeof tokenRequestSchema>;

export const tokenResponseSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  instance: z.int(),
});
export type TokenResponse = z.infer<typeof tokenResponseSchema>;

/** Seconds between heartbeats; the control plane calls a member offline after three were missed. */
export const HEARTBEAT_SECONDS = 15;
export const OFFLINE_AFTER_SECONDS = 45;

/** Body of `POST /agent/v1/heartbeats`. */
export const heartbeatRequestSchema = z.object({
  version: z.string().max(64),
  capabilities: capabilitiesSchema,
  /** The agent's own clock, so that a drift is seen by both. */
  sentAt: z.iso.datetime(),
  /** The epoch whose queues it listens to; absent while it is not connected. */
  epoch: z.int().min(1).optional(),
  receiving: z.boolean(),
  draining: z.boolean(),
  inFlight: z.int().min(0),
  load: z.object({
    cpuPercent: z.number().min(0).max(100),
    memoryPercent: z.number().min(0).max(100),
    diskFreeBytes: z.number().min(0),
  }),
  /** What is wrong with the machine; names this control plane does not know are kept. */
  conditions: z.array(z.string().max(64)).max(16).optional(),
  /** What somebody must see to though the machine is well: see `NOTICES`. Names this control plane does not know are dropped. */
  notices: z.array(z.string().max(64)).max(16).optional(),
  /** How often its own policy refused something since it started, by the kind of rule: nothing else of a policy is told. */
  refusals: z
    .record(z.string().max(32), z.int().min(0))
    .refine((counts) => Object.keys(counts).length <= 32)
    .optional(),
  /** Fingerprints of the sealing keys it holds, the newest first. */
  keyIds: z.array(z.string().max(64)).max(8).optional(),
  /** How far an ordered update is. */
  update: updateReportSchema.optional(),
  /** Which roots it trusts; agents older than next roots leave it out. */
  root: rootStandingSchema.optional(),
});
export type HeartbeatRequest = z.infer<typeof heartbeatRequestSchema>;

export const heartbeatResponseSchema = z.object({
  serverTime: z.iso.datetime(),
  /** The epoch that holds now: a member on another one asks for its session again. */
  epoch: z.int().min(1),
  /** Whether this member should take part at all, and whether it should read from the shared work. */
  enabled: z.boolean(),
  receiveReads: z.boolean(),
  newestVersion: z.string(),
  /** What is wanted of the member beyond that, signed: see `directive.ts`. Absent: nothing. */
  directive: z.object({ jws: z.string().max(8192), certificate: z.string().max(4096) }).optional(),
  /** The announcement of the next root, to a member that has not pinned it: see `next-root.ts`. */
  nextRoot: z.string().max(4096).optional(),
});
export type HeartbeatResponse = z.infer<typeof heartbeatResponseSchema>;

/** A token for a place on the bus. `audience` is a path prefix below the namespace. */
export const relayTokenSchema = z.object({ audience: z.string(), token: z.string(), expiresAt: z.iso.datetime() });
export type RelayToken = z.infer<typeof relayTokenSchema>;

/** How a member reaches its relay. */
export const relayAccessSchema = z.discriminatedUnion('mode', [
  z.object({
    mode: z.literal('tokens'),
    /** `host` or `host:port` of the namespace. */
    host: z.string(),
    listenWork: relayTokenSchema,
    listenMember: relayTokenSchema,
    sendReplies: relayTokenSchema,
  }),
  /** Development only: Microsoft's emulator knows one connection string and nothing else. */
  z.object({ mode: z.literal('emulator'), connectionString: z.string() }),
]);
export type RelayAccess = z.infer<typeof relayAccessSchema>;

/**
 * Body of `POST /agent/v1/session/moves`: a member's connection to the relay fell silent and was replaced. The relay does not
 * know that the old one is dead and goes on handing messages to it; only new places get rid of it. Control planes older than
 * this answer 404, and the member goes on as it is.
 */
export const sessionMoveSchema = z.object({
  /** The epoch in which it happened; when another one has begun there is nothing left to do. */
  epoch: z.int().min(1),
});
export type SessionMove = z.infer<typeof sessionMoveSchema>;

/** Answer of `GET /agent/v1/session`. */
export const sessionResponseSchema = z.object({
  relay: relayAccessSchema,
  queues: z.object({ work: z.string(), member: z.string() }),
  /** Session keys, sealed to the member, signed by a replica: see `signed-objects.ts`. */
  announcement: z.string().max(16_384),
  certificate: z.string().max(4096),
});
export type SessionResponse = z.infer<typeof sessionResponseSchema>;
