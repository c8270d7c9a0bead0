import { randomInt, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../src/contract/operations.js';
import { targetSchema, type Target } from '../../src/contract/targets.js';
import type { ConnectorAnswer } from '../../src/gateway-agent/connectors/connector.js';
import { FilesystemConnector } from '../../src/gateway-agent/connectors/filesystem/filesystem.connector.js';
import { HttpConnector } from '../../src/gateway-agent/connectors/http/http.connector.js';
import { SourceError } from '../../src/gateway-agent/connectors/source-error.js';
import { tableNameCandidates } from '../../src/gateway-agent/connectors/sql/table-name.js';
import { folderGuard } from '../../src/gateway-agent/policy/folder-guard.js';
import { Policy } from '../../src/gateway-agent/policy/policy.js';
import { readPolicyText } from '../../src/gateway-agent/policy/policy-document.js';
import { PolicyEgress } from '../../src/gateway-agent/policy/policy-egress.js';
import { PolicyGate } from '../../src/gateway-agent/policy/policy-gate.js';
import { Dice } from '../support/dice.js';
import { hostileHost, hostileIdentifier, hostilePath, hostileUrlPath } from '../support/hostile-input.js';
import { count } from '../support/tier.js';

const SEED = Number(process.env.TIDEGATE_FUZZ_SEED ?? randomInt(2 ** 31));
const AT_ONCE = 16;
const ALLOWED = '127.0.0.2';
const FORBIDDEN = ['127.0.0.1', '127.0.0.3', '::1'];
const SECRET = 'forbidden-content';
const CONNECTION = { id: randomUUID(), credentialType: 'Anonymous', encryption: 'Any' } as const;

let dice: Dice;
let port: number;
let folder: string;
let policy: Policy;
let egress: PolicyEgress;
let gate: PolicyGate;
let http: HttpConnector;
let files: FilesystemConnector;
const servers: Server[] = [];
const closedConnections: string[] = [];
const openPaths: string[] = [];
let openConnections = 0;

beforeAll(async () => {
  dice = new Dice(SEED);
  process.stdout.write(`policy fuzz: TIDEGATE_FUZZ_SEED=${SEED}\n`);
  port = await listen(ALLOWED, 0);
  for (const address of FORBIDDEN) await listen(address, port);
  const otherPort = await listen(ALLOWED, 0, true);
  folder = await madeFolder();
  policy = new Policy(
    readPolicyText(
      Buffer.from(
        `version: 1\nhosts: [{ host: ${ALLOWED}, ports: [${port}] }, '*.open.example']\n` +
          `httpPaths: [/open]\nfolders: [${join(folder, 'open')}]\ntables: [sales.*, dbo.orders]\n`,
      ),
    ),
  );
  const current = () => policy;
  const refused = () => undefined;
  let turn = 0;
  const answers: Readonly<Record<string, () => string[]>> = {
    'good.open.example': () => [ALLOWED],
    'bad.open.example': () => ['127.0.0.1'],
    'two.open.example': () => ['127.0.0.1', ALLOWED, '::1', '::ffff:127.0.0.3', '64:ff9b::7f00:1'],
    // Another answer at every question.
    'rebind.open.example': () => [[ALLOWED, '127.0.0.1', '::1', '0.0.0.0', '127.0.0.3'][turn++ % 5] ?? ''],
    'odd.open.example': () => ['', 'localhost', '127.1', '0x7f000001', '::', '0.0.0.0', '169.254.169.254%1'],
    localhost: () => ['127.0.0.1', '::1'],
  };
  const resolve = (name: string) => Promise.resolve(answers[name]?.() ?? ['127.0.0.3', '::1']);
  egress = new PolicyEgress({ policy: current, refused, resolve });
  gate = new PolicyGate({ policy: current, refused });
  http = new HttpConnector({ egress });
  files = new FilesystemConnector(folderGuard(current, refused));
  ports = [port, port, port, otherPort];
});

let ports: number[];

afterAll(async () => {
  await http.close();
  await Promise.all(servers.map((server) => new Promise((done) => { server.closeAllConnections(); server.close(done); }))); // prettier-ignore
  await rm(folder, { recursive: true, force: true });
});

describe(`hostile input (seed ${SEED})`, () => {
  it('hosts: what is not allowed is never connected to', async () => {
    let reached = 0;
    await many(count(16_000, 1_000), async () => {
      const socket = await egress.connect({ host: hostileHost(dice), port: dice.of(ports), timeoutMs: 5_000 });
      reached += 1;
      expect([socket.remoteAddress, socket.remotePort]).toEqual([ALLOWED, port]);
      socket.destroy();
    });
    expect(closedConnections).toEqual([]);
    expect(reached).toBeGreaterThan(count(500, 20));
  });

  it('web addresses, paths and redirects: neither other servers nor other paths are asked', async () => {
    openPaths.length = 0;
    const before = openConnections;
    await many(count(14_000, 800), async () => {
      const target = targetSchema.safeParse({ kind: 'http', url: `http://${dice.of([hostileHost(dice), ALLOWED, 'good.open.example'])}:${dice.of(ports)}${dice.of(['', '/', '/open', '/open/', hostileUrlPath(dice)])}` }); // prettier-ignore
      if (!target.success) return;
      const header: [string, string] = dice.of([['accept', '*/*'], ['host', '127.0.0.1'], ['x-original-url', '/secret'], ['X-Rewrite-URL', '/secret']]); // prettier-ignore
      const operation: Operation = { name: 'httpRequest', method: 'GET', path: `/${hostileUrlPath(dice)}`.slice(dice.below(2)) || '/', headers: [header] }; // prettier-ignore
      await run(http, target.data, operation);
    });
    expect(closedConnections).toEqual([]);
    expect(openConnections).toBeGreaterThan(before);
    expect(openPaths.length).toBeGreaterThan(count(300, 10));
    for (const path of openPaths) expect(everyReading(path).every(isOpen), path).toBe(true);
  });

  it('folders: nothing outside is read, also while links are swapped', async () => {
    let isOver = false;
    const swap = (async () => {
      const place = join(folder, 'open', 'swapped');
      for (let turn = 0; !isOver; turn += 1) {
        await symlink(turn % 2 === 0 ? join(folder, 'closed') : join(folder, 'open', 'inner'), `${place}.new`);
        await rename(`${place}.new`, place);
      }
    })();
    let read = 0;
    await many(count(9_000, 600), async () => {
      const root = dice.of([folder, folder, folder, join(folder, 'open'), join(folder, 'open'), join(folder, 'open'), join(folder, 'way'), join(folder, 'open', 'swapped'), join(folder, 'closed'), `${folder}/open/../closed`, '/', `file://${folder}/open`, `//${folder}/closed`, `\\\\127.0.0.1${folder}`]); // prettier-ignore
      const path = hostilePath(dice);
      const operation: Operation = dice.of([{ name: 'readFile', path }, { name: 'readFile', path }, { name: 'listFolder', path }, { name: 'copyFile', path, destination: dice.of(['copy', `open/copy${dice.below(9)}`]), overwrite: true }]); // prettier-ignore
      const text = await run(files, { kind: 'filesystem', path: root }, operation);
      read += operation.name === 'readFile' && text.length > 0 ? 1 : 0;
      expect(text).not.toContain(SECRET);
    });
    isOver = true;
    await swap;
    expect(read).toBeGreaterThan(count(80, 3));
  });

  it('identifiers: what is left of a name means an allowed table and nothing else', () => {
    let passed = 0;
    for (let left = count(12_000, 1_000); left > 0; left -= 1) {
      const table = hostileIdentifier(dice);
      const target: Target = { kind: 'postgresql', server: ALLOWED, port, database: 'd' };
      try {
        const { operation } = gate.admit({ tenantId: randomUUID(), operation: { name: 'getTable', table }, connection: { ...CONNECTION, target } }, true); // prettier-ignore
        const means = 'table' in operation ? tableNameCandidates(operation.table) : [];
        expect(means, table).toHaveLength(1);
        const [only] = means;
        expect(only?.schema === 'sales' || (only?.schema === 'dbo' && only.table === 'orders'), table).toBe(true);
        passed += 1;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        expect(error.code).toBe('POLICY_DENIED');
      }
    }
    expect(passed).toBeGreaterThan(50);
  });
});

/** Refusals are what most of it comes to; anything but a refusal or a failure that the contract knows is a defect. */
async function many(times: number, once: () => Promise<void>): Promise<void> {
  let left = times;
  const work = async () => {
    while (left-- > 0) {
      try {
        await once();
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function run(
  connector: HttpConnector | FilesystemConnector,
  target: Target,
  operation: Operation,
): Promise<string> {
  const passage = gate.admit({ tenantId: randomUUID(), operation, connection: { ...CONNECTION, target } }, true);
  const secret = { get: () => undefined, [Symbol.dispose]: () => undefined };
  const request = { operation: passage.operation, target, credentialType: 'Anonymous', encryption: 'Any', connectionId: CONNECTION.id, secret, body: undefined, signal: AbortSignal.timeout(10_000), limits: passage.limits } as const; // prettier-ignore
  return textOf(passage.answer(await connector.execute(request)));
}

async function textOf({ body }: ConnectorAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers; every third time with the way to a server that is not allowed. */
async function listen(address: string, at: number, isClosed = FORBIDDEN.includes(address)): Promise<number> {
  let asked = 0;
  const server = createServer((request, response) => {
    openPaths.push(request.url ?? '');
    asked += 1;
    if (asked % 3 === 0) response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` });
    response.end('ok');
  });
  server.on('connection', () => {
    if (isClosed) closedConnections.push(address);
    else openConnections += 1;
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(at, address, done));
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

async function madeFolder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'tidegate-fuzz-'));
  await mkdir(join(root, 'open', 'inner'), { recursive: true });
  await mkdir(join(root, 'closed'));
  for (const place of ['open', 'open/inner']) await writeFile(join(root, place, 'a.txt'), 'open');
  for (const place of ['closed/a.txt', 'closed/secret.txt', 'secret.txt']) await writeFile(join(root, place), SECRET);
  await symlink(join(root, 'closed'), join(root, 'open', 'link'));
  await symlink(join(root, 'secret.txt'), join(root, 'open', 'link.txt'));
  await symlink(join(root, 'open', 'inner'), join(root, 'open', 'inside'));
  await symlink(join(root, 'closed'), join(root, 'way'));
  await symlink(join(root, 'open', 'inner'), join(root, 'open', 'swapped'));
  return root;
}

/** A path as it stands, and as servers that decode once, twice or thrice read it. */
function everyReading(path: string): string[] {
  const readings = [path.split('?')[0] ?? ''];
  for (let round = 0; round < 3; round += 1) {
    const last = readings.at(-1) ?? '';
    readings.push(
      last.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
  }
  return readings.map((each) => new URL(each.replaceAll('\\', '/').replaceAll(/\/{2,}/g, '/').replaceAll('#', '%23').replaceAll('?', '%3f'), 'http://any').pathname); // prettier-ignore
}

function isOpen(path: string): boolean {
  return path === '/open' || path.startsWith('/open/');
}
