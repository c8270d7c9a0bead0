import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';
import { STORED_ROTATION_STATES } from '../rotations/rotations.types.js';

export const rotationSchema = z
  .object({
    id: z.guid(),
    gatewayId: z.guid(),
    state: z.enum(STORED_ROTATION_STATES),
    hasGrace: z.boolean(),
    oldKeyId: z.string(),
    newKeyId: z.string().optional(),
    leaderId: z.guid().optional(),
    receipts: z.array(z.guid()),
    total: z.int(),
    remaining: z.int(),
    setAside: z.int(),
    startedBy: z.string(),
    startedAt: z.iso.datetime(),
    graceUntil: z.iso.datetime().optional(),
    finishedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'Rotation' });

export const rotationPageSchema = pageSchema(rotationSchema);

export const rotationDetailSchema = rotationSchema
  .extend({ waitingFor: z.array(z.string()), setAsideConnections: z.array(z.guid()) })
  .meta({ id: 'RotationDetail' });
