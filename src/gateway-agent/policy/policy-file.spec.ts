import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestFolder } from '../../../test/support/agent-folder.js';
import { until } from '../../../test/support/until.js';
import { openPolicy, type MachinePolicy } from './machine-policy.js';
import { PolicyFile } from './policy-file.js';

const READ_ONLY = 'version: 1\nreadOnly: true\n';
/** Only the watch may tell of a change within a test. */
const NEVER_MS = 3_600_000;

let folder: TestFolder;
let logs: string[];
let file: PolicyFile | undefined;
const log = () => pino({ level: 'debug' }, { write: (line: string) => void logs.push(line) });
const place = () => ({ stateDir: folder.path });
const write = (text: string) => writeFile(folder.file('policy.yaml'), text);
const isReadOnly = () => file?.current.text.readOnly === true;

beforeEach(async () => {
  folder = await TestFolder.make();
  logs = [];
});
afterEach(async () => {
  await file?.close();
  file = undefined;
  await folder[Symbol.asyncDispose]();
});

describe('the file of the policy', () => {
  it('is followed, also when another one is renamed into its place', async () => {
    await write('version: 1\n');
    file = await PolicyFile.open(place(), log(), NEVER_MS);
    expect(isReadOnly()).toBe(false);
    await writeFile(folder.file('next'), READ_ONLY);
    await rename(folder.file('next'), folder.file('policy.yaml'));
    await until('the change to count', isReadOnly);
    await write('version: 1\nreadOnly: false\n');
    await until('the next change to count', () => !isReadOnly());
  });

  it('is looked at from time to time where nothing tells of changes', async () => {
    file = await PolicyFile.open({ stateDir: folder.path, file: folder.file('elsewhere.yaml') }, log(), 20);
    expect([file.current.isClosed, file.isValid]).toEqual([true, false]);
    await writeFile(folder.file('elsewhere.yaml'), READ_ONLY);
    await until('the file to be seen', isReadOnly);
    expect(file.isValid).toBe(true);
  });

  it('changes nothing while it is wrong or gone, and says so', async () => {
    await write(READ_ONLY);
    file = await PolicyFile.open(place(), log(), NEVER_MS);
    const changes: boolean[] = [];
    file.onChange(() => changes.push(file?.isValid ?? false));
    await write('version: 1\nreadOnyl: true\n');
    await until('the problem to be told', () => changes.at(-1) === false);
    expect(isReadOnly()).toBe(true);
    expect(logs.join('')).toContain('line 2: readOnyl is not known');
    await rm(folder.file('policy.yaml'));
    await until('the loss to be told', () => logs.join('').includes('the file is gone'));
    expect(isReadOnly()).toBe(true);
    await write(READ_ONLY);
    await until('the mended file to count', () => file?.isValid);
  });

  it('allows nothing when it is wrong at the start', async () => {
    await write('nonsense: 1\n');
    file = await PolicyFile.open(place(), log(), NEVER_MS);
    expect([file.current.isClosed, file.isValid]).toEqual([true, false]);
    await write(READ_ONLY);
    await until('the mended file to count', () => file?.isValid);
    expect(file.current.isClosed).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('is not taken when every account may write it', async () => {
    await write(READ_ONLY);
    await chmod(folder.file('policy.yaml'), 0o666);
    file = await PolicyFile.open(place(), log(), NEVER_MS);
    expect(file.current.isClosed).toBe(true);
  });
});

describe('a change of the policy', () => {
  it('ends connections that it would not allow, and leaves the others', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    await write("version: 1\nhosts: ['127.0.0.1', '*']\n");
    const policy: MachinePolicy = await openPolicy(place(), log(), () => Promise.resolve(['127.0.0.1']));
    try {
      const [named, plain] = await Promise.all(
        ['a.example', '127.0.0.1'].map((host) => policy.egress.connect({ host, port })),
      );
      await write("version: 1\nports: [1]\nhosts: ['127.0.0.1']\n");
      await until('the connections to end', () => named?.destroyed && plain?.destroyed);
      await expect(policy.egress.connect({ host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'POLICY_DENIED', details: { rule: 'ports' } }); // prettier-ignore
      await write("version: 1\nhosts: ['127.0.0.1']\n");
      await until('the policy to be read', () => policy.file.current.text.ports === undefined);
      const kept = await policy.egress.connect({ host: '127.0.0.1', port });
      await write("version: 1\nhosts: ['127.0.0.1']\nreadOnly: true\n");
      await until('the policy to be read', () => policy.file.current.text.readOnly);
      expect(kept.destroyed).toBe(false);
      kept.destroy();
      expect(policy.refusals.report).toEqual({ ports: 1 });
    } finally {
      await policy.close();
      server.close();
    }
  });
});
