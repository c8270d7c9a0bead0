import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';
import { connectionEncryptionSchema, credentialTypeSchema } from '../../contract/targets.js';
import { PRIVACY_LEVELS } from '../connections/connections.types.js';
import { PARAMETER_TYPES } from '../connections/source-kinds.types.js';

export const connectionSchema = z
  .object({
    id: z.guid(),
    connectivityType: z.literal('OnPremisesGateway'),
    displayName: z.string(),
    gatewayId: z.guid(),
    connectionDetails: z.object({ type: z.string(), path: z.string() }),
    privacyLevel: z.enum(PRIVACY_LEVELS),
    credentialDetails: z.object({
      credentialType: credentialTypeSchema,
      singleSignOnType: z.literal('None'),
      connectionEncryption: connectionEncryptionSchema,
    }),
    connectionRecency: z.object({ createdDateTime: z.iso.datetime() }),
    environmentIds: z.array(z.guid()),
    /** Names the settings as they are; `If-Match` of a change takes it. */
    settingsTag: z.string(),
  })
  .meta({ id: 'Connection' });
export const connectionPageSchema = pageSchema(connectionSchema);

export const connectionStatusSchema = z
  .object({
    status: z.enum(['Online', 'Offline']),
    errors: z.array(z.object({ errorCode: z.string(), message: z.string() })),
  })
  .meta({ id: 'ConnectionStatus' });

export const connectionTypeSchema = z
  .object({
    type: z.string(),
    creationMethods: z.array(
      z.object({
        name: z.string(),
        parameters: z.array(
          z.object({
            name: z.string(),
            dataType: z.enum(PARAMETER_TYPES),
            required: z.boolean(),
            allowedValues: z.array(z.string()).nullable(),
          }),
        ),
      }),
    ),
    supportedCredentialTypes: z.array(credentialTypeSchema),
    supportedConnectionEncryptionTypes: z.array(connectionEncryptionSchema),
    supportsSkipTestConnection: z.boolean(),
  })
  .meta({ id: 'SupportedConnectionType' });
export const connectionTypePageSchema = pageSchema(connectionTypeSchema);
