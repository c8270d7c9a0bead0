import { z } from 'zod';
import { sealingPublicKeySchema } from '../../contract/registration.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { STORED_ROTATION_STATES } from './rotations.types.js';

export const ROTATION = {
  id: true,
  tenantId: true,
  gatewayId: true,
  state: true,
  underWay: true,
  leaderId: true,
  leaseUntil: true,
  oldKeyId: true,
  newKey: true,
  newKeyId: true,
  packages: true,
  signature: true,
  receipts: true,
  hasGrace: true,
  total: true,
  startedBy: true,
  startedAt: true,
  resealedAt: true,
  finishedAt: true,
} satisfies Prisma.RotationSelect;

/** What the leader brought beside the public half, as it is kept. */
const deliverySchema = z.object({
  /** Whose signature stands under the public half. */
  by: z.guid(),
  at: z.coerce.date(),
  /** The private half sealed to each member. */
  packages: z.array(z.object({ memberId: z.guid(), sealed: z.string() })),
  /** The private half for the recovery key, once more under the tenant's data key. Base64. */
  bundle: z.string(),
  /** The recovery key it is for: after a change of that, it is of no use. */
  recoveryKey: z.string(),
  /** What vouched for the one who signed. */
  vouched: z
    .object({ keys: z.object({ identity: z.string(), receiving: z.string() }), certificate: z.string() })
    .optional(),
});
export type Delivery = z.infer<typeof deliverySchema>;

const rowSchema = z.object({
  state: z.enum(STORED_ROTATION_STATES),
  newKey: sealingPublicKeySchema.nullable(),
  packages: deliverySchema.nullable(),
});

export type RotationRow = ReturnType<typeof toRotation>;

/** @param row as the database has it @returns it with its free columns checked */
export function toRotation(row: Prisma.RotationGetPayload<{ select: typeof ROTATION }>) {
  const { packages, ...rest } = row;
  const { state, newKey, packages: delivery } = rowSchema.parse({ ...rest, packages });
  return { ...rest, state, newKey, delivery };
}
