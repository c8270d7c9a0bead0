import { z } from 'zod';

/** Whom a role is given to. Groups are not offered: their members could not be told from a token. */
export const principalSchema = z.strictObject({
  id: z.guid().toLowerCase(),
  type: z.enum(['User', 'ServicePrincipal']),
});
