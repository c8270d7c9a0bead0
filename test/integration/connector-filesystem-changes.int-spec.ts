import { mkdir, mkdtemp, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileEntry, FolderChanges, FolderPage } from '../../src/contract/table.js';
import { FilesystemConnector } from '../../src/gateway-agent/connectors/filesystem/filesystem.connector.js';
import { Caller, secretOf } from './connector-harness.js';

let place: string;
let root: string;
let caller: Caller;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'tidegate-changes-'));
  root = join(place, 'root');
  await mkdir(root);
  await mkdir(join(place, 'outside'));
  await writeFile(join(place, 'outside', 'secret.txt'), 'secret');
  caller = new Caller(new FilesystemConnector(), {
    target: { kind: 'filesystem', path: root },
    credentialType: 'Anonymous',
    encryption: 'Any',
    connectionId: 'f',
    secret: secretOf({}),
  });
});
afterAll(() => rm(place, { recursive: true, force: true }));

/** A folder of its own below the root. */
async function folder(name: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  await mkdir(join(root, name));
  for (const [file, content] of Object.entries(files)) await writeFile(join(root, name, file), content);
  return join(root, name);
}

describe('a folder in pages', () => {
  const page = (path: string, top: number, after?: string) =>
    caller.json<FolderPage>({ name: 'pageFolder', path, top, ...(after === undefined ? {} : { after }) });

  it('is whole when all pages are read, in the order of names, without what listings leave out', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `f${String(index * 7).padStart(3, '0')} ä.txt`).sort();
    const dir = await folder('paged', Object.fromEntries(names.map((name) => [name, 'x'])));
    await symlink(join(place, 'outside', 'secret.txt'), join(dir, 'f000.link'));
    await mkdir(join(dir, 'sub'));
    const seen: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const { entries, next } = await page('/paged', 4, after);
      expect(entries.length).toBeLessThanOrEqual(4);
      seen.push(...entries.map(({ name }) => name));
      after = next;
      pages += 1;
    } while (after !== undefined);
    expect([seen, pages]).toEqual([[...names, 'sub'], 7]);
    expect((await page('/paged', 1000)).next).toBeUndefined();
    expect((await page('/paged', 4, 'zzz')).entries).toEqual([]);
  });

  it.each(['/../outside', '/nowhere/x', '/paged/f000 ä.txt'])('is none at %s', async (path) => {
    expect((await caller.failure({ name: 'pageFolder', path, top: 1 })).outcome).toBe('not-executed');
    expect((await caller.failure({ name: 'listChanges', path, top: 1, change: 'created' })).outcome).toBe(
      'not-executed',
    );
  });
});

describe('a copy of a file', () => {
  const copy = (path: string, destination: string, overwrite = false) =>
    ({ name: 'copyFile', path, destination, overwrite }) as const;

  it('is made below the root, whole, and takes a name that is taken only when told to', async () => {
    const content = 'ä'.repeat(200_000);
    const dir = await folder('copies', { 'a.csv': content });
    await mkdir(join(dir, 'done'));
    const made = await caller.json<FileEntry>(copy('/copies/a.csv', '/copies/done/b.csv'));
    expect(made).toMatchObject({ path: '/copies/done/b.csv', size: 400_000, isFolder: false });
    expect(await readFile(join(dir, 'done', 'b.csv'), 'utf8')).toBe(content);
    await writeFile(join(dir, 'a.csv'), 'new');
    expect(await caller.failure(copy('/copies/a.csv', '/copies/done/b.csv'))).toMatchObject({
      code: 'SOURCE_CONFLICT',
    });
    expect(await readFile(join(dir, 'done', 'b.csv'), 'utf8')).toBe(content);
    await caller.json(copy('/copies/a.csv', '/copies/done/b.csv', true));
    await caller.json(copy('/copies/a.csv', '/copies/a.csv', true));
    expect(await readFile(join(dir, 'done', 'b.csv'), 'utf8')).toBe('new');
    expect(await readFile(join(dir, 'a.csv'), 'utf8')).toBe('new');
  });

  it.each([
    ['/copies/a.csv', '/../outside/x', 'PATH_FORBIDDEN'],
    ['/copies/a.csv', '/copies/out/x', 'PATH_FORBIDDEN'],
    ['/copies/out/secret.txt', '/copies/x', 'PATH_FORBIDDEN'],
    ['/../outside/secret.txt', '/copies/x', 'PATH_FORBIDDEN'],
    ['/copies/none', '/copies/x', 'FILE_NOT_FOUND'],
    ['/copies/a.csv', '/copies/none/x', 'FILE_NOT_FOUND'],
    ['/copies/done', '/copies/x', 'VALIDATION_FAILED'],
    ['/copies/a.csv', '/copies/done', 'VALIDATION_FAILED'],
    ['/copies/a.csv', '/', 'VALIDATION_FAILED'],
  ])('is refused from %s to %s', async (path, destination, code) => {
    await symlink(join(place, 'outside'), join(root, 'copies', 'out')).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    expect(await caller.failure(copy(path, destination, true))).toMatchObject({ code, outcome: 'not-executed' });
  });
});

describe('changes in a folder', () => {
  const ask = (path: string, change: 'created' | 'modified', state?: string, top = 100) =>
    caller.json<FolderChanges>({ name: 'listChanges', path, change, top, ...(state === undefined ? {} : { state }) });
  const names = ({ entries }: FolderChanges) => entries.map(({ name }) => name);
  const drop = async (path: string, content: string) => {
    const body = (async function* () {
      yield Buffer.from(content);
    })();
    await caller.json({ name: 'writeFile', path, mode: 'upsert' }, { body });
  };

  it('begin with the first look, and are told once', async () => {
    const dir = await folder('watched', { 'old.csv': '1' });
    const first = await ask('/watched', 'created');
    expect(first.entries).toEqual([]);
    await writeFile(join(dir, 'new.csv'), '2');
    await mkdir(join(dir, 'a folder'));
    const second = await ask('/watched', 'created', first.state);
    expect(second.entries).toEqual([expect.objectContaining({ path: '/watched/new.csv', size: 1 })]);
    expect(names(await ask('/watched', 'created', second.state))).toEqual([]);
    // Whoever lost the answer asks as before and has it again.
    expect(names(await ask('/watched', 'created', first.state))).toEqual(['new.csv']);
  });

  it('tell new files from changed ones', async () => {
    const dir = await folder('both', { 'old.csv': '1', 'same.csv': '1' });
    const [created, modified] = [await ask('/both', 'created'), await ask('/both', 'modified')];
    await writeFile(join(dir, 'old.csv'), '22');
    await writeFile(join(dir, 'new.csv'), '3');
    expect(names(await ask('/both', 'created', created.state))).toEqual(['new.csv']);
    expect(names(await ask('/both', 'modified', modified.state)).sort()).toEqual(['new.csv', 'old.csv']);
    expect(
      (await caller.failure({ name: 'listChanges', path: '/both', change: 'created', top: 1, state: modified.state }))
        .code,
    ).toBe('VALIDATION_FAILED');
  });

  it('see files moved in with an old date, and one that takes the name of a deleted one', async () => {
    const dir = await folder('moved', { 'order.csv': '1' });
    const first = await ask('/moved', 'created');
    await writeFile(join(place, 'staged.csv'), 'x');
    await utimes(join(place, 'staged.csv'), 1_000_000, 1_000_000);
    await rename(join(place, 'staged.csv'), join(dir, 'staged.csv'));
    await rm(join(dir, 'order.csv'));
    await writeFile(join(dir, 'order.csv'), '1');
    expect(names(await ask('/moved', 'created', first.state)).sort()).toEqual(['order.csv', 'staged.csv']);
  });

  it('lose nothing that appears while the folder is read, and tell nothing twice', async () => {
    await folder('busy');
    let { state } = await ask('/busy', 'created');
    const told: string[] = [];
    const expected = Array.from({ length: 120 }, (_, index) => `${index}.csv`);
    let isWriting = true;
    const writing = (async () => {
      for (const name of expected) await drop(`/busy/${name}`, name);
      isWriting = false;
    })();
    let hasMore = true;
    while (isWriting || hasMore) {
      const isLast = !isWriting;
      const changes = await ask('/busy', 'created', state, 7);
      told.push(...names(changes));
      ({ state, hasMore } = changes);
      if (!isLast) hasMore = true;
    }
    await writing;
    expect([...told].sort()).toEqual([...expected].sort());
  });

  it('show no file before it is whole', async () => {
    const dir = await folder('whole');
    const { state } = await ask('/whole', 'created');
    let during: string[] = [];
    const body = (async function* () {
      yield Buffer.from('half');
      during = names(await ask('/whole', 'created', state));
      yield Buffer.from('half');
    })();
    await caller.json({ name: 'writeFile', path: '/whole/a.csv', mode: 'create' }, { body });
    expect(during).toEqual([]);
    expect((await ask('/whole', 'created', state)).entries).toMatchObject([{ name: 'a.csv', size: 8 }]);
    expect(dir).toContain('whole');
  });

  it('leave out links that lead outside', async () => {
    const dir = await folder('links');
    const { state } = await ask('/links', 'created');
    await symlink(join(place, 'outside', 'secret.txt'), join(dir, 'leak.txt'));
    expect((await ask('/links', 'created', state)).entries).toEqual([]);
  });
});
