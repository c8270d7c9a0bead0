import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromBase32, toBase32 } from './base32.js';
import { readShare, ShareDamaged, writeShare, type RecoveryShare } from './recovery-share.js';
import { readShareFiles, recoveryKeyOf, writeShareFiles } from './share-files.js';
import { combineShares, MAX_SHARES, splitRecoveryKey, type NamedShare } from './share-set.js';

const KEY = 'Fünf Störche über Jütland 🪺';
const GATEWAY = '5f0c2b1e-7a51-4a0e-9a6e-0d5d3a1c9b11';
const named = (shares: readonly RecoveryShare[]): NamedShare[] =>
  shares.map((share) => ({ name: `share ${share.number}`, share }));
const split = (key = KEY, threshold = 3, shares = 5) =>
  splitRecoveryKey(key, { threshold, shares, gatewayId: GATEWAY });
/** Some of them, in some order. */
const subset = (shares: number, atLeast: number) =>
  fc.shuffledSubarray(Array.from({ length: shares }, (_, at) => at), { minLength: atLeast, maxLength: shares }); // prettier-ignore
const counts = fc
  .tuple(fc.integer({ min: 2, max: MAX_SHARES }), fc.integer({ min: 2, max: MAX_SHARES }))
  .map(([a, b]) => ({ threshold: Math.min(a, b), shares: Math.max(a, b) }));
const passphrase = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
  .filter((text) => Buffer.from(text).toString() === text);

describe('shares of a recovery key', () => {
  it('make it again: any k or more of n, in any order, from the text that people keep', async () => {
    const cases = counts.chain((count) =>
      fc.record({ count: fc.constant(count), key: passphrase, picked: subset(count.shares, count.threshold) }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ count, key, picked }) => {
        const shares = await split(key, count.threshold, count.shares);
        const kept = picked.map((at) => readShare(writeShare(shares[at]!, 'hq "north"')));
        expect(await combineShares(named(kept))).toBe(key);
      }),
      { numRuns: 100 },
    );
  });

  it('say how many are missing', async () => {
    const shares = await split();
    await expect(combineShares(named(shares.slice(0, 1)))).rejects.toThrow('2 more shares are needed of the set');
    await expect(combineShares(named(shares.slice(3)))).rejects.toThrow('1 more share is needed of the set');
    await expect(combineShares([])).rejects.toThrow('No share');
  });

  it('with a made-up one in the place of one that lacks pass for no key, and show its length only roughly', async () => {
    const [first, second] = await split('tide gate at low water', 3, 3);
    const [, , third] = await split('neap tide over sand 12', 3, 3);
    const forged = { ...third!, set: first!.set };
    // What comes out of two true shares and any third is some text, and only the digest says that it is not the key.
    await expect(combineShares(named([first!, second!, forged]))).rejects.toThrow('at least one is not what was split');
    expect(Buffer.from(first!.data).includes(Buffer.from('tide'))).toBe(false);
    const lengths = await Promise.all(['12345678', 'a phrase of 22 letters'].map((key) => split(key)));
    expect(new Set(lengths.flat().map(({ data }) => data.length)).size).toBe(1);
  });

  it('of different sets are refused, and so is one given twice', async () => {
    const [mine, other] = await Promise.all([split(), split()]);
    const mixed = named([mine[0]!, mine[1]!, other[2]!]);
    await expect(combineShares(mixed)).rejects.toThrow(`The share share 3 is of the set ${other[0]!.set}`);
    await expect(combineShares(named([mine[0]!, mine[1]!, mine[1]!]))).rejects.toThrow('are the same, number 2');
  });

  it('with one changed on purpose are refused, and with more than needed it is named', async () => {
    const shares = await split();
    const changed = {
      ...shares[1]!,
      data: Uint8Array.from(shares[1]!.data, (byte, at) => (at === 4 ? byte ^ 1 : byte)),
    };
    const kept = readShare(writeShare(changed));
    await expect(combineShares(named([shares[0]!, kept, shares[2]!]))).rejects.toThrow('at least one is not');
    await expect(combineShares(named([shares[0]!, kept, shares[2]!, shares[4]!]))).rejects.toThrow('The share share 2 is not what was split'); // prettier-ignore
    const twin = { ...shares[1]!, data: Uint8Array.from(shares[0]!.data) };
    await expect(combineShares(named([shares[0]!, twin, shares[2]!]))).rejects.toThrow('at least one is not');
  });
});

describe('a share as text', () => {
  it('is known as damaged whatever sign of it is changed', async () => {
    const text = writeShare((await split())[3]!);
    const from = text.indexOf('tidegate');
    const slips = fc.record({
      at: fc.integer({ min: from, max: text.length - 2 }),
      sign: fc.constantFrom(...'0A7Z#=/ x'),
    });
    fc.assert(
      fc.property(slips, ({ at, sign }) => {
        const changed = text.slice(0, at) + sign + text.slice(at + 1);
        const same = changed.toUpperCase().replace(/\s+/g, '') === text.toUpperCase().replace(/\s+/g, '');
        if (same) return;
        let read: RecoveryShare | undefined;
        try {
          read = readShare(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(ShareDamaged);
        }
        // A space may turn into nothing; then it is the same share.
        if (read) expect(writeShare(read)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('may be typed in small letters, with other spaces, dashes, and letters that look alike', async () => {
    for (const share of await split(KEY, 2, MAX_SHARES)) {
      const [comment, header = '', ...lines] = writeShare(share, 'hq').split('\n');
      const typed = lines.join('').replace(/ /g, '-').replace(/0/g, 'o').replace(/1/g, 'L').toLowerCase();
      expect(readShare(`${comment}\r\n\r\n  ${header.replace(/ /g, '   ')}\r\n${typed}\r\n`)).toEqual(share);
    }
  });

  it.each([
    ['', 'no line that begins with'],
    ['tide gate at low water', 'no line that begins with'],
    ['tidegate-recovery-share v2 set=A share=1/2 threshold=2 checksum=A', 'version 2'],
    ['tidegate-recovery-share v1 set=A share=1/2 threshold=2 checksum=A', 'lacks some'],
    ['tidegate-recovery-share v1 set=A share=1/2 threshold=2 checksum=A\nUUUU', 'signs that no share has'],
  ])('%j is none', (text, problem) => {
    expect(() => readShare(text)).toThrow(problem);
  });

  it('keeps bytes as they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(fromBase32(toBase32(bytes))).toEqual(bytes);
      }),
    );
    expect(toBase32(Buffer.from('foobar'))).toBe('CSQPYRK1E8');
    expect(fromBase32('CSQPYRK1E9')).toBeUndefined();
    expect(fromBase32('C')).toBeUndefined();
  });
});

describe('the files of shares', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidegate-shares-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are for their owner alone, hold no key, and make it again', async () => {
    const out = join(folder, 'new');
    const paths = await writeShareFiles(out, await split(), 'hq');
    expect((await stat(out)).mode & 0o777).toBe(0o700);
    for (const path of paths) {
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await readFile(path, 'utf8')).not.toContain('Störche');
    }
    expect(await recoveryKeyOf(await readShareFiles([paths[4]!, paths[0]!, paths[2]!]))).toBe(KEY);
    await expect(readShareFiles([join(out, 'none.txt')])).rejects.toMatchObject({ reason: 'usage', message: expect.stringContaining('none.txt cannot be read (ENOENT)') as string }); // prettier-ignore
  });

  it('name the one that is damaged', async () => {
    const paths = await writeShareFiles(folder, await split(), undefined);
    const text = await readFile(paths[1]!, 'utf8');
    await writeFile(
      paths[1]!,
      text.replace(/.\n$/, (end) => (end.startsWith('7') ? '8\n' : '7\n')),
    );
    await expect(readShareFiles(paths)).rejects.toMatchObject({
      reason: 'usage',
      message: expect.stringContaining(`${paths[1]} `) as string,
    });
    await writeFile(paths[1]!, 'x'.repeat(70_000));
    await expect(readShareFiles(paths)).rejects.toThrow('far longer than any share');
  });

  it('are never written over others, and are all there or none', async () => {
    const shares = await split();
    await writeFile(join(folder, `recovery-share-${shares[2]!.set}-3-of-5.txt`), 'somebody’s');
    await expect(writeShareFiles(folder, shares, undefined)).rejects.toMatchObject({ reason: 'state' });
    expect(await readdir(folder)).toEqual([`recovery-share-${shares[2]!.set}-3-of-5.txt`]);
  });
});
