import { z } from 'zod';

const idSchema = z.guid().toLowerCase();
const nextLinkSchema = z.url().optional();

/** `GET /users/{id}/licenseDetails` */
export const licencesSchema = z.object({
  value: z.array(
    z.object({
      skuPartNumber: z.string(),
      servicePlans: z.array(
        z.object({ servicePlanId: idSchema, servicePlanName: z.string(), provisioningStatus: z.string() }),
      ),
    }),
  ),
  '@odata.nextLink': nextLinkSchema,
});

/** A user, service principal or group, as far as we select it. */
export const entrySchema = z.object({
  id: idSchema,
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  appId: z.string().nullish(),
  /** Missing where it was not selected, null where our permissions do not reach. */
  accountEnabled: z.boolean().nullish(),
});
export type GraphEntry = z.infer<typeof entrySchema>;

/** `GET /groups/{id}/transitiveMembers/microsoft.graph.user` */
export const entriesSchema = z.object({ value: z.array(entrySchema), '@odata.nextLink': nextLinkSchema });

/** `POST …/getMemberGroups` */
export const idsSchema = z.object({ value: z.array(idSchema) });
