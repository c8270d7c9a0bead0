import type { GatewayView } from './gateways.types.js';

/** Columns of a gateway that whoever may see it sees. */
export type GatewayRow = Omit<GatewayView, 'version' | 'memberVersions' | 'memberCount'>;

/** @param versions of its members, the newest member's first */
export function toGatewayView(row: GatewayRow, versions: readonly string[]): GatewayView {
  return { ...row, version: versions[0], memberVersions: versions, memberCount: versions.length };
}
