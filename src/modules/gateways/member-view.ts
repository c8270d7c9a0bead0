import { z } from 'zod';
import type { SealingPublicKey } from '../../contract/registration.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { isFlapping } from './flapping.policy.js';
import type { MemberView } from './gateways.types.js';
import { memberStateOf } from './health.policy.js';

export const MEMBER = {
  id: true,
  name: true,
  version: true,
  enabled: true,
  draining: true,
  drainDeadline: true,
  conditions: true,
  flaps: true,
  flapsSince: true,
  lastHeartbeatAt: true,
  connectedEpoch: true,
  createdAt: true,
  inFlight: true,
  load: true,
  refusals: true,
  gateway: { select: { epoch: true } },
} satisfies Prisma.MemberSelect;

export type MemberRow = Omit<Prisma.MemberGetPayload<{ select: typeof MEMBER }>, 'load' | 'refusals'> & {
  readonly load: unknown;
  readonly refusals: unknown;
};

const loadSchema = z.object({ cpuPercent: z.number(), memoryPercent: z.number(), diskFreeBytes: z.number() });
const refusalsSchema = z.record(z.string(), z.int());

/** @param sealingKey of its gateway: all members publish the same */
export function toMemberView(row: MemberRow, sealingKey: SealingPublicKey, now: Date): MemberView {
  const { id, name, version, enabled, lastHeartbeatAt, inFlight, drainDeadline, gateway } = row;
  const conditions = isFlapping(row, now) ? [...row.conditions, 'flapping'] : row.conditions;
  const draining = row.draining || drainDeadline !== null;
  const state = memberStateOf({ ...row, draining }, gateway.epoch, now);
  const load = row.load === null ? undefined : loadSchema.parse(row.load);
  const refusals = refusalsSchema.parse(row.refusals ?? {});
  return { id, name, version, enabled, sealingKey, state, lastHeartbeatAt, inFlight, load, conditions, refusals, drainDeadline }; // prettier-ignore
}
