import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { ConnectionsModule } from '../../src/modules/connections/connections.module.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { LifeCloud } from '../support/life/life-cloud.js';
import { KINDS, LifeSequence } from '../support/life/life-sequence.js';
import { SealingKeyPool } from '../support/life/sealing-key-pool.js';
import { stretchOnce } from '../support/life/stretch-once.js';
import { recordingRelay } from '../support/recording-relay.js';
import { count } from '../support/tier.js';

/** Steps of one sequence: long enough that keys change several times and members are replaced again and again. */
const LENGTH = 125;
/** Sequences that live at once, each in a tenant of its own: while one waits for a key another one goes on. */
const AT_ONCE = 2;
const MINUTES_MS = 60_000;

/** A seed that was printed before, or a new one. */
const given = process.env.TIDEGATE_LIFE_SEED;
const first = given === undefined ? randomInt(1_000_000) : Number(given);
const sequences = given === undefined ? count(3000, 250) / LENGTH : 1;

describe('the life of gateways', () => {
  const { module } = recordingRelay();
  const ran = new Map<string, number>();
  let app: TestApp;
  let putBack: () => void;
  beforeAll(async () => {
    putBack = stretchOnce();
    app = await startTestApp({
      imports: [AgentApiModule, ConnectionsModule, FabricApiModule, ManagementApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
  });
  afterAll(async () => {
    await app.stop();
    putBack();
  });

  it(
    `loses no credential, and lets nobody back in, whatever happens (seeds ${first} and up)`,
    async () => {
      const cloud = new LifeCloud(app);
      const pool = new SealingKeyPool();
      const failing = new AbortController();
      let next = 0;
      const line = async () => {
        while (next < sequences && !failing.signal.aborted) {
          next += 1;
          await new LifeSequence(cloud, pool, ran).run(first + next - 1, LENGTH, failing.signal);
        }
      };
      const lines = Array.from({ length: AT_ONCE }, () =>
        line().catch((error: unknown) => {
          failing.abort();
          return error;
        }),
      );
      for (const failure of await Promise.all(lines)) if (failure !== undefined) throw failure;
    },
    count(20, 6) * MINUTES_MS,
  );

  it('takes every kind of step', () => {
    const taken = KINDS.map((kind) => `${kind}: ${ran.get(kind) ?? 0}`);
    console.info(`steps from seed ${first}: ${taken.join(', ')}`);
    // One sequence lived through again is not long enough for all of them.
    const left = KINDS.filter((kind) => !ran.has(kind));
    expect(given === undefined ? left : []).toEqual([]);
  });
});
