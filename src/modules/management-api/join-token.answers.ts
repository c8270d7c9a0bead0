import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';

const joinTokenSchema = z
  .object({
    id: z.guid(),
    region: z.string(),
    gatewayName: z.string(),
    gatewayId: z.guid().optional(),
    createdBy: z.guid(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    consumedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'JoinToken' });

export const joinTokenPageSchema = pageSchema(joinTokenSchema);

export const newJoinTokenSchema = joinTokenSchema.extend({ token: z.string() }).meta({ id: 'NewJoinToken' });
