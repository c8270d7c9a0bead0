import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { ConnectionsModule } from '../../src/modules/connections/connections.module.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { LifeCloud } from '../support/life/life-cloud.js';
import { checkGateway } from '../support/life/life-checks.js';
import { KINDS, LifeSequence, takeStep } from '../support/life/life-sequence.js';
import { LifeWorld } from '../support/life/life-world.js';
import { SealingKeyPool } from '../support/life/sealing-key-pool.js';
import { SeededRandom } from '../support/life/seeded-random.js';
import { stretchOnce } from '../support/life/stretch-once.js';
import { recordingRelay } from '../support/recording-relay.js';
import { count, isFullTier } from '../support/tier.js';

/** Steps of one sequence: long enough that keys change several times and members are replaced again and again. */
const LENGTH = 125;
/** Sequences that live at once, each in a tenant of its own: while one waits for a key another one goes on. */
const AT_ONCE = 2;
/** Its sequences take every kind of step. */
const SHORT_SEED = 7;
const MINUTES_MS = 60_000;

/** A seed that was printed before, or a new one; the short tier is the same every time. */
const given = process.env.TIDEGATE_LIFE_SEED;
const first = given === undefined ? (isFullTier ? randomInt(1_000_000) : SHORT_SEED) : Number(given);
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

  it('loses nothing in the lives that once went wrong', async () => {
    const world = await LifeWorld.make(new LifeCloud(app), new SeededRandom(1), new SealingKeyPool());
    const gateway = await world.register();
    const take = (kind: string) => takeStep(kind, world, gateway);
    // Each of them gives every member that runs its turn.
    const changeKeys = async () => {
      for (let days = 0; days < 2; days += 1) await take('a day goes by');
      const before = await world.cloud.rotations(gateway.tenantId, gateway.id);
      await take('rotate');
      for (let turns = 0; turns < 3; turns += 1) await take('eleven minutes go by');
      const states = (await world.cloud.rotations(gateway.tenantId, gateway.id)).map(({ state }) => state);
      expect(states).toEqual(['grace', ...before.map(() => 'done')]);
    };
    const start = async () => world.begin(gateway, await world.enrol(gateway));
    try {
      // The last member leaves: its request key is of no use against who comes after it.
      await take('add connection');
      await take('leave');
      const first = await start();
      await checkGateway(world, gateway);

      // The recovery key changes while something may be sealed to the key before; then the only machine burns.
      await changeKeys();
      await take('change recovery key');
      gateway.fetched.splice(1);
      await take('edit with an old key');
      await gateway.kill(first);
      await take('restore');
      await checkGateway(world, gateway);

      // Who made a key leaves before everybody has it: one who was away can still believe it, and another one that has
      // it hands it out again when the recovery key, which vouched for the maker, was changed.
      for (const isChanged of [false, true]) {
        await start();
        const [leading, away] = gateway.alive;
        if (!leading || !away) throw new Error('two members are there');
        await gateway.kill(away);
        await take('eleven minutes go by');
        await changeKeys();
        if (isChanged) {
          await start();
          await take('change recovery key');
        }
        await world.dismiss(gateway, leading);
        await gateway.revive(away, world.hooks(gateway));
        await checkGateway(world, gateway);
      }

      // After a compromise nobody is waited for. Who was away comes back as the only one left, and all that is stored is
      // sealed to a key that was handed out and replaced meanwhile.
      const [last, ...others] = gateway.alive;
      if (!last) throw new Error('a member is there');
      for (const other of others) await world.dismiss(gateway, other);
      const lost = [await start(), await start()] as const;
      await gateway.kill(last);
      for (const member of lost) {
        await world.revoke(gateway, member);
        for (let turns = 0; turns < 3; turns += 1) await take('eleven minutes go by');
      }
      await gateway.revive(last, world.hooks(gateway));
      await checkGateway(world, gateway);
    } finally {
      await world.end();
    }
  });

  it('takes every kind of step', () => {
    const taken = KINDS.map((kind) => `${kind}: ${ran.get(kind) ?? 0}`);
    console.info(`steps from seed ${first}: ${taken.join(', ')}`);
    // One sequence lived through again is not long enough for all of them.
    const left = KINDS.filter((kind) => !ran.has(kind));
    expect(given === undefined ? left : []).toEqual([]);
  });
});
