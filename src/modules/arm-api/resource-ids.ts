import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import type { ResourceKey } from '../azure-resources/azure-resources.types.js';
import { locationKey } from '../azure-resources/resource-location.policy.js';

export const GATEWAY_TYPE = 'Microsoft.Web/connectionGateways';
export const INSTALLATION_TYPE = 'Microsoft.Web/locations/connectionGatewayInstallations';

/** @see Azure's naming rules: letters, digits, `-_.()`, 90 characters at most, no full stop at the end */
const GROUP = /^[\p{L}\p{N}_.()-]{0,89}[\p{L}\p{N}_()-]$/u;
const NAME = /^[\p{L}\p{N}_.()-]{0,79}[\p{L}\p{N}_()-]$/u;

const INSTALLATION =
  /^\/subscriptions\/([^/]+)\/providers\/microsoft\.web\/locations\/([^/]+)\/connectiongatewayinstallations\/([^/]+)$/i;

export function resourceId({ subscriptionId, resourceGroup, name }: ResourceKey): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${GATEWAY_TYPE}/${name}`;
}

export function installationId(subscriptionId: string, location: string, gatewayId: string): string {
  const at = `/subscriptions/${subscriptionId}/providers/Microsoft.Web/locations/${location}`;
  return `${at}/connectionGatewayInstallations/${gatewayId}`;
}

/** @returns where an installation's id leads. @throws DomainError VALIDATION_FAILED */
export function parseInstallationId(id: string): { readonly gatewayId: string; readonly location: string } {
  const [, , location, gatewayId] = INSTALLATION.exec(id) ?? [];
  if (location !== undefined && gatewayId !== undefined && isIdentifier(gatewayId)) {
    return { gatewayId, location: locationKey(location) };
  }
  const path = 'properties.connectionGatewayInstallation.id';
  throw new DomainError('VALIDATION_FAILED', { path, problem: 'not the id of a connectionGatewayInstallation' });
}

/** @throws DomainError VALIDATION_FAILED for what is no subscription */
export function assertSubscription(subscriptionId: string): void {
  if (isIdentifier(subscriptionId)) return;
  throw faulty('subscriptionId', 'no GUID');
}

/** Whether something may be called so. @throws DomainError VALIDATION_FAILED */
export function assertNames({ resourceGroup, name }: ResourceKey): void {
  const problem = 'letters, digits and -_.() only, no full stop at the end';
  if (!GROUP.test(resourceGroup)) throw faulty('resourceGroupName', `${problem}, 90 characters at most`);
  if (!NAME.test(name)) throw faulty('connectionGatewayName', `${problem}, 80 characters at most`);
}

function faulty(path: string, problem: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { path, problem });
}
