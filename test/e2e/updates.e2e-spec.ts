import { generateKeyPairSync } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReleaseManifest } from '../../src/contract/release.js';
import { PRODUCT_VERSION } from '../../src/contract/version.js';
import { CONTROL_PLANE_CLIENT_ID } from '../../src/dev-stack/seed-data.js';
import { AgentMachine } from '../support/agent-machine.js';
import { E2eStack } from '../support/e2e-stack.js';
import { Load } from '../support/load.js';
import { ReleaseDesk } from '../support/release-desk.js';
import { until } from '../support/until.js';

const NEWER = '3000.900.1';
const BROKEN = '3000.904.1';
const OLDER = '3000.300.1';
/** Newer than what runs, and older than what is published next. */
const CUT = '3000.801.1';
const STRANGE = '3000.802.1';
const BY_ROOT = '3000.803.1';

/** The management surface counts calls: no faster than this. */
const POLL_MS = 250;

const LAB = 'contoso.lab';
const REGION = 'westeurope';

interface Member {
  readonly id: string;
  readonly displayName: string;
  readonly version: string;
  readonly state: string;
  readonly upgradeState: string;
}

interface Rollout {
  readonly id: string;
  readonly state: string;
  readonly reason?: string;
  readonly doneIds: readonly string[];
}

/** Two gateways, so that what one is refused goes on beside the updates of the other: most of it is waiting. */
describe('updates', () => {
  let stack: E2eStack;
  let desk: ReleaseDesk;
  const machines: AgentMachine[] = [];
  const gatewayIds = new Map<string, string>();

  const ask = async <T>(method: string, path: string, json?: object): Promise<{ status: number; body: T }> => {
    const { status, body } = await stack.ask('contoso.admin', method, path, json && { json });
    return { status, body: body as T };
  };
  const at = (gateway: string, path: string) => `/v1/gateways/${gatewayIds.get(gateway) ?? ''}/${path}`;
  const members = async (gateway: string) => (await ask<{ value: Member[] }>('GET', at(gateway, 'members'))).body.value;
  const memberId = async (gateway: string, name: string) =>
    (await members(gateway)).find(({ displayName }) => displayName === name)?.id ?? '';
  const takeIn = async (gateway: string, name: string, ...flags: string[]): Promise<void> => {
    const machine = new AgentMachine(stack, name);
    machines.push(machine);
    const { body } = await ask<{ token: string }>('POST', '/v1/joinTokens', { gatewayId: gatewayIds.get(gateway) });
    const { recoveryKey } = stack.stack;
    const { code, output } = await machine.enrol('join', gateway, { token: body.token, recoveryKey });
    expect(code, output).toBe(0);
    machine.start('--managed', ...flags);
    const isOnline = async () =>
      (await pause(POLL_MS, true)) &&
      (await members(gateway)).some((one) => one.displayName === name && one.state === 'online');
    await until(`${name} is online`, isOnline, 60_000);
  };
  /** Orders an update and waits for its end. */
  const roll = async (gateway: string, order: { version: string; memberIds?: string[] }): Promise<Rollout> => {
    const { status, body } = await ask<Rollout>('POST', at(gateway, 'rollouts'), order);
    expect(status, JSON.stringify(body)).toBe(201);
    return until(
      `the end of the update to ${order.version}`,
      async () => {
        await pause(POLL_MS);
        const now = (await ask<Rollout>('GET', at(gateway, `rollouts/${body.id}`))).body;
        return now.state !== 'running' && now;
      },
      120_000,
    );
  };
  const published = async (version: string): Promise<void> => {
    const { code, output } = await desk.publish(version);
    expect(code, output).toBe(0);
    const isListed = async () => {
      const { value } = (await ask<{ value: { version: string; offered: boolean }[] }>('GET', '/v1/releases')).body;
      return value.some((one) => one.version === version && one.offered);
    };
    await until(`${version} in the catalogue`, isListed, 5_000);
  };

  beforeAll(async () => {
    stack = await E2eStack.start();
    desk = new ReleaseDesk(stack);
    const [built] = await Promise.all([desk.build(NEWER), stack.stack.addGateway(LAB, REGION)]);
    expect(built.code, built.output).toBe(0);
    for (const version of [OLDER, CUT]) desk.buildFrom(version, 'never run');
    desk.buildFrom(BROKEN, 'process.exit(9);');
    const { value } = (await ask<{ value: { id: string; displayName: string }[] }>('GET', '/v1/gateways')).body;
    for (const { id, displayName } of value) gatewayIds.set(displayName, id);
    await Promise.all([takeIn('contoso.hq', 'second'), takeIn(LAB, 'strict', '--no-remote-updates')]);
  });
  afterAll(async () => {
    await Promise.all(machines.map((machine) => machine.end()));
    await stack?.stop();
  });

  it('are published by whoever may use the release key, which the control plane may not, and once', async () => {
    const replica = {
      TIDEGATE_SERVICE_CLIENT_ID: CONTROL_PLANE_CLIENT_ID,
      TIDEGATE_SERVICE_CLIENT_SECRET_FILE: stack.stack.cloud.addresses.serviceSecretFile,
    };
    const refused = await desk.publish(NEWER, replica);
    expect(refused.code).toBe(2);
    expect(refused.output).toContain('Not signed: Caller is not authorized');
    await published(OLDER);
    await published(NEWER);
    const again = await desk.publish(NEWER);
    expect(again.output).toContain(`Version ${NEWER} is in the catalogue already.`);
    expect(again.code).toBe(2);
    for (const one of await members('contoso.hq')) {
      expect(one).toMatchObject({ version: PRODUCT_VERSION, upgradeState: 'NewVersionAvailable' });
    }
  });

  describe.concurrent('once they are published', () => {
    it('reach one member after the other, and one that does not come up is taken back, and no read fails', async () => {
      const load = new Load(() => stack.ask('contoso.maker', 'GET', stack.items(stack.sample.table, '?$top=1')), 2, 20);
      try {
        await load.more(10);
        const update = await roll('contoso.hq', { version: NEWER });
        expect(update, update.reason).toMatchObject({ state: 'succeeded' });
        expect(update.doneIds).toHaveLength(2);
        for (const one of await members('contoso.hq')) {
          expect(one).toMatchObject({ version: NEWER, upgradeState: 'UpToDate', state: 'online' });
        }
        await published(BROKEN);
        const broken = await roll('contoso.hq', { version: BROKEN });
        expect(broken).toMatchObject({
          state: 'rolled-back',
          reason: 'second went back: it ended with code 9',
          doneIds: [],
        });
        await until(
          'both take work',
          async () =>
            (await pause(POLL_MS, true)) && (await members('contoso.hq')).every(({ state }) => state === 'online'),
          60_000,
        );
        for (const one of await members('contoso.hq')) {
          expect(one).toMatchObject({ version: NEWER, upgradeState: 'NewVersionAvailable' });
        }
        await load.more(20);
      } finally {
        await load.end();
      }
      expect(load.failures).toEqual([]);
    });

    it('are refused by the member itself: forbidden, cut off, forged, older', async () => {
      const strict = await memberId(LAB, 'strict');
      const forbidden = await roll(LAB, { version: NEWER, memberIds: [strict] });
      expect(forbidden.reason).toBe('strict forbids remote updates: remote updates are switched off on this machine');

      const open = (await members(LAB)).find(({ id }) => id !== strict)?.id ?? '';
      const refusal = async (version: string) => {
        const { state, reason } = await roll(LAB, { version, memberIds: [open] });
        expect(state).toBe('rolled-back');
        return reason;
      };
      await published(CUT);
      const cut = await desk.row(CUT);
      truncateSync(join(stack.description.releases.folder, cut.fileName), cut.bytes - 10);
      await desk.smuggle(CUT, { ...cut, bytes: cut.bytes - 10 });
      expect(await refusal(CUT)).toMatch(/could not update: truncated: /);

      const good = await desk.row(NEWER);
      const manifest = decodeJwt<ReleaseManifest>(good.manifest);
      const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
      await desk.smuggle(STRANGE, { ...good, manifest: await desk.forge(manifest, STRANGE, stranger) });
      expect(await refusal(STRANGE)).toMatch(/could not update: unknown-key: /);
      await desk.smuggle(BY_ROOT, { ...good, manifest: await desk.forge(manifest, BY_ROOT, await desk.rootKey()) });
      expect(await refusal(BY_ROOT)).toMatch(/could not update: signed-by-root: /);

      const order = await ask<{ errorCode: string }>('POST', at(LAB, 'rollouts'), {
        version: OLDER,
        memberIds: [open],
      });
      expect(order.status).toBe(400);
      // A control plane that has other hands in it orders it all the same.
      await desk.sql('UPDATE member SET "orderedVersion" = $1, revision = revision + 1 WHERE id = $2', [OLDER, open]);
      const upgrade = await until(
        'the refusal of the older version',
        async () => {
          await pause(POLL_MS);
          const now = (
            await ask<{ updateState?: string; updateReason?: string }>('GET', at(LAB, `members/${open}/upgrade`))
          ).body;
          return now.updateState === 'failed' && now.updateReason?.startsWith('older-version') && now;
        },
        60_000,
      );
      expect(upgrade).toMatchObject({ version: PRODUCT_VERSION, upgradeState: 'NewVersionAvailable' });
    });
  });
});
