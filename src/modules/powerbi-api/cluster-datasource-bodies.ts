import { z } from 'zod';
import { nameSchema } from '../../contract/registration.js';
import type { ConnectionChange, ConnectionSummary, NewConnection } from '../connections/connections.types.js';
import { caseless, word } from './caseless.js';
import {
  detailsByMemberSchema,
  memberDetailsSchema,
  showCredentialType,
  toSharedCredential,
  type MemberDetails,
} from './credential-details.js';
import { MAX_DETAILS } from './datasource-bodies.js';
import { datasourceTypeOf, detailsOf, toTarget } from './datasource-type.js';

const MAX_ANNOTATION = 4_000;

/** Sources see the stored credential and nothing else. */
const singleSignOnSchema = word(['None']).optional();

/** Body of `POST …/datasources`. */
export const publishToClusterSchema = caseless(
  z.object({
    datasourceType: z.string().min(1).max(128),
    connectionDetails: z.string().max(MAX_DETAILS),
    datasourceName: nameSchema,
    credentialDetails: detailsByMemberSchema,
    singleSignOnType: singleSignOnSchema,
    datasourceAnnotation: z.string().max(MAX_ANNOTATION).optional(),
    /** How Power BI's own engine would try the source. Members try it their way. */
    mashupTestConnectionDetails: z.unknown().optional(),
  }),
);
export type PublishToCluster = z.infer<typeof publishToClusterSchema>;

/** Body of `PATCH …/datasources/{datasourceId}`. */
export const renameSchema = caseless(
  z.object({
    datasourceName: nameSchema.optional(),
    datasourceAnnotation: z.string().max(MAX_ANNOTATION).optional(),
    singleSignOnType: singleSignOnSchema,
  }),
);
export type Rename = z.infer<typeof renameSchema>;

/** Body of `PATCH …/credentials`: one for all members, as clients send it, or one a member. */
export const credentialsSchema = z.union([memberDetailsSchema, detailsByMemberSchema]);
export type Credentials = z.infer<typeof credentialsSchema>;

/** @param known ids of the gateway and its members @throws DomainError VALIDATION_FAILED */
export function toNewConnection(
  gatewayId: string,
  body: PublishToCluster,
  known: readonly string[],
): { wanted: NewConnection; isTested: boolean } {
  const { isTested, ...credential } = toSharedCredential(body.credentialDetails, known);
  const { datasourceName: displayName, datasourceType, connectionDetails, datasourceAnnotation: annotation } = body;
  const target = toTarget(datasourceType, connectionDetails);
  return { wanted: { gatewayId, displayName, target, ...credential, annotation, environmentIds: [] }, isTested };
}

/** @param known ids of the gateway and its members @throws DomainError VALIDATION_FAILED */
export function toCredentialChange(
  gatewayId: string,
  body: Credentials,
  known: readonly string[],
): { change: ConnectionChange; isTested: boolean } {
  const byMember = isOneForAll(body) ? { [gatewayId]: body } : body;
  const { isTested, ...change } = toSharedCredential(byMember, known);
  return { change, isTested };
}

/** A connection as v2.0 shows it. */
export function showClusterDatasource(connection: ConnectionSummary) {
  const { annotation } = connection;
  return {
    id: connection.id,
    clusterId: connection.gatewayId,
    datasourceType: datasourceTypeOf(connection.kind),
    connectionDetails: detailsOf(connection.target),
    credentialType: showCredentialType(connection.credentialType),
    datasourceName: connection.displayName,
    ...(annotation !== null && { datasourceAnnotation: annotation }),
    datasourceErrorDetails: [],
  };
}

function isOneForAll(body: Credentials): body is MemberDetails {
  return typeof body.credentials === 'string';
}
