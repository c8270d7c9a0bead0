import type { StatusTone } from '../../parts/status-label.js';
import type { Member } from './gateway-queries.js';

export const MEMBER_TONES: Readonly<Record<Member['state'], StatusTone>> = {
  online: 'good',
  offline: 'bad',
  disabled: 'paused',
  draining: 'paused',
  attention: 'warning',
};

/** @returns whole percent, and free space in the unit that reads best; undefined before the first heartbeat */
export function loadOf({ load }: Pick<Member, 'load'>): { cpu: string; memory: string; disk: string } | undefined {
  if (!load) return undefined;
  const percent = (value: number) => `${Math.round(value)} %`;
  return { cpu: percent(load.cpuPercent), memory: percent(load.memoryPercent), disk: spaceOf(load.diskFreeBytes) };
}

/** Requests that the policy of the member's machine refused since its start, whatever the kind of rule. */
export function refusalsOf({ refusals }: Pick<Member, 'refusals'>): number {
  return Object.values(refusals).reduce((sum, count) => sum + count, 0);
}

const GIB = 2 ** 30;
const MIB = 2 ** 20;

function spaceOf(bytes: number): string {
  return bytes >= GIB ? `${(bytes / GIB).toFixed(bytes >= 10 * GIB ? 0 : 1)} GiB` : `${Math.floor(bytes / MIB)} MiB`;
}
