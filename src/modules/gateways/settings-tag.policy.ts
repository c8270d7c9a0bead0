import { createHash } from 'node:crypto';
import type { GatewayView } from './gateways.types.js';

/** What administrators set of a gateway. */
export type GatewaySettings = Pick<
  GatewayView,
  | 'name'
  | 'loadBalancing'
  | 'allowCloudConnectionRefresh'
  | 'allowCustomConnectors'
  | 'cpuThreshold'
  | 'memoryThreshold'
  | 'description'
  | 'department'
  | 'contactInformation'
>;

/** Names the settings as they are, so that a change can say which it is for. Not a secret, and no proof of anything. */
export function settingsTagOf(settings: GatewaySettings): string {
  const { name, loadBalancing, allowCloudConnectionRefresh, allowCustomConnectors } = settings;
  const { cpuThreshold, memoryThreshold, description, department, contactInformation } = settings;
  const switches = [loadBalancing, allowCloudConnectionRefresh, allowCustomConnectors, cpuThreshold, memoryThreshold];
  const text = JSON.stringify([name, ...switches, description, department, ...contactInformation]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
