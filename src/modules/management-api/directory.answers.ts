import { z } from 'zod';
import { PRINCIPAL_TYPES } from '../identity/principal.types.js';

export const directorySearchSchema = z
  .object({
    value: z.array(
      z.object({
        id: z.guid(),
        type: z.enum(PRINCIPAL_TYPES),
        displayName: z.string(),
        userPrincipalName: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'DirectorySearch' });
