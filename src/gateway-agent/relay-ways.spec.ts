import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_PORTS } from './network/relay-place.js';
import { readRelayHost, RelayWays } from './relay-ways.js';
import { StateFolder } from './state-folder.js';

const HOST = 'ns.servicebus.windows.net';

describe('which way to the relay is tried', () => {
  let folder: StateFolder;
  beforeEach(async () => {
    folder = new StateFolder(await mkdtemp(join(tmpdir(), 'tidegate-ways-')));
  });
  afterEach(() => rm(folder.path, { recursive: true }));
  const waysOf = (wanted: 'auto' | 'amqp' = 'auto') => new RelayWays(folder, DEFAULT_PORTS, wanted);
  const ports = async (ways: RelayWays) => (await ways.next(HOST)).map(({ port }) => port);

  it('is every one, in order, while none ever worked', async () => {
    expect(await ports(waysOf())).toEqual(DEFAULT_PORTS.map(({ port }) => port));
  });

  it('is the one that worked, and one of the others in turn', async () => {
    const ways = waysOf();
    await ways.worked({ transport: 'amqp', host: HOST, port: 5672 }, HOST);
    const tried = [];
    for (let i = 0; i < 8; i += 1) tried.push(await ports(ways));
    expect(tried).toEqual([443, 5671, 9350, 9351, 9352, 9353, 9354, 443].map((other) => [5672, other]));
  });

  it('is remembered over restarts, with the relay', async () => {
    await waysOf().worked({ transport: 'amqp', host: HOST, port: 9352 }, HOST);
    expect((await ports(waysOf()))[0]).toBe(9352);
    expect(await readRelayHost(folder)).toBe(HOST);
  });

  it('is not the one that worked when it may not be used any more', async () => {
    await waysOf().worked({ transport: 'websockets', host: HOST, port: 443 }, HOST);
    expect(await ports(waysOf('amqp'))).toEqual([5671, 5672, 9350, 9351, 9352, 9353, 9354]);
  });

  it('reads what agents remembered before ports were', async () => {
    await folder.write('transport.json', '{"last":"amqp"}');
    expect((await ports(waysOf()))[0]).toBe(5671);
    await folder.write('transport.json', '{"last":"pigeon"}');
    expect(await ports(waysOf())).toHaveLength(8);
  });
});
