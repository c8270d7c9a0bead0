import type { GatewayResource, InstalledGateway, Installation } from '../azure-resources/azure-resources.types.js';
import { etagOf } from '../azure-resources/resource-etag.policy.js';
import type { ConnectionGatewayAnswer, InstallationAnswer } from './arm.answers.js';
import { GATEWAY_TYPE, INSTALLATION_TYPE, installationId, resourceId } from './resource-ids.js';

/** @param backendUri of the service that carries the gateway */
export function showResource(resource: GatewayResource, backendUri: string): ConnectionGatewayAnswer {
  const { gateway, subscriptionId, name, location, tags } = resource;
  return {
    id: resourceId(resource),
    name,
    type: GATEWAY_TYPE,
    location,
    etag: etagOf(resource),
    tags: { ...tags },
    properties: {
      ...commonOf(gateway, backendUri),
      connectionGatewayInstallation: {
        id: installationId(subscriptionId, gateway.region, gateway.id),
        name: gateway.id,
        type: INSTALLATION_TYPE,
        location: gateway.region,
      },
    },
  };
}

/** @param subscriptionId under which it was asked for: installations belong to no subscription */
export function showInstallation(
  installation: Installation,
  subscriptionId: string,
  backendUri: string,
): InstallationAnswer {
  const { id, region, resource } = installation;
  return {
    id: installationId(subscriptionId, region, id),
    name: id,
    type: INSTALLATION_TYPE,
    location: region,
    properties: {
      ...commonOf(installation, backendUri),
      ...(resource && {
        connectionGateway: { id: resourceId(resource), name: resource.name, type: GATEWAY_TYPE },
      }),
    },
  };
}

/** What both say of the gateway. It is installed: nothing here exists before its first member does. */
function commonOf({ contactInformation, name, description, machineName }: InstalledGateway, backendUri: string) {
  return {
    ...(contactInformation.length > 0 && { contactInformation: [...contactInformation] }),
    displayName: name,
    ...(description !== undefined && { description }),
    ...(machineName !== undefined && { machineName }),
    status: 'Installed' as const,
    backendUri,
  };
}
