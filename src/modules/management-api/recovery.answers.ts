import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';
import { PENDING_STEPS } from '../recovery/recovery.types.js';
import { STORED_ROTATION_STATES } from '../rotations/rotations.types.js';

export const recoveryStatusSchema = z
  .object({
    provedAt: z.iso.datetime().optional(),
    changedAt: z.iso.datetime().optional(),
    handovers: z.int(),
    keyAgeDays: z.int(),
    locks: z.int(),
    reminderAt: z.iso.datetime(),
  })
  .meta({ id: 'RecoveryStatus' });

const lockSchema = z
  .object({
    callerId: z.guid(),
    failures: z.int(),
    countedFrom: z.iso.datetime(),
    lockedUntil: z.iso.datetime().optional(),
  })
  .meta({ id: 'RecoveryLock' });
export const recoveryLockPageSchema = pageSchema(lockSchema);

const exposureSchema = z
  .object({
    connectionId: z.guid(),
    connectionName: z.string().optional(),
    memberId: z.guid(),
    since: z.iso.datetime(),
    closedAt: z.iso.datetime().optional(),
    closedBy: z.guid().optional(),
  })
  .meta({ id: 'Exposure' });
export const exposurePageSchema = pageSchema(exposureSchema);

const pendingSchema = z.array(z.enum(PENDING_STEPS));

export const compromiseSchema = z
  .object({
    memberId: z.guid(),
    epoch: z.int(),
    exposures: z.int(),
    isRotationStarted: z.boolean(),
    pending: pendingSchema,
  })
  .meta({ id: 'Compromise' });

export const compromisePageSchema = pageSchema(
  z
    .object({
      memberId: z.guid(),
      memberName: z.string(),
      at: z.iso.datetime(),
      pending: pendingSchema,
      rotation: z.object({ id: z.guid(), state: z.enum(STORED_ROTATION_STATES) }).optional(),
      openExposures: z.int(),
    })
    .meta({ id: 'CompromiseStatus' }),
);
