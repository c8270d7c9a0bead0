import { memberConnectionsSchema } from '../../contract/diagnosis.js';
import type { ControlPlane } from '../control-plane.js';
import type { DoctorContext, MemberCalls } from './doctor-context.js';

/** Fifty connections with credentials of the longest kind. */
const MAX_BYTES = 8 * 1024 * 1024;

/** The calls of a member that is known to its control plane. */
export function memberCalls(controlPlane: Pick<ControlPlane, 'ask' | 'session'>): MemberCalls {
  return {
    session: (signal) => controlPlane.session(signal),
    connections: (after, signal) =>
      controlPlane.ask(memberConnectionsSchema, {
        method: 'GET',
        path: after === undefined ? 'connections' : `connections?after=${after}`,
        signal,
        maxBytes: MAX_BYTES,
      }),
  };
}

export function discoverOver(
  controlPlane: Pick<ControlPlane, 'discover' | 'clockAheadMs'>,
): NonNullable<DoctorContext['discover']> {
  return async (signal) => {
    const discovery = await controlPlane.discover(signal);
    return { discovery, dateOffsetMs: controlPlane.clockAheadMs };
  };
}
