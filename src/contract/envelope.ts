import { z } from 'zod';
import { operationSchema } from './operations.js';
import { connectionEncryptionSchema, credentialTypeSchema, targetSchema } from './targets.js';

/**
 * One request as it reaches a member: everything the agent needs, so that it asks the control plane for nothing while
 * it works. The request's body, if it has one, follows as bytes.
 */
export const envelopeSchema = z.object({
  contractVersion: z.int().min(1),
  requestId: z.guid(),
  /** From 1; a read that is sent again counts up, and replies of an older attempt are dropped. */
  attempt: z.int().min(1).max(255),
  /** W3C trace id, 32 hex digits: the same in app, portal and agent log. */
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  /** The caller's own span, when it named one: a member that sends traces hangs its spans below it. */
  parentSpan: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/), sampled: z.boolean() }).optional(),
  tenantId: z.guid(),
  gatewayId: z.guid(),
  /** Set on writes: the only member that may run it. */
  memberId: z.guid().optional(),
  /** After this instant nobody waits any more. */
  expiresAt: z.iso.datetime(),
  connection: z.object({
    id: z.guid(),
    target: targetSchema,
    credentialType: credentialTypeSchema,
    encryption: connectionEncryptionSchema,
    /** The sealed credential as the client wrote it; absent for anonymous sources. */
    credential: z.string().max(65_536).optional(),
    /** Which sealing keys matter to it, so that a member that cannot open it can say why. Older control planes do not tell. */
    sealedTo: z
      .object({
        /** Id of the key it was sealed to; absent when nobody said and it may be an older one. */
        keyId: z.string().max(64).optional(),
        /** Id of the key that callers are given now. */
        currentKeyId: z.string().max(64),
      })
      .optional(),
  }),
  operation: operationSchema,
  /** Hash of the caller's idempotency key, when there is one: the member replays a stored result for it. */
  idempotencyHash: z.string().max(64).optional(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** Proof that a write comes from a replica of the control plane and not from another member that knows the session key. */
export const writeProofSchema = z.object({
  /** The replica's certificate, signed by the pinned root (see `signed-objects.ts`). */
  certificate: z.string().max(4096),
  /** Ed25519 over `writeProofInput(envelope bytes)`, base64url. */
  signature: z.string().max(200),
});
export type WriteProof = z.infer<typeof writeProofSchema>;
