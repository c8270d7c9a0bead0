import type { Hop } from '../../contract/errors.js';
import type { RequestView } from './flow-requests.types.js';

/** How long a request spent at one hop, in milliseconds. */
export interface HopTime {
  readonly hop: Exclude<Hop, 'connector'>;
  readonly ms: number;
}

/**
 * Where the time of a request went, in the order of its way; the sum is its total. What neither control plane nor member
 * accounts for was spent on the bus and in its queues. Hops it never came to are left out.
 */
export function hopsOf({ timings }: Pick<RequestView, 'timings'>): HopTime[] {
  const { totalMs } = timings;
  if (totalMs === undefined) return [];
  const { admissionMs = totalMs } = timings;
  const member = timings['member.totalMs'];
  const source = timings['member.sourceMs'] ?? 0;
  const hops: HopTime[] = [{ hop: 'control-plane', ms: admissionMs }];
  if (timings['admissionMs'] === undefined) return hops;
  hops.push({ hop: 'broker', ms: Math.max(0, totalMs - admissionMs - (member ?? 0)) });
  if (member === undefined) return hops;
  return [...hops, { hop: 'member', ms: Math.max(0, member - source) }, { hop: 'source', ms: source }];
}
