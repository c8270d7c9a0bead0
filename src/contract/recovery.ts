import { z } from 'zod';
import {
  key32Schema,
  nameSchema,
  recoverySetupSchema,
  registrationRequestSchema,
  registrationResponseSchema,
  sealingPublicKeySchema,
  type MemberKeys,
} from './registration.js';

/**
 * What the recovery key permits. Each begins with a challenge that the proof key answers: the passphrase itself is never
 * sent.
 */
export const PROOF_OPERATIONS = ['join', 'restore', 'takeover', 'drill', 'change-recovery-key'] as const;
export const proofOperationSchema = z.enum(PROOF_OPERATIONS);
export type ProofOperation = z.infer<typeof proofOperationSchema>;

/** How long a challenge can be answered. */
export const CHALLENGE_SECONDS = 120;

/** Wrong proofs of one caller at one gateway before both are locked, and for how long. */
export const MAX_WRONG_PROOFS = 5;
export const PROOF_LOCK_SECONDS = 15 * 60;

/** Older sealing keys that a gateway keeps for its recovery key: one, and one more for each compromise meanwhile. */
export const MAX_OLDER_BUNDLES = 4;

const signatureSchema = z.base64url().length(86);

/** Body of `POST /agent/v1/gateways/{gatewayId}/challenges` (a person or join token) and of `POST /agent/v1/recovery/challenges` (a member). */
export const challengeRequestSchema = z.object({ operation: proofOperationSchema });

/** What there is to sign, and what the key is derived with. */
export const challengeSchema = z.object({
  challengeId: z.guid(),
  nonce: key32Schema,
  operation: proofOperationSchema,
  /** Object id of the caller, or the member's id: part of what is signed. */
  callerId: z.guid(),
  /** Control planes older than machines' policies leave the tenant out. */
  gateway: z.object({ id: z.guid(), name: z.string(), region: z.string(), tenantId: z.guid().optional() }),
  /** The gateway's members, the first installed first. */
  members: z.array(z.object({ id: z.guid(), name: z.string(), enabled: z.boolean(), online: z.boolean() })),
  kdf: recoverySetupSchema.shape.kdf,
  expiresAt: z.iso.datetime(),
});
export type Challenge = z.infer<typeof challengeSchema>;

/** What a proof commits to, beside the challenge. */
export interface ProofSubject {
  /** The new member's keys and machine; absent for operations without one. */
  readonly member?: { readonly keys: MemberKeys; readonly machine: string };
  /** The member that is replaced. */
  readonly replaces?: string | undefined;
  /** What is handed over to; only when the recovery key changes. */
  readonly setup?: { readonly proofKey: string; readonly recoveryKey: string; readonly salt: string };
}

/** What the proof key (Ed25519) signs. `issuer` ties it to one control plane, so that a proof cannot be carried elsewhere. */
export function recoveryProofInput(
  issuer: string,
  challenge: Pick<Challenge, 'challengeId' | 'nonce' | 'operation' | 'callerId' | 'expiresAt'> & {
    readonly gateway: { readonly id: string };
  },
  { member, replaces, setup }: ProofSubject,
): string {
  return JSON.stringify([
    'tidegate-recovery-proof/1',
    issuer,
    challenge.challengeId,
    challenge.nonce,
    challenge.gateway.id,
    challenge.operation,
    challenge.callerId,
    challenge.expiresAt,
    member?.keys.identity ?? null,
    member?.keys.receiving ?? null,
    member?.machine ?? null,
    replaces ?? null,
    setup?.proofKey ?? null,
    setup?.recoveryKey ?? null,
    setup?.salt ?? null,
  ]);
}

/**
 * What the proof key signs to certify a member towards the others: they hand a new sealing key only to members certified
 * so, which a row added in the cloud's database is not.
 */
export function memberCertificateInput(keys: MemberKeys): string {
  return JSON.stringify(['tidegate-member/1', keys.identity, keys.receiving]);
}

/** What the old proof key signs when the recovery key changes, so that members follow to the new one. */
export function handoverInput(
  gatewayId: string,
  setup: { proofKey: string; recoveryKey: string; salt: string },
): string {
  return JSON.stringify(['tidegate-recovery-handover/1', gatewayId, setup.proofKey, setup.recoveryKey, setup.salt]);
}

/** Body of `POST /agent/v1/gateways/{gatewayId}/members`: join, restore or takeover. */
export const admissionRequestSchema = z.object({
  challengeId: z.guid(),
  operation: z.enum(['join', 'restore', 'takeover']),
  member: registrationRequestSchema.shape.member,
  /** The member that the new one takes the place of; with restore and takeover. */
  replaces: z.guid().optional(),
  /** By the proof key over `recoveryProofInput`. */
  proof: signatureSchema,
  /** By the proof key over `memberCertificateInput`. */
  certificate: signatureSchema,
  /** By the new member's identity key over `recoveryProofInput`: it holds the private half. */
  identityProof: signatureSchema,
});
export type AdmissionRequest = z.infer<typeof admissionRequestSchema>;

/** Answer 201: as after a registration, and what only the recovery key opens. */
export const admissionResponseSchema = registrationResponseSchema.extend({
  gatewayName: nameSchema,
  sealingKey: sealingPublicKeySchema,
  /** The sealing private half, sealed to the recovery public half. */
  bundle: recoverySetupSchema.shape.bundle,
  /** Private halves of older sealing keys, while credentials are still sealed to them; the newest first. */
  olderBundles: z.array(recoverySetupSchema.shape.bundle).max(8).optional(),
  proofKey: key32Schema,
});
export type AdmissionResponse = z.infer<typeof admissionResponseSchema>;

/** Body of `POST /agent/v1/recovery/drills` (a member): proves that the recovery key is still at hand. Changes nothing. */
export const drillRequestSchema = z.object({ challengeId: z.guid(), proof: signatureSchema });

/** Body of `PUT /agent/v1/recovery/key` (a member). */
export const recoveryKeyChangeSchema = z.object({
  challengeId: z.guid(),
  /** By the old proof key over `recoveryProofInput` with the new setup. */
  proof: signatureSchema,
  setup: recoverySetupSchema,
  /** By the old proof key over `handoverInput`. */
  handover: signatureSchema,
  /** Every member of the gateway, certified by the new proof key. */
  certificates: z
    .array(z.object({ memberId: z.guid(), certificate: signatureSchema }))
    .min(1)
    .max(10),
  /** Fingerprint of the sealing key whose private half the bundle holds; refused when another one holds by now. */
  sealingKeyId: z.string().max(64).optional(),
  /**
   * Private halves of older sealing keys for the new recovery key, the newest first. Asked for while the gateway keeps
   * such for the old one: credentials may still be sealed to them.
   */
  olderBundles: z.array(recoverySetupSchema.shape.bundle).max(MAX_OLDER_BUNDLES).optional(),
});
export type RecoveryKeyChange = z.infer<typeof recoveryKeyChangeSchema>;

/** Answer of `GET /agent/v1/members` (a member): the others, with what certifies them. */
export const memberListSchema = z.object({
  members: z.array(
    z.object({
      id: z.guid(),
      name: z.string(),
      keys: z.object({ identity: key32Schema, receiving: key32Schema }),
      /** Absent for a member registered before certificates were kept. */
      certificate: signatureSchema.optional(),
    }),
  ),
  proofKey: key32Schema,
  /** Changes of the recovery key since the first, in order: how a member follows from the proof key it knows. */
  handovers: z.array(
    z.object({ proofKey: key32Schema, recoveryKey: key32Schema, salt: key32Schema, signature: signatureSchema }),
  ),
});
export type MemberList = z.infer<typeof memberListSchema>;
