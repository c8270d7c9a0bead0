import { randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestFolder } from '../../test/support/agent-folder.js';
import { Journal } from './journal.js';

const MINUTE = 60_000;

describe('the journal of writes', () => {
  let folder: TestFolder;
  let now: number;
  const clock = () => now;
  const reopen = async (journal?: Journal) => {
    await journal?.close();
    return Journal.open(folder, clock);
  };

  beforeEach(async () => {
    folder = await TestFolder.make();
    now = 1_800_000_000_000;
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  it('knows an accepted write as running, and after a restart as interrupted with an unknown outcome', async () => {
    const journal = await reopen();
    const id = randomUUID();
    await journal.accept(id, now + MINUTE);
    expect(journal.find(id)).toMatchObject({ state: 'accepted', running: true, outcome: 'unknown' });
    const next = await reopen(journal);
    expect(next.find(id)).toMatchObject({ state: 'accepted', running: false, outcome: 'unknown' });
    await next.close();
  });

  it('keeps outcomes and declined writes over restarts', async () => {
    const journal = await reopen();
    const [done, declined] = [randomUUID(), randomUUID()];
    await journal.accept(done, now + MINUTE);
    await journal.accept(declined, now + MINUTE);
    await journal.finish(done, 'executed', true);
    await journal.decline(declined);
    const next = await reopen(journal);
    expect(next.find(done)).toMatchObject({ state: 'done', outcome: 'executed', stored: true });
    expect(next.find(declined)).toMatchObject({ state: 'declined', outcome: 'not-executed' });
    await next.close();
  });

  it('finds a write by its idempotency key, unless it had no effect', async () => {
    const journal = await reopen();
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
    await journal.accept(first, now + MINUTE, 'c:key');
    expect(journal.findRepeat('c:key')).toMatchObject({ requestId: first, running: true });
    await journal.finish(first, 'not-executed', false);
    expect(journal.findRepeat('c:key')).toBeUndefined();
    await journal.accept(second, now + MINUTE, 'c:key');
    await journal.decline(second);
    expect(journal.findRepeat('c:key')).toBeUndefined();
    await journal.accept(third, now + MINUTE, 'c:key');
    await journal.finish(third, 'executed', false);
    const next = await reopen(journal);
    expect(next.findRepeat('c:key')).toMatchObject({ requestId: third, outcome: 'executed' });
    await next.close();
  });

  it('forgets a plain write a minute after its deadline, one with a key after a day', async () => {
    const journal = await reopen();
    const [plain, keyed] = [randomUUID(), randomUUID()];
    await journal.accept(plain, now + MINUTE);
    await journal.accept(keyed, now + MINUTE, 'c:key');
    await journal.finish(plain, 'executed', false);
    await journal.finish(keyed, 'executed', true);
    now += 2 * MINUTE - 1;
    expect(journal.sweep()).toEqual([]);
    expect(journal.find(plain)).toBeDefined();
    now += 1;
    journal.sweep();
    expect(journal.find(plain)).toBeUndefined();
    now += 24 * 60 * MINUTE;
    expect(journal.sweep()).toEqual([keyed]);
    expect(journal.findRepeat('c:key')).toBeUndefined();
    await journal.close();
  });

  it('loses nothing that was confirmed, wherever a crash cuts the file', async () => {
    const journal = await reopen();
    const ids: string[] = [];
    const endsAt: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const id = randomUUID();
      await journal.accept(id, now + MINUTE);
      ids.push(id);
      endsAt.push((await stat(folder.file('journal.log'))).size);
    }
    await journal.close();
    const whole = await readFile(folder.file('journal.log'));
    for (let cut = 0; cut <= whole.length; cut += 1) {
      await writeFile(folder.file('journal.log'), whole.subarray(0, cut));
      const torn = await Journal.open(folder, clock);
      const known = ids.filter((id) => torn.find(id));
      expect(known).toEqual(ids.filter((_, index) => (endsAt[index] ?? Infinity) <= cut));
      await torn.close();
    }
  }, 30_000);

  it('goes on after a torn end as if it had never been', async () => {
    const journal = await reopen();
    const [before, after] = [randomUUID(), randomUUID()];
    await journal.accept(before, now + MINUTE);
    await journal.close();
    const whole = await readFile(folder.file('journal.log'));
    await writeFile(folder.file('journal.log'), Buffer.concat([whole, whole.subarray(0, 20)]));
    const torn = await reopen();
    await torn.accept(after, now + MINUTE);
    const next = await reopen(torn);
    expect([before, after].map((id) => next.find(id)?.state)).toEqual(['accepted', 'accepted']);
    await next.close();
  });

  it('takes zeros at the end for a crash too', async () => {
    const journal = await reopen();
    const id = randomUUID();
    await journal.accept(id, now + MINUTE);
    await journal.close();
    const whole = await readFile(folder.file('journal.log'));
    await writeFile(folder.file('journal.log'), Buffer.concat([whole, Buffer.alloc(4096)]));
    const next = await reopen();
    expect(next.find(id)).toBeDefined();
    await next.close();
  });

  it('refuses a file that is damaged before its end, at every byte of the first entry', async () => {
    const journal = await reopen();
    await journal.accept(randomUUID(), now + MINUTE);
    const firstEnd = (await stat(folder.file('journal.log'))).size;
    await journal.accept(randomUUID(), now + MINUTE);
    await journal.close();
    const whole = await readFile(folder.file('journal.log'));
    for (let at = 0; at < firstEnd; at += 1) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x41, at);
      await writeFile(folder.file('journal.log'), damaged);
      await expect(Journal.open(folder, clock), `byte ${at}`).rejects.toMatchObject({ reason: 'state' });
    }
  });

  it('writes what arrives together with one sync each, and all of it', async () => {
    const journal = await reopen();
    const ids = Array.from({ length: 500 }, () => randomUUID());
    await Promise.all(ids.map((id) => journal.accept(id, now + MINUTE)));
    const next = await reopen(journal);
    expect(ids.every((id) => next.find(id))).toBe(true);
    await next.close();
  });

  it('compacts a file that has grown, while writes go on', async () => {
    const journal = await reopen();
    const ids: string[] = [];
    for (let round = 0; round < 30; round += 1) {
      const batch = Array.from({ length: 1000 }, () => randomUUID());
      await Promise.all(batch.map((id) => journal.accept(id, now + MINUTE)));
      await Promise.all(batch.map((id) => journal.finish(id, 'executed', false)));
      now += 10_000;
      ids.push(...batch);
    }
    expect((await stat(folder.file('journal.log'))).size).toBeLessThan(8 * 1024 * 1024);
    const next = await reopen(journal);
    expect(ids.slice(-1000).every((id) => next.find(id)?.state === 'done')).toBe(true);
    await next.close();
  }, 30_000);
});
