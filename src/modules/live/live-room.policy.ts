import type { Caller } from '../../common/auth/caller.js';

/** Who has a stream open. */
export type Streaming = Pick<Caller, 'id' | 'tenantId'>;

/** Windows that one person has open. */
export const MAX_PER_CALLER = 10;

/** Streams that one replica holds: each costs a socket and what may wait in it. */
export const MAX_STREAMS = 2_000;

/** One tenant cannot take the places of all others. */
export const MAX_PER_TENANT = 1_000;

/** Whether one more stream may be opened. */
export function hasRoomFor({ id, tenantId }: Streaming, open: Iterable<Streaming>): boolean {
  let [all, ofTenant, ofCaller] = [0, 0, 0];
  for (const one of open) {
    all += 1;
    if (one.tenantId !== tenantId) continue;
    ofTenant += 1;
    if (one.id === id) ofCaller += 1;
  }
  return all < MAX_STREAMS && ofTenant < MAX_PER_TENANT && ofCaller < MAX_PER_CALLER;
}
