import { sealingPublicKeySchema } from '../../contract/registration.js';
import type { Prisma } from '../../generated/prisma/client.js';
import type { GatewayView } from './gateways.types.js';

/** Columns of a gateway that whoever may see it sees. */
export const GATEWAY = {
  id: true,
  name: true,
  region: true,
  loadBalancing: true,
  sealingKey: true,
  sealingKeyId: true,
  allowCloudConnectionRefresh: true,
  allowCustomConnectors: true,
  cpuThreshold: true,
  memoryThreshold: true,
  description: true,
  department: true,
  contactInformation: true,
} satisfies Prisma.GatewaySelect;

type GatewayRow = Prisma.GatewayGetPayload<{ select: typeof GATEWAY }>;

/** @param versions of its members, the newest member's first */
export function toGatewayView({ sealingKey, ...row }: GatewayRow, versions: readonly string[]): GatewayView {
  return {
    ...row,
    sealingKey: sealingPublicKeySchema.parse(sealingKey),
    version: versions[0],
    memberVersions: versions,
    memberCount: versions.length,
  };
}
