import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';

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

export const compromiseSchema = z
  .object({ memberId: z.guid(), epoch: z.int(), exposures: z.int(), isRotationStarted: z.boolean() })
  .meta({ id: 'Compromise' });
