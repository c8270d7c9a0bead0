import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileEntry } from '../../src/contract/table.js';
import type { ConnectorRequest } from '../../src/gateway-agent/connectors/connector.js';
import { FilesystemConnector } from '../../src/gateway-agent/connectors/filesystem/filesystem.connector.js';
import { Caller, readBytes, secretOf } from './connector-harness.js';

describe('the file connector', () => {
  let place: string;
  let root: string;
  let caller: Caller;
  const write = (
    path: string,
    mode: 'create' | 'replace' | 'upsert',
    body: AsyncIterable<Uint8Array>,
    more: Partial<ConnectorRequest> = {},
  ): Promise<FileEntry> => caller.json({ name: 'writeFile', path, mode }, { body, ...more });
  async function* bytes(...parts: string[]): AsyncGenerator<Uint8Array> {
    for (const part of parts) yield Buffer.from(part);
  }

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'tidegate-files-'));
    root = join(place, 'root');
    await mkdir(join(root, 'sub', 'deep'), { recursive: true });
    await mkdir(join(place, 'outside'));
    await mkdir(join(place, 'root-twin'));
    await writeFile(join(root, 'a.csv'), 'x,y\n1,2\n');
    await writeFile(join(root, 'sub', 'b c.txt'), 'bee');
    await writeFile(join(place, 'outside', 'secret.txt'), 'secret');
    await writeFile(join(place, 'root-twin', 'secret.txt'), 'secret');
    await symlink(join(place, 'outside'), join(root, 'way-out'));
    await symlink('../../outside/secret.txt', join(root, 'sub', 'leak.txt'));
    await symlink('../root-twin/secret.txt', join(root, 'twin.txt'));
    await symlink('sub', join(root, 'inside'));
    await symlink('nowhere', join(root, 'dangling'));
    await symlink('loop', join(root, 'loop'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    caller = new Caller(new FilesystemConnector(), {
      target: { kind: 'filesystem', path: root },
      credentialType: 'Anonymous',
      encryption: 'Any',
      connectionId: 'f',
      secret: secretOf({}),
    });
  });
  afterAll(() => rm(place, { recursive: true, force: true }));

  it('lists by name what belongs to the folder, and neither links that lead out nor pipes', async () => {
    const entries = await caller.json<FileEntry[]>({ name: 'listFolder', path: '/' });
    expect(entries.map(({ path, isFolder }) => [path, isFolder])).toEqual([
      ['/a.csv', false],
      ['/inside', true],
      ['/sub', true],
    ]);
    expect(entries[0]).toMatchObject({ name: 'a.csv', size: 8, mediaType: 'text/csv' });
    expect((await caller.json<FileEntry[]>({ name: 'listFolder', path: '/inside/' })).map(({ path }) => path)).toEqual([
      '/inside/b c.txt',
      '/inside/deep',
    ]);
  });

  it('reads files, also through links that stay inside', async () => {
    expect(await caller.text({ name: 'readFile', path: '/a.csv' })).toBe('x,y\n1,2\n');
    expect(await caller.text({ name: 'readFile', path: '/inside/b c.txt' })).toBe('bee');
    expect(await caller.json({ name: 'getFile', path: 'sub/b c.txt' })).toMatchObject({
      path: '/sub/b c.txt',
      size: 3,
      isFolder: false,
    });
    expect(await caller.json({ name: 'getFile', path: '/' })).toMatchObject({ path: '/', isFolder: true });
  });

  it.each([
    '/../outside/secret.txt',
    '/sub/../../outside/secret.txt',
    '..',
    '/sub/..',
    '/./a.csv',
    '//etc/passwd',
    '\\\\server\\share',
    '/sub\\..\\..\\outside',
    'C:/Windows',
    '/a.csv\0.txt',
    '/sub//b c.txt',
    '/way-out/secret.txt',
    '/way-out',
    '/sub/leak.txt',
    '/twin.txt',
    '/dangling',
    '/loop',
    '/inside/leak.txt',
    `/${'d/'.repeat(200)}x`,
    `/${'x'.repeat(256)}`,
    '/\ud800',
  ])('refuses %j for every operation', async (path) => {
    for (const name of ['listFolder', 'getFile', 'readFile', 'deleteFile'] as const) {
      expect(await caller.failure({ name, path })).toMatchObject({ code: 'PATH_FORBIDDEN', outcome: 'not-executed' });
    }
    for (const mode of ['create', 'replace', 'upsert'] as const) {
      expect((await caller.failure({ name: 'writeFile', path, mode }, { body: bytes('x') })).code).toBe(
        'PATH_FORBIDDEN',
      );
    }
    expect(await readFile(join(place, 'outside', 'secret.txt'), 'utf8')).toBe('secret');
    expect(await readdir(join(place, 'outside'))).toEqual(['secret.txt']);
  });

  it.each([
    ['readFile', '/none', 'FILE_NOT_FOUND'],
    ['getFile', '/sub/none', 'FILE_NOT_FOUND'],
    ['deleteFile', '/none', 'FILE_NOT_FOUND'],
    ['listFolder', '/none', 'FILE_NOT_FOUND'],
    ['readFile', '/none/none', 'FILE_NOT_FOUND'],
    ['readFile', '/sub', 'VALIDATION_FAILED'],
    ['deleteFile', '/sub', 'VALIDATION_FAILED'],
    ['deleteFile', '/', 'VALIDATION_FAILED'],
    ['listFolder', '/a.csv', 'VALIDATION_FAILED'],
    ['readFile', '/a.csv/x', 'VALIDATION_FAILED'],
    ['readFile', '/pipe', 'VALIDATION_FAILED'],
  ] as const)('%s of %s is %s', async (name, path, code) => {
    const failure = await caller.failure({ name, path });
    expect(failure).toMatchObject({ code, outcome: 'not-executed' });
    expect(`${failure.message}${JSON.stringify(failure.details)}`).not.toContain(place);
  });

  it('creates, replaces and deletes, and never overwrites by accident', async () => {
    expect(await write('/new.txt', 'create', bytes('one', ' two'))).toMatchObject({
      path: '/new.txt',
      size: 7,
      mediaType: 'text/plain',
    });
    expect(
      (await caller.failure({ name: 'writeFile', path: '/new.txt', mode: 'create' }, { body: bytes('x') })).code,
    ).toBe('SOURCE_CONFLICT');
    expect(
      (await caller.failure({ name: 'writeFile', path: '/absent.txt', mode: 'replace' }, { body: bytes('x') })).code,
    ).toBe('FILE_NOT_FOUND');
    expect((await caller.failure({ name: 'writeFile', path: '/sub', mode: 'upsert' }, { body: bytes('x') })).code).toBe(
      'VALIDATION_FAILED',
    );
    expect(
      (await caller.failure({ name: 'writeFile', path: '/none/x', mode: 'upsert' }, { body: bytes('x') })).code,
    ).toBe('FILE_NOT_FOUND');
    expect((await caller.failure({ name: 'writeFile', path: '/', mode: 'upsert' }, { body: bytes('x') })).code).toBe(
      'VALIDATION_FAILED',
    );
    await write('/new.txt', 'replace', bytes('three'));
    await write('/inside/up.txt', 'upsert', bytes('up'));
    expect(await readFile(join(root, 'sub', 'up.txt'), 'utf8')).toBe('up');
    expect(await caller.text({ name: 'readFile', path: '/new.txt' })).toBe('three');
    for (const path of ['/new.txt', '/sub/up.txt']) await caller.text({ name: 'deleteFile', path });
    expect((await caller.failure({ name: 'readFile', path: '/new.txt' })).code).toBe('FILE_NOT_FOUND');
  });

  it('lets one of two creators win', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => write('/race.txt', 'create', bytes(String(i)))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await unlink(join(root, 'race.txt'));
  });

  it('leaves the old file and nothing else when a write breaks off or is cancelled', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('the caller went away');
    }
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      await new Promise(() => undefined);
    }
    const before = await readdir(root);
    await expect(write('/a.csv', 'replace', broken())).rejects.toThrow('the caller went away');
    const controller = new AbortController();
    const cancelled = caller.failure(
      { name: 'writeFile', path: '/a.csv', mode: 'upsert' },
      { body: endless(), signal: controller.signal },
    );
    setTimeout(() => controller.abort(), 50);
    expect(await cancelled).toMatchObject({ code: 'REQUEST_CANCELLED', outcome: 'not-executed' });
    expect(await readFile(join(root, 'a.csv'), 'utf8')).toBe('x,y\n1,2\n');
    expect(await readdir(root)).toEqual(before);
  });

  it('streams a large file both ways in even memory', async () => {
    const chunk = randomBytes(1024 * 1024);
    async function* large(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 150; i += 1) yield chunk;
    }
    const before = process.memoryUsage().rss;
    await write('/large.bin', 'upsert', large());
    const answer = await caller.run({ name: 'readFile', path: '/large.bin' });
    let size = 0;
    for await (const part of answer.body) size += part.byteLength;
    expect(size).toBe(150 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000);
    await unlink(join(root, 'large.bin'));
  });

  it('bounds a listing at 10,000 entries and says that there is more', async () => {
    const many = join(root, 'many');
    await mkdir(many);
    await writeFile(join(many, '0'), '');
    for (let i = 1; i <= 10_000; i += 1) await link(join(many, '0'), join(many, String(i)));
    const answer = await caller.run({ name: 'listFolder', path: '/many' });
    expect((JSON.parse((await readBytes(answer)).toString()) as FileEntry[]).length).toBe(10_000);
    expect(answer.trailer?.()).toEqual({ hasMore: true });
    await rm(many, { recursive: true });
  });

  it('stays inside while folders and links are swapped under it', async () => {
    await mkdir(join(root, 'swap'));
    await writeFile(join(root, 'swap', 'secret.txt'), 'public');
    let isSwapping = true;
    const swapper = (async () => {
      // Now and then the folder stays itself for longer than one read takes: otherwise swapper and
      // reader can fall into step and no read meets the real folder in the whole run.
      for (let round = 0; isSwapping; round += 1) {
        if (round % 8 === 0) await sleep(round % 5);
        await rename(join(root, 'swap'), join(root, 'swap-real'));
        await symlink(join(place, 'outside'), join(root, 'swap'));
        await unlink(join(root, 'swap'));
        await rename(join(root, 'swap-real'), join(root, 'swap'));
      }
    })();
    const seen = new Set<string>();
    for (let i = 0; i < 600; i += 1) {
      const text = await caller
        .text({ name: 'readFile', path: '/swap/secret.txt' })
        .catch((error: { code: string }) => error.code);
      seen.add(text);
      await write(`/swap/w${i}`, 'create', bytes('w')).catch(() => undefined);
      await caller.text({ name: 'deleteFile', path: `/swap/w${i}` }).catch(() => undefined);
    }
    isSwapping = false;
    await swapper;
    expect(seen).not.toContain('secret');
    expect(seen).toContain('public');
    expect(await readdir(join(place, 'outside'))).toEqual(['secret.txt']);
    expect((await lstat(join(root, 'swap'))).isDirectory()).toBe(true);
  });

  it('tests its root, and knows only folders and the agent’s own account', async () => {
    expect(await caller.text({ name: 'test' })).toBe('');
    expect(
      (await caller.failure({ name: 'test' }, { target: { kind: 'filesystem', path: join(place, 'gone') } })).code,
    ).toBe('FILE_NOT_FOUND');
    expect(
      (await caller.failure({ name: 'test' }, { target: { kind: 'filesystem', path: join(root, 'a.csv') } })).code,
    ).toBe('VALIDATION_FAILED');
    expect((await caller.failure({ name: 'test' }, { credentialType: 'Windows' })).code).toBe('VALIDATION_FAILED');
    expect((await caller.failure({ name: 'listTables' })).code).toBe('OPERATION_UNSUPPORTED');
  });

  it('closes every handle it opens', async () => {
    const handles = async (): Promise<number> => (await readdir('/proc/self/fd')).length;
    const round = async (): Promise<void> => {
      for (const path of ['/a.csv', '/inside/b c.txt', '/none', '/sub/leak.txt', '/sub', '/pipe']) {
        for (const name of ['getFile', 'readFile', 'listFolder'] as const)
          await caller.text({ name, path }).catch(() => undefined);
      }
      const answer = await caller.run({ name: 'readFile', path: '/a.csv' });
      const iterator = answer.body[Symbol.asyncIterator]();
      await iterator.next();
      await iterator.return?.();
      await write('/tmp.txt', 'upsert', bytes('x'));
      await caller.text({ name: 'deleteFile', path: '/tmp.txt' });
    };
    await round();
    const before = await handles();
    for (let i = 0; i < 10; i += 1) await round();
    expect(await handles()).toBeLessThanOrEqual(before);
  });
});
