import { z } from 'zod';
import { sealingPublicKeySchema } from '../../contract/registration.js';
import { odataListSchema } from './odata-list.js';
import { ACCESS_RIGHTS } from './access-rights.js';
import { PRINCIPAL_NAMES } from './principal-finder.js';

/** The two words for the state of a gateway that clients are known to understand. */
export const STATUS_WORDS = ['Live', 'Unreachable'] as const;
export type StatusWord = (typeof STATUS_WORDS)[number];

export const powerBiGatewaySchema = z
  .object({
    id: z.guid(),
    name: z.string(),
    type: z.literal('Resource'),
    publicKey: sealingPublicKeySchema,
    gatewayAnnotation: z.string(),
    gatewayStatus: z.enum(STATUS_WORDS),
  })
  .meta({ id: 'PowerBiGateway' });
export const powerBiGatewayListSchema = odataListSchema(powerBiGatewaySchema);

export const powerBiDatasourceSchema = z
  .object({
    id: z.guid(),
    gatewayId: z.guid(),
    datasourceType: z.string(),
    connectionDetails: z.string(),
    credentialType: z.string(),
    datasourceName: z.string(),
    credentialDetails: z.object({ useEndUserOAuth2Credentials: z.boolean() }),
  })
  .meta({ id: 'PowerBiDatasource' });
export const powerBiDatasourceListSchema = odataListSchema(powerBiDatasourceSchema);

export const powerBiDatasourceUserSchema = z
  .object({
    datasourceAccessRight: z.enum(ACCESS_RIGHTS),
    emailAddress: z.string().optional(),
    displayName: z.string().optional(),
    identifier: z.guid(),
    principalType: z.enum(Object.values(PRINCIPAL_NAMES)),
  })
  .meta({ id: 'PowerBiDatasourceUser' });
export const powerBiDatasourceUserListSchema = odataListSchema(powerBiDatasourceUserSchema);
