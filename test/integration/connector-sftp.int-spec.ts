import { createHash, randomBytes } from 'node:crypto';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SftpTarget } from '../../src/contract/targets.js';
import type { FileEntry, FolderChanges, FolderPage } from '../../src/contract/table.js';
import { SftpConnector } from '../../src/gateway-agent/connectors/sftp/sftp.connector.js';
import { PlainSftpServer } from '../support/plain-sftp-server.js';
import { hasSshd, Sshd } from '../support/sshd.js';
import { Caller, readBytes, secretOf, until } from './connector-harness.js';

async function* bytes(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

describe.skipIf(!hasSshd)('the SFTP connector at OpenSSH', () => {
  let sshd: Sshd;
  let place: string;
  let root: string;
  let connector: SftpConnector;
  let caller: Caller;
  const target = (): SftpTarget => ({
    kind: 'sftp',
    server: '127.0.0.1',
    port: sshd.port,
    path: root,
    hostKey: sshd.hostKey,
  });

  beforeAll(async () => {
    sshd = await Sshd.start();
    place = await mkdtemp(join(tmpdir(), 'tidegate-sftp-'));
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
    connector = new SftpConnector();
    caller = new Caller(connector, {
      target: target(),
      credentialType: 'Key',
      encryption: 'Any',
      connectionId: 's',
      secret: secretOf({ username: sshd.username, key: sshd.clientKey }),
    });
  });
  afterAll(async () => {
    await connector.close();
    await sshd.stop();
    await rm(place, { recursive: true, force: true });
  });

  it('signs in with a key, locked or not, and refuses another one and a broken one', async () => {
    expect(await caller.text({ name: 'test' })).toBe('');
    const { username } = sshd;
    const locked = secretOf({ username, key: sshd.lockedKey, passphrase: Sshd.passphrase });
    expect(await caller.text({ name: 'test' }, { secret: locked })).toBe('');
    for (const secret of [
      { username, key: sshd.lockedKey },
      { username, key: sshd.lockedKey, passphrase: 'x' },
      { username, key: 'no key' },
    ]) {
      const failure = await caller.failure({ name: 'test' }, { secret: secretOf(secret) });
      expect(failure).toMatchObject({ code: 'VALIDATION_FAILED', message: expect.stringContaining('cannot be read') });
    }
    const stranger = await Sshd.newKey();
    const failure = await caller.failure({ name: 'test' }, { secret: secretOf({ username, key: stranger }) });
    expect(failure).toMatchObject({ code: 'SOURCE_DENIED', hop: 'source', outcome: 'not-executed' });
  });

  it('speaks to no server but the one that the connection names, and says which one it saw', async () => {
    const hostKey = `SHA256:${createHash('sha256').update('another').digest('base64').replace('=', '')}`;
    const failure = await caller.failure({ name: 'test' }, { target: { ...target(), hostKey } });
    expect(failure).toMatchObject({ code: 'SOURCE_DENIED', details: { seen: sshd.hostKey, port: sshd.port } });
  });

  it('lists by name, page by page, without links that lead out', async () => {
    const entries = await caller.json<FileEntry[]>({ name: 'listFolder', path: '/' });
    expect(entries.map(({ path, isFolder }) => [path, isFolder])).toEqual([
      ['/a.csv', false],
      ['/inside', true],
      ['/sub', true],
    ]);
    expect(entries[0]).toMatchObject({ name: 'a.csv', size: 8, mediaType: 'text/csv' });
    const page = await caller.json<FolderPage>({ name: 'pageFolder', path: '/inside/', top: 1 });
    expect(page).toMatchObject({ entries: [{ path: '/inside/b c.txt' }], next: 'b c.txt' });
    expect((await caller.failure({ name: 'listFolder', path: '/a.csv' })).code).toBe('VALIDATION_FAILED');
    expect((await caller.failure({ name: 'listFolder', path: '/nothing' })).code).toBe('FILE_NOT_FOUND');
  });

  it.each([
    ...[
      '/../outside/secret.txt',
      '/sub/../../outside/secret.txt',
      '..',
      '/./a.csv',
      '//etc/passwd',
      '\\\\server\\share',
    ],
    ...['/sub\\..\\..\\outside', 'C:/Windows', '/a.csv\0.txt', '/way-out/secret.txt', '/way-out', '/sub/leak.txt'],
    ...['/twin.txt', '/dangling', '/loop', '/inside/leak.txt', `/${'x'.repeat(256)}`, '/\ud800'],
  ])('refuses %j for every operation', async (path) => {
    for (const name of ['listFolder', 'getFile', 'readFile', 'deleteFile'] as const) {
      expect(await caller.failure({ name, path })).toMatchObject({ code: 'PATH_FORBIDDEN', outcome: 'not-executed' });
    }
    const write = await caller.failure({ name: 'writeFile', path, mode: 'upsert' }, { body: bytes('x') });
    expect(write.code).toBe('PATH_FORBIDDEN');
    const copy = await caller.failure({ name: 'copyFile', path: '/a.csv', destination: path, overwrite: true });
    expect(copy.code).toBe('PATH_FORBIDDEN');
    expect(await readFile(join(place, 'outside', 'secret.txt'), 'utf8')).toBe('secret');
  });

  it('creates, replaces, copies and deletes, never overwrites by accident, and keeps the rights of a file', async () => {
    const write = (mode: 'create' | 'replace' | 'upsert', text: string) =>
      caller.json<FileEntry>({ name: 'writeFile', path: '/new ü.txt', mode }, { body: bytes(text) });
    expect(
      (await caller.failure({ name: 'writeFile', path: '/new ü.txt', mode: 'replace' }, { body: bytes('x') })).code,
    ).toBe('FILE_NOT_FOUND');
    expect(await write('create', 'one')).toMatchObject({ path: '/new ü.txt', size: 3 });
    expect(
      (await caller.failure({ name: 'writeFile', path: '/new ü.txt', mode: 'create' }, { body: bytes('x') })).code,
    ).toBe('SOURCE_CONFLICT');
    const before = (await stat(join(root, 'new ü.txt'))).mode;
    await write('replace', 'two two');
    expect((await stat(join(root, 'new ü.txt'))).mode).toBe(before);
    await write('upsert', 'three');
    await caller.json({ name: 'copyFile', path: '/new ü.txt', destination: '/sub/copy.txt', overwrite: false });
    expect(await readFile(join(root, 'sub', 'copy.txt'), 'utf8')).toBe('three');
    const taken = { name: 'copyFile', path: '/new ü.txt', destination: '/sub/copy.txt', overwrite: false } as const;
    expect((await caller.failure(taken)).code).toBe('SOURCE_CONFLICT');
    for (const path of ['/new ü.txt', '/sub/copy.txt']) await caller.text({ name: 'deleteFile', path });
    expect((await caller.failure({ name: 'deleteFile', path: '/new ü.txt' })).code).toBe('FILE_NOT_FOUND');
    expect((await caller.failure({ name: 'deleteFile', path: '/sub' })).code).toBe('VALIDATION_FAILED');
  });

  it('lets one of several creators win, and leaves nothing unfinished', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) =>
        caller.json({ name: 'writeFile', path: '/race.txt', mode: 'create' }, { body: bytes(`writer ${index}`) }),
      ),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(all.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code: string }).code] : []))).toEqual(
      Array<string>(5).fill('SOURCE_CONFLICT'),
    );
    expect((await readdir(root)).filter((name) => name.startsWith('.'))).toEqual([]);
    await unlink(join(root, 'race.txt'));
  });

  it('leaves the old file and nothing else when a write breaks off or is cancelled', async () => {
    await writeFile(join(root, 'kept.txt'), 'old');
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('the caller went away');
    }
    await expect(
      caller.run({ name: 'writeFile', path: '/kept.txt', mode: 'upsert' }, { body: broken() }),
    ).rejects.toThrow('went away');
    const leaving = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      leaving.abort();
      await new Promise(() => undefined);
    }
    const failure = await caller.failure(
      { name: 'writeFile', path: '/kept.txt', mode: 'upsert' },
      { body: endless(), signal: leaving.signal },
    );
    expect(failure).toMatchObject({ code: 'REQUEST_CANCELLED', outcome: 'not-executed' });
    expect(await readFile(join(root, 'kept.txt'), 'utf8')).toBe('old');
    await until(async () => !(await readdir(root)).some((name) => name.startsWith('.')));
    await unlink(join(root, 'kept.txt'));
  });

  it('streams a large file both ways in even memory', async () => {
    const size = 64 * 1024 ** 2;
    const part = randomBytes(1024 ** 2);
    async function* large(): AsyncGenerator<Uint8Array> {
      for (let sent = 0; sent < size; sent += part.length) yield part;
    }
    const before = process.memoryUsage().rss;
    let peak = 0;
    const sample = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss - before)), 5);
    await caller.json({ name: 'writeFile', path: '/large.bin', mode: 'create' }, { body: large() });
    const hash = createHash('sha256');
    for await (const chunk of (await caller.run({ name: 'readFile', path: '/large.bin' })).body) hash.update(chunk);
    clearInterval(sample);
    const expected = createHash('sha256');
    for await (const chunk of large()) expected.update(chunk);
    expect(hash.digest('hex')).toBe(expected.digest('hex'));
    expect(peak).toBeLessThan(56 * 1024 ** 2);
    await unlink(join(root, 'large.bin'));
  });

  it('tells what came and what changed since the last look', async () => {
    await mkdir(join(root, 'watched'));
    const look = (state?: string) =>
      caller.json<FolderChanges>({
        name: 'listChanges',
        path: '/watched',
        change: 'modified',
        top: 10,
        ...(state === undefined ? {} : { state }),
      });
    await writeFile(join(root, 'watched', 'one.txt'), '1');
    const first = await look();
    expect(first.entries).toEqual([]);
    await writeFile(join(root, 'watched', 'two.txt'), '2');
    await utimes(join(root, 'watched', 'one.txt'), 1_700_000_000, 1_700_000_000);
    const second = await look(first.state);
    expect(second.entries.map(({ name }) => name).sort()).toEqual(['one.txt', 'two.txt']);
    expect((await look(second.state)).entries).toEqual([]);
  });

  it('shows nothing from outside while folders and links are swapped under it', async () => {
    await mkdir(join(root, 'swapped'));
    await writeFile(join(root, 'swapped', 'secret.txt'), 'harmless');
    let isSwapping = true;
    const swapping = (async () => {
      while (isSwapping) {
        await rename(join(root, 'swapped'), join(root, 'moved'));
        await symlink(join(place, 'outside'), join(root, 'swapped'));
        await unlink(join(root, 'swapped'));
        await rename(join(root, 'moved'), join(root, 'swapped'));
      }
    })();
    const seen = new Set<string>();
    for (let round = 0; round < 60; round += 1) {
      seen.add(
        await caller
          .text({ name: 'readFile', path: '/swapped/secret.txt' })
          .catch((error: { code: string }) => error.code),
      );
    }
    isSwapping = false;
    await swapping;
    expect(
      [...seen].filter((text) => !['harmless', 'PATH_FORBIDDEN', 'FILE_NOT_FOUND', 'VALIDATION_FAILED'].includes(text)),
    ).toEqual([]);
  });
});

describe('the SFTP connector at a plain server', () => {
  let server: PlainSftpServer;
  let connector: SftpConnector;
  let caller: Caller;
  const target = (more: Partial<SftpTarget> = {}): SftpTarget => ({
    kind: 'sftp',
    server: '127.0.0.1',
    port: server.port,
    path: 'box',
    hostKey: server.hostKey,
    ...more,
  });
  const atServer = (of: SftpConnector, connectionId = 'p'): Caller =>
    new Caller(of, {
      target: target(),
      credentialType: 'Basic',
      encryption: 'Any',
      connectionId,
      secret: secretOf(PlainSftpServer.login),
    });

  beforeAll(async () => {
    server = await PlainSftpServer.start();
    server.files
      .set('/home/box', null)
      .set('/home/box/a.txt', Buffer.from('hello'))
      .set('/home/box/link', Buffer.from('?'));
    server.links.add('/home/box/link');
    connector = new SftpConnector({ sessions: { idleMs: 60_000, maxSessions: 2 } });
    caller = atServer(connector);
  });
  afterEach(() => {
    server.asksInDialogue = false;
    server.silentAt = undefined;
  });
  afterAll(async () => {
    await connector.close();
    await server.stop();
  });

  it('signs in with a password, also where it is asked for in a dialogue', async () => {
    expect(await caller.text({ name: 'readFile', path: '/a.txt' })).toBe('hello');
    server.asksInDialogue = true;
    expect(await caller.text({ name: 'test' })).toBe('');
    const wrong = secretOf({ ...PlainSftpServer.login, password: 'wrong' });
    expect(await caller.failure({ name: 'test' }, { secret: wrong })).toMatchObject({ code: 'SOURCE_DENIED' });
    server.asksInDialogue = false;
    // The session that is kept belongs to the right password alone.
    const failure = await caller.failure({ name: 'readFile', path: '/a.txt' }, { secret: wrong });
    expect(failure).toMatchObject({ code: 'SOURCE_DENIED', outcome: 'not-executed' });
    expect(JSON.stringify([failure.message, failure.details])).not.toContain('wrong');
    for (const more of [
      { credentialType: 'Anonymous' },
      { secret: secretOf({ username: 'ann' }) },
      { secret: secretOf({ password: 'x' }) },
    ] as const) {
      expect((await caller.failure({ name: 'test' }, more)).code).toBe('VALIDATION_FAILED');
    }
  });

  it('follows no link that the server does not resolve, and lists no name that is a way', async () => {
    expect((await caller.failure({ name: 'readFile', path: '/link' })).code).toBe('PATH_FORBIDDEN');
    const entries = await caller.json<FileEntry[]>({ name: 'listFolder', path: '/' });
    expect(entries.map(({ name }) => name)).toEqual(['a.txt']);
  });

  it('replaces a file where the server cannot rename over one, and puts the old one back if that fails', async () => {
    await caller.json({ name: 'writeFile', path: '/a.txt', mode: 'replace' }, { body: bytes('hel', 'lo 2') });
    expect(server.files.get('/home/box/a.txt')?.toString()).toBe('hello 2');
    await caller.json({ name: 'writeFile', path: '/b.txt', mode: 'upsert' }, { body: bytes('bee') });
    expect(
      (await caller.failure({ name: 'writeFile', path: '/b.txt', mode: 'create' }, { body: bytes('x') })).code,
    ).toBe('SOURCE_CONFLICT');
    await caller.text({ name: 'deleteFile', path: '/b.txt' });
    expect([...server.files.keys()].sort()).toEqual(['/home', '/home/box', '/home/box/a.txt', '/home/box/link']);
  });

  it('does not know the outcome when the answer to the last step does not come', async () => {
    server.silentAt = 'rename';
    const write = { name: 'writeFile', path: '/late.txt', mode: 'create' } as const;
    const leaving = new AbortController();
    const failing = caller.failure(write, { body: bytes('x'), signal: leaving.signal });
    await until(() => [...server.files].some(([path, file]) => path.includes('unfinished') && file?.length === 1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    leaving.abort();
    expect(await failing).toMatchObject({ code: 'REQUEST_CANCELLED', outcome: 'unknown' });
    await until(() => ![...server.files.keys()].some((path) => path.includes('unfinished')));
  });

  it('shares one session of a connection, finds a new one when it broke, and ends it when told to forget', async () => {
    const own = new SftpConnector();
    const mine = atServer(own, 'own');
    const before = server.sessions;
    await Promise.all(Array.from({ length: 10 }, () => mine.text({ name: 'readFile', path: '/a.txt' })));
    expect(server.sessions).toBe(before + 1);
    const unread = await mine.run({ name: 'readFile', path: '/a.txt' });
    await unread.body[Symbol.asyncIterator]().return?.();
    server.drop();
    expect(await mine.text({ name: 'readFile', path: '/a.txt' })).toBe('hello 2');
    await own.forget('own');
    await until(() => server.sessions === 0);
    await own.close();
  });

  it('ends a session that nobody uses, and bounds how many there are', async () => {
    const own = new SftpConnector({ sessions: { idleMs: 30, maxSessions: 1 } });
    const first = await atServer(own, 'one').run({ name: 'readFile', path: '/a.txt' });
    expect((await atServer(own, 'two').failure({ name: 'readFile', path: '/a.txt' })).code).toBe('GATEWAY_BUSY');
    await readBytes(first);
    expect(await atServer(own, 'two').text({ name: 'readFile', path: '/a.txt' })).toBe('hello 2');
    await until(() => server.sessions === 0);
    await own.close();
  });

  it('gives up at once when the caller leaves a server that hangs, and serves others on the same session', async () => {
    server.silentAt = 'open';
    const leaving = AbortSignal.timeout(50);
    expect((await caller.failure({ name: 'readFile', path: '/a.txt' }, { signal: leaving })).code).toBe(
      'REQUEST_CANCELLED',
    );
    server.silentAt = undefined;
    expect(await caller.text({ name: 'readFile', path: '/a.txt' })).toBe('hello 2');
  });

  it('refuses a server that has only what is broken', async () => {
    const old = await PlainSftpServer.start({
      kex: ['diffie-hellman-group1-sha1'],
      cipher: ['aes128-cbc'],
      hmac: ['hmac-sha1'],
    });
    const failure = await caller.failure(
      { name: 'test' },
      { target: target({ port: old.port, hostKey: old.hostKey }) },
    );
    expect(failure).toMatchObject({ code: 'SOURCE_FAILED', message: expect.stringContaining('no way of encryption') });
    await old.stop();
  });

  it('is SOURCE_UNREACHABLE where nobody listens, and where what listens is no SSH', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    closed.on('connection', (socket) => {
      socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    expect((await caller.failure({ name: 'test' }, { target: target({ port }) })).code).toMatch(
      /^SOURCE_(UNREACHABLE|FAILED)$/,
    );
    await new Promise((resolve) => closed.close(resolve));
    expect(await caller.failure({ name: 'test' }, { target: target({ port }) })).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      details: { reason: 'ECONNREFUSED' },
    });
  });
});
