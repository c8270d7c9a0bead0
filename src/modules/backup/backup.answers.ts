import { z } from 'zod';
import { backupSchema, backupSealSchema } from '../../contract/backup.js';

export const backupAnswerSchema = backupSchema.extend({ seal: backupSealSchema }).meta({ id: 'Backup' });

export const restorationSchema = z
  .object({
    environments: z.int(),
    gateways: z.int(),
    members: z.int(),
    connections: z.int(),
    signedBy: z.string(),
    isSameIssuer: z.boolean(),
  })
  .meta({ id: 'Restoration' });
