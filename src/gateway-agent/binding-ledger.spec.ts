import { appendFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestFolder } from '../../test/support/agent-folder.js';
import { BindingLedger, sha256, type SealedMark } from './binding-ledger.js';

const HERE = sha256('here');
const THERE = sha256('there');

describe('the ledger of bindings', () => {
  let folder: TestFolder;
  beforeEach(async () => {
    folder = await TestFolder.make();
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  const mark = (credential: string, content: string): SealedMark => ({
    credential: sha256(credential),
    content: sha256(content),
  });
  /** Asks in a life of its own, as after a restart. */
  const bind = async (one: SealedMark, target: string): Promise<boolean> => {
    const ledger = await BindingLedger.open(folder);
    try {
      return await ledger.bind(one, target);
    } finally {
      await ledger.close();
    }
  };

  it('binds at first use, and holds to it over restarts', async () => {
    expect(await bind(mark('a', 'A'), HERE)).toBe(true);
    expect(await bind(mark('a', 'A'), THERE)).toBe(false);
    expect(await bind(mark('a', 'A'), HERE)).toBe(true);
    expect(await bind(mark('b', 'B'), THERE)).toBe(true);
  });

  it('knows a credential again however it was sealed anew', async () => {
    await bind(mark('a', 'A'), HERE);
    expect(await bind(mark('a2', 'A'), THERE)).toBe(false);
    expect(await bind(mark('a2', 'A'), HERE)).toBe(true);
    expect(await bind(mark('a3', 'A'), THERE)).toBe(false);
  });

  it('reads lines of before contents were kept, and adds the content at the next use', async () => {
    await appendFile(folder.file('bindings.jsonl'), `${JSON.stringify({ credential: sha256('a'), target: HERE })}\n`);
    expect(await bind(mark('a', 'A'), THERE)).toBe(false);
    expect(await bind(mark('a', 'A'), HERE)).toBe(true);
    expect(await bind(mark('a2', 'A'), THERE)).toBe(false);
  });

  it('carries over what was bound and nothing else', async () => {
    await appendFile(folder.file('bindings.jsonl'), `${JSON.stringify({ credential: sha256('a'), target: HERE })}\n`);
    const ledger = await BindingLedger.open(folder);
    await ledger.carryOver(mark('a', 'A'));
    await ledger.carryOver(mark('b', 'B'));
    await ledger.close();
    expect(await bind(mark('a2', 'A'), THERE)).toBe(false);
    expect(await bind(mark('b2', 'B'), THERE)).toBe(true);
  });

  it('is not moved by a line that a crash cut short', async () => {
    await bind(mark('a', 'A'), HERE);
    await appendFile(folder.file('bindings.jsonl'), `{"credential":"${sha256('b')}","con`);
    expect(await bind(mark('a', 'A'), THERE)).toBe(false);
    expect(await bind(mark('b', 'B'), HERE)).toBe(true);
  });

  it('lets one of two targets win that are asked for at once', async () => {
    const ledger = await BindingLedger.open(folder);
    const asked = [ledger.bind(mark('a', 'A'), HERE), ledger.bind(mark('a', 'A'), THERE)];
    expect(await Promise.all(asked)).toEqual([true, false]);
    await ledger.close();
  });
});
