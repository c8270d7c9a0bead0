import type { Prisma } from '../../generated/prisma/client.js';

/** What a backup holds of a member: public halves, never tokens. */
const MEMBER = {
  id: true,
  name: true,
  enabled: true,
  identityKey: true,
  receivingKey: true,
  certificate: true,
  machine: true,
  version: true,
  capabilities: true,
  instance: true,
  revision: true,
  keyIds: true,
  createdAt: true,
} satisfies Prisma.MemberSelect;

export const GATEWAY = {
  id: true,
  name: true,
  region: true,
  epoch: true,
  loadBalancing: true,
  sealingKey: true,
  sealingKeyId: true,
  recovery: true,
  recoveryProvedAt: true,
  recoveryChangedAt: true,
  cpuThreshold: true,
  memoryThreshold: true,
  allowCustomConnectors: true,
  allowCloudConnectionRefresh: true,
  createdAt: true,
  members: { select: MEMBER, orderBy: { id: 'asc' } },
  roles: {
    select: { principalId: true, principalType: true, role: true, allowedKinds: true, createdAt: true },
    orderBy: { principalId: 'asc' },
  },
  handovers: {
    select: { proofKey: true, recoveryKey: true, salt: true, signature: true, at: true },
    orderBy: { seq: 'asc' },
  },
} satisfies Prisma.GatewaySelect;
export type GatewayRow = Prisma.GatewayGetPayload<{ select: typeof GATEWAY }>;

export const CONNECTION = {
  id: true,
  gatewayId: true,
  displayName: true,
  target: true,
  credentialType: true,
  encryption: true,
  privacyLevel: true,
  credential: true,
  sealingKeyId: true,
  createdBy: true,
  createdAt: true,
  updatedAt: true,
  roles: {
    select: { principalId: true, principalType: true, role: true, createdAt: true },
    orderBy: { principalId: 'asc' },
  },
  bindings: { select: { environmentId: true }, orderBy: { environmentId: 'asc' } },
} satisfies Prisma.ConnectionSelect;
export type ConnectionRow = Prisma.ConnectionGetPayload<{ select: typeof CONNECTION }>;

export const POLICY = {
  version: true,
  installers: true,
  joinTokenCreators: true,
  minimumAdministrators: true,
  licenceRules: true,
  allowedKinds: true,
  tenantRequestsPerMinute: true,
  connectionRequestsPerMinute: true,
  callerRequestsPerMinute: true,
  listed: { select: { principalId: true, principalType: true }, orderBy: { principalId: 'asc' } },
} satisfies Prisma.TenantPolicySelect;

/** Binds a gateway's recovery setup to its place, as registrations do. */
export function recoveryPurpose(gatewayId: string): string {
  return `recovery:${gatewayId}`;
}

/** Bytes as the document writes them. */
export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** And back. */
export function bytes(written: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(written, 'base64url'));
}
