import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firewallNeeds, needsAsCsv, needsAsText } from './firewall-needs.js';
import { NO_PROXY } from './network-settings.js';
import { proxyAddress } from './proxy-address.js';
import { ProxyExceptions } from './proxy-exceptions.js';
import { readServiceTag } from './service-tags.js';

/** In the shape of the public list. */
const LIST = {
  changeNumber: 1,
  cloud: 'Public',
  values: [
    { name: 'Storage.WestEurope', id: 'x', properties: { region: 'westeurope', addressPrefixes: ['192.0.2.0/24'] } },
    {
      name: 'ServiceBus.WestEurope',
      id: 'y',
      properties: {
        region: 'westeurope',
        addressPrefixes: ['198.51.100.0/27', '2001:db8::/48', '=cmd()', '198.51.100.0'],
      },
    },
    {
      name: 'ServiceBus.FranceCentral',
      id: 'z',
      properties: { region: 'centralfrance', addressPrefixes: ['203.0.113.0/28'] },
    },
    { name: 'ServiceBus', id: 'w', properties: { region: '', addressPrefixes: ['203.0.113.0/24'] } },
  ],
};

describe('what a firewall has to let out', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidegate-tags-'));
    file = join(folder, 'tags.json');
    await writeFile(file, JSON.stringify(LIST));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const places = { network: NO_PROXY, controlPlane: new URL('https://control.example/'), relayHost: 'ns.servicebus.windows.net', serviceTag: undefined }; // prettier-ignore

  it('are the control plane, the relay’s ports and the sign-in', () => {
    const needs = firewallNeeds(places);
    expect(needs.map(({ destination, port }) => `${destination}:${port}`)).toEqual([
      'control.example:443',
      ...[443, 5671, 5672, 9350, 9351, 9352, 9353, 9354].map((port) => `ns.servicebus.windows.net:${port}`),
      'login.microsoftonline.com:443',
    ]);
    expect(needsAsText(needs)).toContain('no port has to be open inwards');
  });

  it('are said of any namespace before there is one', () => {
    expect(firewallNeeds({ ...places, relayHost: undefined })[1]).toMatchObject({
      destination: '*.servicebus.windows.net',
    });
  });

  it('hold the addresses of the region alone, whatever else the list holds', async () => {
    const serviceTag = await readServiceTag(file, 'westeurope');
    const network = { ...NO_PROXY, ports: [{ port: 443, transport: 'websockets' as const }] };
    const addresses = firewallNeeds({ ...places, network, serviceTag }).filter(({ purpose }) => purpose === 'relay address'); // prettier-ignore
    expect(addresses.map(({ destination }) => destination)).toEqual(['198.51.100.0/27', '2001:db8::/48']);
    expect(needsAsCsv(addresses).split('\n')).toEqual([
      'purpose,destination,port,protocol,note',
      'relay address,198.51.100.0/27,443,HTTPS (WebSockets),ServiceBus.WestEurope',
      'relay address,2001:db8::/48,443,HTTPS (WebSockets),ServiceBus.WestEurope',
    ]);
  });

  it('know a region by the list’s own key too, and name those that are known when one is not', async () => {
    expect((await readServiceTag(file, 'centralfrance')).name).toBe('ServiceBus.FranceCentral');
    await expect(readServiceTag(file, 'atlantis')).rejects.toMatchObject({ reason: 'usage', remedy: expect.stringContaining('WestEurope') as string }); // prettier-ignore
    await expect(readServiceTag(join(folder, 'none'), 'x')).rejects.toMatchObject({ reason: 'usage' });
    await writeFile(join(folder, 'bad.json'), '{"values": [{"name": 1}]}');
    await expect(readServiceTag(join(folder, 'bad.json'), 'x')).rejects.toMatchObject({ reason: 'usage' });
  });

  it('are the proxy first where there is one, and never its password', () => {
    const network = {
      ...NO_PROXY,
      proxy: proxyAddress('http://proxy.example:3128', { username: 'svc', password: 'needle' }),
      exceptions: new ProxyExceptions(['control.example']),
    };
    const needs = firewallNeeds({ ...places, network });
    expect(needs[0]).toMatchObject({ purpose: 'proxy', destination: 'proxy.example', port: 3128 });
    expect(needs[1]).toMatchObject({ purpose: 'control plane', note: '' });
    expect(needs[2]?.note).toContain('from the proxy');
    expect(JSON.stringify(needs) + needsAsText(needs) + needsAsCsv(needs)).not.toMatch(/needle|svc/);
  });
});
