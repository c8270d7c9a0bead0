import { describe, expect, it } from 'vitest';
import { heartbeatRequestSchema } from '../../contract/membership.js';
import { CONTRACT_VERSION } from '../../contract/version.js';
import { conditionsOf, faultsOf } from './conditions.policy.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const beat = (changes: object) =>
  heartbeatRequestSchema.parse({
    version: '3000.300.1',
    capabilities: { contractVersions: [CONTRACT_VERSION], operations: {}, features: [] },
    sentAt: NOW.toISOString(),
    receiving: true,
    draining: false,
    inFlight: 0,
    load: { cpuPercent: 1, memoryPercent: 1, diskFreeBytes: 1e9 },
    ...changes,
  });

describe('what is the matter with a member', () => {
  it('takes it out of work when it is a fault, also one that is unknown here, and not when it is a notice', () => {
    const seen = conditionsOf(beat({ conditions: ['new-fault'], notices: ['recovery-key-untrusted'] }), NOW);
    expect(seen).toEqual(['new-fault', 'recovery-key-untrusted']);
    expect(faultsOf(seen)).toEqual(['new-fault']);
  });

  it('holds no notice that is unknown here: it could not be told from a fault', () => {
    expect(conditionsOf(beat({ notices: ['disk-full', 'new-notice'] }), NOW)).toEqual([]);
  });

  it('is seen in what it says, too', () => {
    expect(conditionsOf(beat({ sentAt: new Date(NOW.getTime() - 301_000).toISOString() }), NOW)).toEqual(['clock-off']);
  });
});
