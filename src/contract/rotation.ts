import { z } from 'zod';
import { key32Schema, recoverySetupSchema, sealingPublicKeySchema, type SealingPublicKey } from './registration.js';
import { MAX_SEALED_LENGTH } from './sealed-credential.js';

/**
 * Rotation of the sealing key. One member leads: it makes the pair, seals the private half to every certified member and
 * to the recovery key, waits until all have it, then seals every stored credential anew. The control plane only carries
 * and counts.
 */
export const ROTATION_STATES = ['distributing', 'resealing', 'grace', 'done'] as const;
export type RotationState = (typeof ROTATION_STATES)[number];

/** HPKE `info` under which a new sealing private half (PKCS #8) is sealed to a member's receiving key. */
export function rotationKeyInfo(rotationId: string, gatewayId: string, memberId: string): string {
  return `tidegate-rotation/1 ${rotationId} ${gatewayId} ${memberId}`;
}

/** What the leader's identity key (Ed25519) signs over the new public half. */
export function rotationKeyInput(rotationId: string, gatewayId: string, key: SealingPublicKey): string {
  return JSON.stringify(['tidegate-rotation-key/1', rotationId, gatewayId, key.modulus, key.exponent]);
}

/** Body of `PUT /agent/v1/rotations/{rotationId}/key` (the leader). Sent again after a crash it replaces nothing: the first one holds. */
export const rotationKeySchema = z.object({
  publicKey: sealingPublicKeySchema,
  packages: z
    .array(z.object({ memberId: z.guid(), sealed: z.base64url().max(8192) }))
    .min(1)
    .max(10),
  /** The new private half for the recovery key. */
  bundle: recoverySetupSchema.shape.bundle,
  signature: z.base64url().length(86),
});
export type RotationKey = z.infer<typeof rotationKeySchema>;

/** Keys of earlier rotations that one view hands out, the latest ones. */
export const MAX_EARLIER_KEYS = 4;

/** Answer of `GET /agent/v1/rotations/{rotationId}` (a member). */
export const rotationViewSchema = z.object({
  rotationId: z.guid(),
  state: z.enum(ROTATION_STATES),
  /** Set once the leader has brought it. */
  key: z
    .object({
      publicKey: sealingPublicKeySchema,
      leader: z.guid(),
      signature: z.base64url(),
      /**
       * The leader's keys and the recovery key's signature over them, as they were when it brought the key: for members
       * that hear of it when the leader has left. Believed only under the recovery key that holds now.
       */
      vouched: z
        .object({
          keys: z.object({ identity: key32Schema, receiving: key32Schema }),
          certificate: z.base64url().length(86),
        })
        .optional(),
      /** The private half sealed to the asking member; absent for one that joined later (its bundle holds it). */
      sealed: z.base64url().optional(),
    })
    .optional(),
  /**
   * Keys of rotations before this one that stored credentials are still sealed to: for a member that was away when they
   * were handed out. Unsigned, since they only open; nothing is ever sealed to them.
   */
  earlier: z
    .array(z.object({ rotationId: z.guid(), publicKey: sealingPublicKeySchema, sealed: z.base64url() }))
    .max(MAX_EARLIER_KEYS)
    .optional(),
  /** Credentials that another member could not open and that the asking one has not tried yet. */
  untried: z.int().min(0).optional(),
});
export type RotationView = z.infer<typeof rotationViewSchema>;

/** Body of `POST /agent/v1/rotations/{rotationId}/receipts`: this member holds the new key. */
export const rotationReceiptSchema = z.object({ keyId: z.string().max(64) });

/**
 * Answer of `GET /agent/v1/rotations/{rotationId}/credentials` (the leader): the next credentials still sealed to an older
 * key. The same of `GET …/unopened` (any certified member): the next ones that others could not open.
 */
export const rotationBatchSchema = z.object({
  credentials: z.array(
    z.object({
      connectionId: z.guid(),
      /** As the client sealed it. */
      sealed: z.string(),
      /** SHA-256 of it, base64url: what compare-and-set names. */
      hash: z.base64url().length(43),
    }),
  ),
  remaining: z.int().min(0),
});

/** Body of `PUT /agent/v1/rotations/{rotationId}/credentials/{connectionId}`; 409 when it was changed meanwhile, which is fine. */
export const resealedSchema = z.object({
  expectedHash: z.base64url().length(43),
  sealed: z.string().max(MAX_SEALED_LENGTH),
});

/** Credentials that one report names. */
export const MAX_UNOPENED = 50;

/**
 * Body of `POST /agent/v1/rotations/{rotationId}/unopened` (a certified member): these open with none of its keys. What
 * every member has tried holds the rotation up no longer; its owners are asked to seal it again.
 */
export const unopenedSchema = z.object({
  credentials: z
    .array(z.object({ connectionId: z.guid(), hash: z.base64url().length(43) }))
    .min(1)
    .max(MAX_UNOPENED),
});
