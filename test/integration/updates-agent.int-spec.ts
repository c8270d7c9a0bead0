import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REPLICA_CERTIFICATE_TYP } from '../../src/contract/signed-objects.js';
import type { ReleaseOffer } from '../../src/contract/release.js';
import { LauncherLink, type LaunchedProcess } from '../../src/gateway-agent/update/launcher-link.js';
import type { AgentMessage, LauncherContext } from '../../src/gateway-agent/update/launcher-messages.js';
import { keepPackage } from '../../src/gateway-agent/update/package-file.js';
import { verifyOffer } from '../../src/gateway-agent/update/release-trust.js';
import { ReleasePin } from '../../src/gateway-agent/update/release-pin.js';
import { unpack } from '../../src/gateway-agent/update/unpack.js';
import { UpdateRefused } from '../../src/gateway-agent/update/update-refused.js';
import { Updater, type UpdaterSettings } from '../../src/gateway-agent/update/updater.js';
import { VersionFolders } from '../../src/gateway-agent/update/version-folders.js';
import { packFiles } from '../../scripts/agent-package.mjs';
import { TestFolder } from '../support/agent-folder.js';
import { MemoryVault } from '../support/memory-vault.js';
import {
  certificateOf,
  manifestOf,
  packageOf,
  RELEASE_KEY_TYP,
  RELEASE_MANIFEST_TYP,
  signWith,
  TEST_ISSUER,
  TestPublisher,
} from '../support/release.js';
import { until } from '../support/until.js';

const RUNNING = '3000.302.1';
const NEWER = '3000.306.1';
const NEWEST = '3000.310.1';
const PACKAGE = packageOf('');

const publisher = new TestPublisher();
let good: ReleaseOffer;
beforeAll(async () => {
  good = await publisher.offer(NEWER, PACKAGE);
});

/** Why something is refused; fails when it is not. */
async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof UpdateRefused) return error.reason;
  throw error ?? new Error('not refused');
}

describe('the manifest of a release', () => {
  const check = async (offer: ReleaseOffer, changes: { version?: string; running?: string; now?: () => number } = {}) =>
    verifyOffer(offer, {
      root: await publisher.rootKey(),
      issuer: TEST_ISSUER,
      version: NEWER,
      running: RUNNING,
      ...changes,
    });

  it('is taken when the chain from the pinned root is whole', async () => {
    expect(await check(good)).toMatchObject({ version: NEWER, package: { bytes: PACKAGE.length } });
  });

  it('is refused when an unknown key signed it', async () => {
    const stranger = new MemoryVault();
    const manifest = await signWith(stranger, 'x', { typ: RELEASE_MANIFEST_TYP }, manifestOf(NEWER, PACKAGE));
    expect(await refusalOf(check({ ...good, manifest }))).toBe('unknown-key');
    const keyCertificate = await signWith(stranger, 'r', { typ: RELEASE_KEY_TYP }, await certificateOf(stranger, 'x'));
    expect(await refusalOf(check({ ...good, manifest, keyCertificate }))).toBe('unknown-key');
  });

  it('is refused when the root of the replicas signed it itself', async () => {
    const { root } = publisher;
    const manifest = await signWith(root, 'tidegate-root', { typ: RELEASE_MANIFEST_TYP }, manifestOf(NEWER, PACKAGE));
    expect(await refusalOf(check({ ...good, manifest }))).toBe('signed-by-root');
    const own = await certificateOf(root, 'tidegate-root');
    const keyCertificate = await signWith(root, 'tidegate-root', { typ: RELEASE_KEY_TYP }, own);
    expect(await refusalOf(check({ ...good, manifest, keyCertificate }))).toBe('signed-by-root');
  });

  it('is refused when what certifies its key is of another kind, another root, another service, or over', async () => {
    const { root, release } = publisher;
    const sign = async (typ: string, changes: object) =>
      signWith(root, 'tidegate-root', { typ }, await certificateOf(release, 'tidegate-release', changes));
    const now = Math.floor(Date.now() / 1000);
    for (const keyCertificate of [
      await sign(REPLICA_CERTIFICATE_TYP, {}),
      await sign(RELEASE_KEY_TYP, { root: 2 }),
      await sign(RELEASE_KEY_TYP, { iss: 'https://elsewhere.example' }),
      await sign(RELEASE_KEY_TYP, { exp: now - 120 }),
      await sign(RELEASE_KEY_TYP, { exp: undefined }),
    ]) {
      expect(await refusalOf(check({ ...good, keyCertificate }))).toBe('unknown-key');
    }
    expect(await check({ ...good, keyCertificate: await sign(RELEASE_KEY_TYP, {}) })).toBeDefined();
  });

  it('is refused for another version than the one ordered, an older one, the same one, or too big a step', async () => {
    expect(await refusalOf(check(good, { version: '3000.310.1' }))).toBe('other-version');
    expect(await refusalOf(check(good, { running: '3000.310.1' }))).toBe('older-version');
    expect(await refusalOf(check(good, { running: NEWER }))).toBe('older-version');
    const far = await publisher.offer(NEWER, PACKAGE, { from: '3000.304.1' });
    expect(await refusalOf(check(far))).toBe('too-big-a-step');
    expect(await check(far, { running: '3000.304.1' })).toBeDefined();
  });
});

describe('a package', () => {
  let folder: TestFolder;
  beforeEach(async () => {
    folder = await TestFolder.make();
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 50) yield bytes.subarray(at, at + 50);
  }

  it('is kept when it is the one of the manifest, and refused when cut off, longer or changed', async () => {
    const manifest = manifestOf(NEWER, PACKAGE);
    const keep = (bytes: Uint8Array, name: string) => keepPackage(inPieces(bytes), folder.file(name), manifest);
    await keep(PACKAGE, 'good');
    expect((await readFile(folder.file('good'))).equals(PACKAGE)).toBe(true);
    expect(await refusalOf(keep(PACKAGE.subarray(0, -1), 'short'))).toBe('truncated');
    expect(await refusalOf(keep(Buffer.concat([PACKAGE, Buffer.from('x')]), 'long'))).toBe('too-long');
    const changed = Buffer.from(PACKAGE);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(await refusalOf(keep(changed, 'changed'))).toBe('hash-mismatch');
    const huge = { package: { ...manifest.package, bytes: 1e12 } };
    expect(await refusalOf(keepPackage(inPieces(PACKAGE), folder.file('huge'), huge))).toBe('too-long');
  });

  /** One header of the archive changed, with its sum made right again. */
  const changed = (archive: Buffer, change: (header: Buffer) => void): Buffer => {
    const tar = gunzipSync(archive);
    const header = tar.subarray(0, 512);
    change(header);
    header.write('        ', 148);
    header.write(
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    );
    return gzipSync(tar);
  };

  const unpackIn = async (archive: Uint8Array, name: string): Promise<string> => {
    await writeFile(folder.file(`${name}.tgz`), archive);
    await mkdir(folder.file(name));
    await unpack(folder.file(`${name}.tgz`), folder.file(name));
    return folder.file(name);
  };

  it('unpacks to what was packed, long names and large files included', async () => {
    const files = new Map([
      ['a.js', Buffer.from('one')],
      [`${'deep/'.repeat(30)}b.js`, Buffer.alloc(512, 1)],
      ['large.bin', Buffer.alloc(300_000, 'x')],
      ['none', Buffer.alloc(0)],
    ]);
    const at = await unpackIn(packFiles(files), 'round');
    for (const [name, content] of files) expect((await readFile(join(at, name))).equals(content), name).toBe(true);
  });

  it.each([
    ['../outside', 'a name above'],
    ['/etc/outside', 'an absolute name'],
    ['a/../../outside', 'a way up in the middle'],
    ['c:outside', 'a drive'],
    ['a\\..\\outside', 'backslashes'],
    ['./a', 'a dot'],
  ])('does not write to %s: %s', async (name) => {
    expect(await refusalOf(unpackIn(packFiles(new Map([[name, Buffer.from('x')]])), 'bad'))).toBe('unsafe-archive');
    expect(await readdir(folder.path)).not.toContain('outside');
  });

  it.each([
    ['1', 'hard link'],
    ['2', 'symbolic link'],
    ['3', 'device'],
    ['x', 'extended header'],
  ])('takes no entry of type %s: %s', async (type) => {
    const archive = changed(packFiles(new Map([['a', Buffer.from('x')]])), (header) => header.write(type, 156));
    expect(await refusalOf(unpackIn(archive, 'bad'))).toBe('unsafe-archive');
  });

  it('takes no damaged header, no name twice, no archive without its end', async () => {
    const archive = packFiles(new Map([['a', Buffer.from('x')]]));
    const tar = gunzipSync(archive);
    tar[0] = 98;
    expect(await refusalOf(unpackIn(gzipSync(tar), 'sum'))).toBe('unsafe-archive');
    const twice = gzipSync(Buffer.concat([gunzipSync(archive).subarray(0, 1024), gunzipSync(archive)]));
    expect(await refusalOf(unpackIn(twice, 'twice'))).toBe('unsafe-archive');
    expect(await refusalOf(unpackIn(gzipSync(gunzipSync(archive).subarray(0, 600)), 'cut'))).toBe('truncated');
    expect(await refusalOf(unpackIn(archive.subarray(0, 60), 'gzip'))).toBe('truncated');
  });
});

describe('an agent that is told to update', () => {
  let folder: TestFolder;
  let logs: string[];
  let told: AgentMessage[];
  let asked: string[];
  let updater: Updater;
  let context: LauncherContext;
  beforeEach(async () => {
    folder = await TestFolder.make();
    logs = [];
    told = [];
    asked = [];
    context = { type: 'context' };
  });
  afterEach(async () => {
    await updater.stop();
    await folder[Symbol.asyncDispose]();
  });

  /** A launcher that answers `hello` and remembers the rest. */
  const launcher = (): LauncherLink => {
    let listener: ((message: unknown) => void) | undefined;
    const process: LaunchedProcess = {
      send: (message) => (message.type === 'hello' ? listener?.(context) : told.push(message)),
      on: (_event, added) => (listener = added),
      removeListener: () => (listener = undefined),
    };
    return new LauncherLink(process);
  };

  const make = async (changes: Partial<UpdaterSettings> = {}, bytes: Uint8Array = PACKAGE): Promise<Updater> => {
    const source = {
      release: async (version: string) => {
        asked.push(version);
        return good;
      },
      loadPackage: async () =>
        (async function* () {
          yield bytes;
        })(),
    };
    const root = await publisher.rootKey();
    updater = new Updater({
      source,
      folders: new VersionFolders(folder.path),
      root: () => root,
      issuer: TEST_ISSUER,
      running: RUNNING,
      pin: new ReleasePin(folder),
      launcher: launcher(),
      allowed: true,
      changed: () => undefined,
      log: pino({ level: 'info' }, { write: (line: string) => void logs.push(line) }),
      ...changes,
    });
    return updater;
  };
  const ended = (state: string) => until(`the report ${state}`, () => updater.report?.state === state, 3_000);

  it('loads, checks and unpacks it, then has it started', async () => {
    (await make()).desire(NEWER);
    await ended('ready');
    expect(told).toEqual([{ type: 'switch', version: NEWER }]);
    expect(await readFile(new VersionFolders(folder.path).entryOf(NEWER), 'utf8')).toBe('');
    expect(await readdir(folder.file('versions'))).toEqual([NEWER]);
  });

  it('leaves nothing behind and says why when the package is cut off, in report and log', async () => {
    (await make({}, PACKAGE.subarray(0, 100))).desire(NEWER);
    await ended('failed');
    expect(updater.report).toMatchObject({ version: NEWER, reason: expect.stringMatching(/^truncated: /) });
    expect(logs.join('')).toContain('"refused":"truncated"');
    expect(told).toEqual([]);
    expect(await readdir(folder.file('versions'))).toEqual([]);
  });

  it('takes no other release key than that of the first release, though the root certifies it', async () => {
    (await make()).desire(NEWER);
    await ended('ready');
    const replica = new TestPublisher(publisher.root);
    const bad = await replica.offer(NEWEST, PACKAGE);
    const pinned = { release: async () => bad, loadPackage: () => Promise.reject(new Error('not to be loaded')) };
    (await make({ source: pinned })).desire(NEWEST);
    await ended('failed');
    expect(updater.report?.reason).toMatch(/^other-release-key: /);
    // Whoever looks after the machine lets it in.
    await folder.remove('release-key.json');
    updater.desire(undefined);
    updater.desire(NEWEST);
    await ended('failed');
    expect(updater.report?.reason).toContain('not to be loaded');
  });

  it('tries once for an order, and again when it is ordered anew', async () => {
    (await make({}, PACKAGE.subarray(0, 100))).desire(NEWER);
    await ended('failed');
    updater.desire(NEWER);
    await updater.stop();
    expect(asked).toEqual([NEWER]);
    updater.desire(undefined);
    expect(updater.report).toBeUndefined();
  });

  it('refuses an older version, but goes back to the one that ran before without loading it', async () => {
    context = { type: 'context', previous: '3000.298.1' };
    await make();
    updater.desire('3000.290.1');
    await ended('failed');
    expect(told).toEqual([]);
    updater.desire('3000.298.1');
    await ended('ready');
    expect(told).toEqual([{ type: 'switch', version: '3000.298.1' }]);
    expect(asked).toEqual(['3000.290.1']);
  });

  it('does not try again what the launcher went back from', async () => {
    context = { type: 'context', report: { version: NEWER, state: 'rolled-back', reason: 'it ended with code 1' } };
    (await make()).desire(NEWER);
    await ended('rolled-back');
    expect(updater.report?.reason).toBe('it ended with code 1');
    expect(asked).toEqual([]);
  });

  it('tries again what the launcher went back from when it is ordered anew', async () => {
    context = { type: 'context', report: { version: NEWER, state: 'rolled-back', reason: 'it ended with code 1' } };
    await make();
    updater.desire(undefined);
    updater.desire(NEWER);
    await ended('ready');
    expect(asked).toEqual([NEWER]);
  });

  it('is forbidden to by the policy of its machine, and without a launcher', async () => {
    (await make({ allowed: false })).desire(NEWER);
    await ended('forbidden');
    (await make({ launcher: undefined })).desire(NEWER);
    await ended('forbidden');
    expect(asked).toEqual([]);
  });

  it('says that the version ordered runs already', async () => {
    (await make()).desire(RUNNING);
    await ended('running');
    expect(asked).toEqual([]);
  });
});
