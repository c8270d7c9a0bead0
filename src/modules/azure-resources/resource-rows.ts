import { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client.js';
import type { GatewayResource, InstalledGateway, Installation } from './azure-resources.types.js';

export const GATEWAY = {
  id: true,
  name: true,
  region: true,
  description: true,
  contactInformation: true,
  members: { select: { name: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 1 },
} satisfies Prisma.GatewaySelect;

export const RESOURCE = {
  id: true,
  subscriptionId: true,
  resourceGroup: true,
  name: true,
  location: true,
  tags: true,
  version: true,
  gateway: { select: GATEWAY },
} satisfies Prisma.ConnectionGatewayResourceSelect;

export const INSTALLATION = {
  ...GATEWAY,
  azureResources: {
    select: { subscriptionId: true, resourceGroup: true, name: true },
    orderBy: { createdAt: 'asc' },
    take: 1,
  },
} satisfies Prisma.GatewaySelect;

const tagsSchema = z.record(z.string(), z.string());

export function toGateway({
  members,
  description,
  ...row
}: Prisma.GatewayGetPayload<{ select: typeof GATEWAY }>): InstalledGateway {
  return { ...row, description: description ?? undefined, machineName: members[0]?.name };
}

export function toResource(
  row: Prisma.ConnectionGatewayResourceGetPayload<{ select: typeof RESOURCE }>,
): GatewayResource {
  return { ...row, tags: tagsSchema.parse(row.tags), gateway: toGateway(row.gateway) };
}

export function toInstallation({
  azureResources,
  ...row
}: Prisma.GatewayGetPayload<{ select: typeof INSTALLATION }>): Installation {
  return { ...toGateway(row), resource: azureResources[0] };
}
