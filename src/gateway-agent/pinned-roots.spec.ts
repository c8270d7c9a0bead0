import { stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestFolder } from '../../test/support/agent-folder.js';
import { RootPair } from '../../test/support/root-pair.js';
import { REPLICA_CERTIFICATE_TYP } from '../contract/signed-objects.js';
import { PinnedRoots } from './pinned-roots.js';
import { rootFingerprint } from './root-fingerprint.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const REGISTERED = Date.parse('2026-01-01T00:00:00Z');
const LATER = REGISTERED + 100 * DAY_MS;

describe('the pinned roots', () => {
  let folder: TestFolder;
  let now: number;
  const [first, second, third] = [new RootPair(1), new RootPair(2), new RootPair(3)];
  const registered = { root: first.root, registeredAt: new Date(REGISTERED).toISOString() };
  const open = () => PinnedRoots.open(folder, registered, () => now);
  const announced = async (at = now) => first.announce(second.root, at);

  beforeEach(async () => {
    folder = await TestFolder.make();
    now = LATER;
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  it('are the registered one alone at first', async () => {
    const roots = await open();
    expect(roots.standing).toEqual({ generation: 1 });
    expect(roots.rootOf(1)).toEqual(first.root);
    expect(() => roots.rootOf(2)).toThrow(expect.objectContaining({ refusal: 'root-unknown' }));
  });

  it('take up the next one that the current one announces, for its owner’s eyes only, over restarts', async () => {
    const roots = await open();
    expect(await roots.announce(await announced())).toBe(true);
    const standing = {
      generation: 1,
      next: {
        fingerprint: await rootFingerprint(second.root),
        usableFrom: new Date(LATER + 30 * DAY_MS).toISOString(),
      },
    };
    expect(roots.standing).toEqual(standing);
    expect((await open()).standing).toEqual(standing);
    expect((await stat(folder.file('roots.json'))).mode & 0o777).toBe(0o600);
    expect(await roots.announce(await announced())).toBe(false);
  });

  it('follow the next one from its day on, and never the one before again', async () => {
    const roots = await open();
    await roots.announce(await announced());
    now += 30 * DAY_MS - 1;
    expect(() => roots.rootOf(2)).toThrow(expect.objectContaining({ refusal: 'root-not-yet' }));
    now += 1;
    expect(roots.rootOf(2)).toEqual(second.root);
    expect(roots.rootOf(1)).toEqual(first.root);
    await Promise.all([roots.accept(2), roots.accept(2)]);
    for (const known of [roots, await open()]) {
      expect(known.standing).toEqual({ generation: 2 });
      expect(() => known.rootOf(1)).toThrow(expect.objectContaining({ refusal: 'root-rolled-back' }));
      await expect(known.accept(1)).rejects.toMatchObject({ refusal: 'root-rolled-back' });
    }
    expect(await roots.announce(await second.announce(third.root, now))).toBe(true);
    await expect(roots.announce(await announced())).rejects.toMatchObject({ refusal: 'announcement-refused' });
  });

  it.each([
    ['signed by an unknown key', () => new RootPair(1).announce(second.root, now)],
    ['signed by the next root itself', () => second.announce(second.root, now, { root: 1 })],
    ['of another type', () => first.announce(second.root, now, {}, REPLICA_CERTIFICATE_TYP)],
    ['of a generation too far', () => first.announce(third.root, now)],
    ['of the same generation', () => first.announce(new RootPair(1).root, now)],
    ['that names another signer', () => first.announce(second.root, now, { root: 2 })],
    ['of the root that holds', () => first.announce({ ...first.root, generation: 2 }, now)],
    [
      'less than 30 days ahead',
      () => first.announce(second.root, now, { notBefore: now / 1000 + (30 * DAY_MS) / 1000 - 1 }),
    ],
    ['without a date', () => first.announce(second.root, now, { notBefore: undefined })],
    ['that is no such thing', () => Promise.resolve('x.y.z')],
  ])('take no announcement %s', async (_, make) => {
    const roots = await open();
    await expect(roots.announce(await make())).rejects.toMatchObject({ refusal: 'announcement-refused' });
    expect((await open()).standing).toEqual({ generation: 1 });
  });

  it('follow a root that was heard of late a week later, since its announcement may be dated back', async () => {
    const roots = await open();
    await roots.announce(await announced(now - 29 * DAY_MS));
    expect(roots.standing.next?.usableFrom).toBe(new Date(now + 7 * DAY_MS).toISOString());
  });

  it('follow it on its day where the control plane itself was trusted just now', async () => {
    now = REGISTERED + 10_000;
    const roots = await open();
    await roots.announce(await announced(now - 29 * DAY_MS));
    expect(roots.standing.next?.usableFrom).toBe(new Date(now + DAY_MS).toISOString());
  });

  it('let a later announcement take the place of an earlier one, not the other way round', async () => {
    const roots = await open();
    const other = new RootPair(2);
    const older = await first.announce(other.root, now - 1000);
    await roots.announce(await announced());
    await expect(roots.announce(older)).rejects.toMatchObject({ refusal: 'announcement-refused' });
    expect(await roots.announce(await first.announce(other.root, now + 1000))).toBe(true);
    expect((await open()).standing.next?.fingerprint).toBe(await rootFingerprint(other.root));
  });

  it('are forgotten with the registration they belong to', async () => {
    await (await open()).announce(await announced());
    const anew = await PinnedRoots.open(folder, { root: new RootPair(1).root, registeredAt: registered.registeredAt });
    expect(anew.standing).toEqual({ generation: 1 });
  });

  it('are what a person says, once a person says so', async () => {
    await (await open()).announce(await announced());
    await PinnedRoots.replace(folder, registered, third.root, () => now);
    const roots = await open();
    expect(roots.standing).toEqual({ generation: 3 });
    expect(roots.rootOf(3)).toEqual(third.root);
  });

  it('are not guessed when their file is damaged', async () => {
    await writeFile(folder.file('roots.json'), '{"version":1}');
    await expect(open()).rejects.toMatchObject({ reason: 'state' });
  });
});
