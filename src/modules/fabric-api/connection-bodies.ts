import { z } from 'zod';
import { nameSchema } from '../../contract/registration.js';
import { MAX_SEALED_LENGTH } from '../../contract/sealed-credential.js';
import { connectionEncryptionSchema, credentialTypeSchema } from '../../contract/targets.js';
import {
  PRIVACY_LEVELS,
  type ConnectionChange,
  type ConnectionView,
  type NewConnection,
} from '../connections/connections.types.js';
import { connectionTagOf } from '../connections/connection-tag.policy.js';
import { parseTarget, showTarget } from '../connections/connection-details.policy.js';
import { connectionDetailsSchema } from './connection-details.js';

/** Members of a gateway: ten at most, and the gateway itself. */
const MAX_VALUES = 11;
const MAX_ENVIRONMENTS = 100;

const connectivityTypeSchema = z.literal('OnPremisesGateway');
const privacyLevelSchema = z.enum(PRIVACY_LEVELS);
const environmentIdsSchema = z.array(z.guid().toLowerCase()).max(MAX_ENVIRONMENTS);

const credentialsSchema = z.strictObject({
  credentialType: credentialTypeSchema,
  values: z
    .array(
      z.strictObject({
        gatewayId: z.guid().toLowerCase(),
        encryptedCredentials: z.string().max(MAX_SEALED_LENGTH),
        /** Ours beside Fabric's: the `keyId` that came with the public key. */
        keyId: z.string().max(64).optional(),
      }),
    )
    .max(MAX_VALUES)
    .default([]),
});

const credentialDetailsSchema = z.strictObject({
  singleSignOnType: z.literal('None').optional(),
  connectionEncryption: connectionEncryptionSchema.optional(),
  /** A connection is tested before it is stored, unless this says not to. */
  skipTestConnection: z.boolean().optional(),
  credentials: credentialsSchema.optional(),
});

/** Body of `POST /v1/connections`: Fabric's, and the environments to bind to. */
export const createConnectionSchema = z.strictObject({
  connectivityType: connectivityTypeSchema,
  gatewayId: z.string().max(64),
  displayName: nameSchema,
  privacyLevel: privacyLevelSchema.optional(),
  connectionDetails: connectionDetailsSchema,
  credentialDetails: credentialDetailsSchema.extend({ credentials: credentialsSchema }),
  environmentIds: environmentIdsSchema.optional(),
});
export type CreateConnection = z.infer<typeof createConnectionSchema>;

/** Body of `PATCH /v1/connections/{id}`. */
export const updateConnectionSchema = z.strictObject({
  connectivityType: connectivityTypeSchema.optional(),
  displayName: nameSchema.optional(),
  privacyLevel: privacyLevelSchema.optional(),
  connectionDetails: connectionDetailsSchema.optional(),
  credentialDetails: credentialDetailsSchema.optional(),
  environmentIds: environmentIdsSchema.optional(),
});
export type UpdateConnection = z.infer<typeof updateConnectionSchema>;

/** @throws DomainError VALIDATION_FAILED */
export function toNewConnection(body: CreateConnection): NewConnection {
  const { credentials, connectionEncryption } = body.credentialDetails;
  return {
    gatewayId: body.gatewayId,
    displayName: body.displayName,
    target: parseTarget(body.connectionDetails),
    credentialType: credentials.credentialType,
    encryption: connectionEncryption ?? 'Any',
    privacyLevel: body.privacyLevel ?? 'Organizational',
    values: toValues(credentials),
    environmentIds: body.environmentIds ?? [],
  };
}

/** @throws DomainError VALIDATION_FAILED */
export function toConnectionChange(body: UpdateConnection): ConnectionChange {
  const { credentials, connectionEncryption } = body.credentialDetails ?? {};
  return {
    displayName: body.displayName,
    privacyLevel: body.privacyLevel,
    target: body.connectionDetails && parseTarget(body.connectionDetails),
    encryption: connectionEncryption,
    credentialType: credentials?.credentialType,
    values: credentials && credentials.values.length > 0 ? toValues(credentials) : undefined,
    environmentIds: body.environmentIds,
  };
}

/** A connection as Fabric shows it, with its environments. */
export function showConnection(connection: ConnectionView) {
  return {
    id: connection.id,
    connectivityType: 'OnPremisesGateway',
    displayName: connection.displayName,
    gatewayId: connection.gatewayId,
    connectionDetails: showTarget(connection.target),
    privacyLevel: connection.privacyLevel,
    credentialDetails: {
      credentialType: connection.credentialType,
      singleSignOnType: 'None',
      connectionEncryption: connection.encryption,
    },
    connectionRecency: { createdDateTime: connection.createdAt.toISOString() },
    environmentIds: connection.environmentIds,
    settingsTag: connectionTagOf(connection),
  };
}

function toValues({ values }: z.infer<typeof credentialsSchema>) {
  return values.map(({ encryptedCredentials: sealed, ...value }) => ({ ...value, sealed }));
}
