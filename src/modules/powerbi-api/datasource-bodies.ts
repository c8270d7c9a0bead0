import { z } from 'zod';
import { nameSchema } from '../../contract/registration.js';
import type { ConnectionSummary, NewConnection } from '../connections/connections.types.js';
import { caseless } from './caseless.js';
import { credentialDetailsSchema, showCredentialType, toCredential } from './credential-details.js';
import { datasourceTypeOf, detailsOf, toTarget } from './datasource-type.js';

/** Longest `connectionDetails`, in characters: an address is 2,048 at most. */
export const MAX_DETAILS = 8_192;

/** Body of `POST …/datasources`. */
export const publishSchema = caseless(
  z.object({
    dataSourceType: z.string().min(1).max(128),
    connectionDetails: z.string().max(MAX_DETAILS),
    dataSourceName: nameSchema,
    credentialDetails: credentialDetailsSchema,
  }),
);
export type Publish = z.infer<typeof publishSchema>;

/** Body of `PATCH …/datasources/{datasourceId}`. */
export const updateDatasourceSchema = caseless(z.object({ credentialDetails: credentialDetailsSchema }));
export type UpdateDatasource = z.infer<typeof updateDatasourceSchema>;

/** @throws DomainError VALIDATION_FAILED */
export function toNewConnection(gatewayId: string, body: Publish): NewConnection {
  return {
    gatewayId,
    displayName: body.dataSourceName,
    target: toTarget(body.dataSourceType, body.connectionDetails),
    ...toCredential(gatewayId, body.credentialDetails),
    environmentIds: [],
  };
}

/** A connection as v1.0 shows it. */
export function showDatasource(connection: ConnectionSummary) {
  return {
    id: connection.id,
    gatewayId: connection.gatewayId,
    datasourceType: datasourceTypeOf(connection.kind),
    connectionDetails: detailsOf(connection.target),
    credentialType: showCredentialType(connection.credentialType),
    datasourceName: connection.displayName,
    credentialDetails: { useEndUserOAuth2Credentials: false },
  };
}
