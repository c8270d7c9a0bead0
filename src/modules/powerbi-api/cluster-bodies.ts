import { z } from 'zod';
import { nameSchema } from '../../contract/registration.js';
import type { RosterEntry } from '../administrators/gateway-rosters.service.js';
import type { GatewayRole } from '../administrators/gateway-roles.types.js';
import type { ClusterView, GatewayChange, LoadBalancing, MemberView } from '../gateways/gateways.types.js';
import { caseless, flagSchema, word } from './caseless.js';
import { CLUSTER_ROLES, type ClusterRole } from './cluster.answers.js';
import { datasourceTypeOf } from './datasource-type.js';
import { annotationOf, memberStatusOf, statusOf } from './gateway-bodies.js';
import { PRINCIPAL_NAMES } from './principal-finder.js';
import { xmlRsaKey } from './xml-rsa-key.js';

const MAX_DESCRIPTION = 4_000;
const MAX_DEPARTMENT = 200;
const MAX_CONTACT = 320;
const MAX_CONTACTS = 20;

/** How requests are spread, in the words of Power BI and Fabric and in the numbers that agents write. */
const SELECTORS = ['Failover', '0', 'Random', '1', 'DistributeEvenly', 'RoundRobin'] as const;

/** Body of `PATCH …/gatewayClusters/{id}`. */
export const updateClusterSchema = caseless(
  z.object({
    name: nameSchema.optional(),
    department: z.string().max(MAX_DEPARTMENT).optional(),
    description: z.string().max(MAX_DESCRIPTION).optional(),
    contactInformation: z
      .union([z.string().max(MAX_CONTACT), z.array(z.string().max(MAX_CONTACT)).max(MAX_CONTACTS)])
      .optional(),
    allowCloudDatasourceRefresh: flagSchema.optional(),
    allowCustomConnectors: flagSchema.optional(),
    loadBalancingSelectorType: word(SELECTORS).optional(),
  }),
);
export type UpdateCluster = z.infer<typeof updateClusterSchema>;

/** Body of `POST …/permissions`. */
export const permissionSchema = caseless(
  z.object({
    id: z.guid(),
    role: word(CLUSTER_ROLES),
    allowedDataSourceTypes: z.array(z.string().max(128)).max(100).optional(),
  }),
);
export type Permission = z.infer<typeof permissionSchema>;

const ROLES: Readonly<Record<ClusterRole, GatewayRole>> = {
  Admin: 'Admin',
  ConnectionCreator: 'ConnectionCreator',
  ConnectionCreatorWithReshare: 'ConnectionCreatorWithResharing',
};
const ROLE_NAMES = {
  Admin: 'Admin',
  ConnectionCreator: 'ConnectionCreator',
  ConnectionCreatorWithResharing: 'ConnectionCreatorWithReshare',
} as const satisfies Record<GatewayRole, ClusterRole>;

export function gatewayRoleOf(role: ClusterRole): GatewayRole {
  return ROLES[role];
}

export function toGatewayChange(body: UpdateCluster): GatewayChange {
  const { allowCloudDatasourceRefresh, loadBalancingSelectorType, contactInformation, ...same } = body;
  return {
    ...same,
    allowCloudConnectionRefresh: allowCloudDatasourceRefresh,
    loadBalancing: loadBalancingSelectorType && loadBalancingOf(loadBalancingSelectorType),
    contactInformation: typeof contactInformation === 'string' ? [contactInformation] : contactInformation,
  };
}

/** What stands beside a cluster; what was not asked for is undefined. */
export interface BesideCluster {
  readonly tenantId: string;
  readonly dataSourceIds: readonly string[];
  readonly permissions: readonly RosterEntry[] | undefined;
  readonly withMembers: boolean;
}

export function showCluster(cluster: ClusterView, beside: BesideCluster) {
  const { id, name, description, region, members } = cluster;
  const { tenantId, dataSourceIds, permissions, withMembers } = beside;
  return {
    ...{ id, name, description, status: statusOf(members), region, type: 'Resource', dataSourceIds },
    ...(permissions && { permissions: permissions.map((each) => showPermission(each, { tenantId, clusterId: id })) }),
    ...(withMembers && { memberGateways: members.map((member) => showMember(member, cluster)) }),
  };
}

function showPermission(
  { principal, role, allowedKinds = [] }: RosterEntry,
  place: { readonly tenantId: string; readonly clusterId: string },
) {
  return {
    id: principal.id,
    principalType: PRINCIPAL_NAMES[principal.type],
    tenantId: place.tenantId,
    role: ROLE_NAMES[role],
    allowedDataSources: allowedKinds.map(datasourceTypeOf),
    clusterId: place.clusterId,
  };
}

function showMember(member: MemberView, cluster: ClusterView) {
  return {
    id: member.id,
    name: member.name,
    description: cluster.description,
    status: memberStatusOf(member),
    region: cluster.region,
    type: 'Resource',
    version: member.version,
    annotation: annotationOf(cluster, member),
    clusterId: cluster.id,
    publicKey: xmlRsaKey(member.sealingKey),
  };
}

function loadBalancingOf(selector: (typeof SELECTORS)[number]): LoadBalancing {
  return selector === 'Failover' || selector === '0' ? 'Failover' : 'DistributeEvenly';
}
