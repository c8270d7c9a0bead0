import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readNetworkSettings, type NetworkFlags } from './network-settings.js';
import { describeProxy } from './proxy-address.js';

const SECRET = 'needle-password';
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('the settings of the network', () => {
  let stateDir: string;
  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'tidegate-network-'));
  });
  afterEach(() => rm(stateDir, { recursive: true }));

  const write = (text: string, mode = 0o600) => writeFile(join(stateDir, 'network.yaml'), text, { mode });
  const read = (flags: NetworkFlags = {}) => readNetworkSettings({ ...flags, stateDir });
  const refusal = async (flags: NetworkFlags = {}) => {
    const error: unknown = await read(flags).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'CommandError', reason: 'usage' });
    expect(inspect(error, { depth: 8 })).not.toContain(SECRET);
    return String(error);
  };

  it('are the usual ports and no proxy where nothing is said', async () => {
    const { ports, proxy } = await read();
    expect(ports.map(({ port }) => port)).toEqual([443, 5671, 5672, 9350, 9351, 9352, 9353, 9354]);
    expect(proxy).toBeUndefined();
  });

  it('are read from the file, with the password from another one', async () => {
    await write('ports: [5671, 8443/websockets]\nproxy:\n  url: http://proxy.example:3128\n  username: svc\n  passwordFile: pw\nnoProxy: [.corp.example]\n'); // prettier-ignore
    await writeFile(join(stateDir, 'pw'), `${SECRET}:ü\n`);
    const { ports, proxy, exceptions } = await read();
    expect(ports).toEqual([
      { port: 5671, transport: 'amqp' },
      { port: 8443, transport: 'websockets' },
    ]);
    expect(proxy).toMatchObject({ host: 'proxy.example', port: 3128, isSecure: false });
    expect(proxy?.authorization).toBe(basic(`svc:${SECRET}:ü`));
    expect(exceptions.has('control.corp.example', 443)).toBe(true);
  });

  it('never show the login when they are printed', async () => {
    const { proxy } = await read({ httpsProxy: `http://svc:${SECRET}@proxy.example:3128` });
    expect(proxy?.authorization).toBe(basic(`svc:${SECRET}`));
    for (const shown of [JSON.stringify(proxy), inspect(proxy, { depth: 5 }), proxy && describeProxy(proxy)]) {
      expect(shown).toContain('proxy.example');
      expect(shown).not.toMatch(/needle|Basic|svc/);
    }
  });

  it('take the environment where there is no file, and the file before it', async () => {
    const environment = { httpsProxy: 'https://[2001:db8::1]', noProxy: 'a.test,b.test:444' };
    const first = await read(environment);
    expect(first.proxy).toMatchObject({ host: '2001:db8::1', port: 443, isSecure: true });
    expect(first.exceptions.has('b.test', 444) && !first.exceptions.has('b.test', 443)).toBe(true);
    await write('proxy: { url: "http://proxy.example" }\n');
    expect((await read(environment)).proxy).toMatchObject({ host: 'proxy.example', port: 80 });
  });

  it('take the ports of the command line before those of the file', async () => {
    await write('ports: [5671]\n');
    expect((await read({ ports: [{ port: 9350, transport: 'amqp' }] })).ports).toEqual([
      { port: 9350, transport: 'amqp' },
    ]);
  });

  it('must be there when a file is named', async () => {
    expect(await refusal({ file: join(stateDir, 'other.yaml') })).toContain('ENOENT');
  });

  it.each([
    ['an unknown key', 'port: [443]\n', 'port'],
    ['an unknown key of the proxy', `proxy: { url: "http://p", pass: ${SECRET} }\n`, 'proxy'],
    ['a port that is none', 'ports: [99999]\n', 'ports.0'],
    ['no port at all', 'ports: []\n', 'ports'],
    ['an address of another kind', 'proxy: { url: "socks5://p:1" }\n', 'proxy.url'],
    ['a password without a user', `proxy: { url: "http://p", password: ${SECRET} }\n`, 'proxy'],
    ['a password twice', `proxy: { url: "http://p", username: u, password: ${SECRET}, passwordFile: f }\n`, 'proxy'],
    ['a password file that is not there', 'proxy: { url: "http://p", username: u, passwordFile: f }\n', 'ENOENT'],
    [
      'a line break in the password',
      `proxy: { url: "http://p", username: u, password: "${SECRET}\\r\\nX: y" }\n`,
      'proxy.password',
    ],
    ['text that is no YAML', `proxy: { url: "http://p", password: ${SECRET}\n  - [\n`, 'line'],
    ['an exception that is none', 'noProxy: ["http://x"]\n', 'noProxy'],
    ['something else than a table', '- 443\n', 'network.yaml'],
  ])('refuse %s and name it', async (_, text, named) => {
    await write(text);
    expect(await refusal()).toContain(named);
  });

  it('refuse a password that everybody on the machine may read', async () => {
    await write(`proxy: { url: "http://p", username: u, password: ${SECRET} }\n`);
    expect((await read()).proxy?.authorization).toBe(basic(`u:${SECRET}`));
    await chmod(join(stateDir, 'network.yaml'), 0o644);
    expect(await refusal()).toContain('0600');
  });

  it('refuse a proxy of the environment that is none, without repeating it', async () => {
    expect(await refusal({ httpsProxy: `ftp://u:${SECRET}@p` })).toContain('HTTPS_PROXY');
  });
});
