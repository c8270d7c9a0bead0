import { z } from 'zod';
import { UPGRADE_STATES } from '../../contract/release.js';
import { powerBiDatasourceUserListSchema, STATUS_WORDS } from './gateway.answers.js';
import { odataListSchema } from './odata-list.js';
import { PRINCIPAL_NAMES } from './principal-finder.js';

/** Roles at a cluster, in the words of v2.0. */
export const CLUSTER_ROLES = ['Admin', 'ConnectionCreator', 'ConnectionCreatorWithReshare'] as const;
export type ClusterRole = (typeof CLUSTER_ROLES)[number];

const contextSchema = z.object({ '@odata.context': z.url() });

const permissionSchema = z
  .object({
    id: z.guid(),
    principalType: z.enum(Object.values(PRINCIPAL_NAMES)),
    tenantId: z.guid(),
    role: z.enum(CLUSTER_ROLES),
    allowedDataSources: z.array(z.string()),
    clusterId: z.guid(),
  })
  .meta({ id: 'PowerBiClusterPermission' });

const memberSchema = z
  .object({
    id: z.guid(),
    name: z.string(),
    description: z.string().nullable(),
    status: z.enum(STATUS_WORDS),
    region: z.string(),
    type: z.literal('Resource'),
    version: z.string(),
    annotation: z.string(),
    clusterId: z.guid(),
    publicKey: z.base64(),
  })
  .meta({ id: 'PowerBiClusterMember' });

export const clusterSchema = z
  .object({
    id: z.guid(),
    name: z.string(),
    description: z.string().nullable(),
    status: z.enum(STATUS_WORDS),
    region: z.string(),
    type: z.literal('Resource'),
    dataSourceIds: z.array(z.guid()),
    permissions: z.array(permissionSchema).optional(),
    memberGateways: z.array(memberSchema).optional(),
  })
  .meta({ id: 'PowerBiCluster' });
export const clusterListSchema = odataListSchema(clusterSchema);
export const oneClusterSchema = contextSchema.extend(clusterSchema.shape);

export const clusterStatusSchema = contextSchema
  .extend({
    clusterStatus: z.enum(STATUS_WORDS),
    gatewayStaticCapabilities: z.string(),
    gatewayVersion: z.string().nullable(),
    gatewayUpgradeState: z.enum(UPGRADE_STATES),
  })
  .meta({ id: 'PowerBiClusterStatus' });

const datasourceErrorSchema = z
  .object({ gatewayName: z.string(), errorCode: z.string(), errorMessage: z.string() })
  .meta({ id: 'PowerBiDatasourceError' });
export const datasourceErrorListSchema = odataListSchema(datasourceErrorSchema);

export const clusterDatasourceSchema = z
  .object({
    id: z.guid(),
    clusterId: z.guid(),
    datasourceType: z.string(),
    connectionDetails: z.string(),
    credentialType: z.string(),
    datasourceName: z.string(),
    datasourceAnnotation: z.string().optional(),
    datasourceErrorDetails: z.array(datasourceErrorSchema),
  })
  .meta({ id: 'PowerBiClusterDatasource' });
export const clusterDatasourceListSchema = odataListSchema(clusterDatasourceSchema);
export const oneClusterDatasourceSchema = contextSchema.extend(clusterDatasourceSchema.shape);

export const clusterDatasourceUserListSchema = powerBiDatasourceUserListSchema;

/** One of its words, or several with commas between them. */
export const gatewayPolicySchema = contextSchema
  .extend({ id: z.guid(), policy: z.string() })
  .meta({ id: 'PowerBiGatewayPolicy' });

export const gatewayInstallerListSchema = odataListSchema(
  z.object({ id: z.guid(), type: z.literal('Resource') }).meta({ id: 'PowerBiGatewayInstaller' }),
);
