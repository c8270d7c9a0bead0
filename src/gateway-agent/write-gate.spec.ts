import { randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestFolder } from '../../test/support/agent-folder.js';
import type { Delivery } from './bus-link.js';
import { Journal } from './journal.js';
import type { OpenedRequest } from './request-opening.js';
import { ResultStore } from './result-store.js';
import type { Trust } from './trust.js';
import { WriteGate } from './write-gate.js';

const request = (requestId = randomUUID()) =>
  ({ envelope: { requestId, attempt: 1 }, expiresAt: Date.now() + 60_000 }) as unknown as OpenedRequest;
const delivery = (complete: () => Promise<void>): Delivery => ({
  body: undefined,
  replyTo: undefined,
  complete,
  deadLetter: () => Promise.resolve(),
});

describe('letting a write through', () => {
  let folder: TestFolder;
  let journal: Journal;
  let gate: WriteGate;

  beforeEach(async () => {
    folder = await TestFolder.make();
    journal = await Journal.open(folder);
    const results = await ResultStore.open(folder, randomBytes(32), () => true);
    gate = new WriteGate(journal, results, {} as Trust, pino({ level: 'silent' }));
  });
  afterEach(async () => {
    vi.useRealTimers();
    await journal.close();
    await folder[Symbol.asyncDispose]();
  });

  it('writes the journal before it takes the message off the bus', async () => {
    const write = request();
    let known: unknown;
    const admitted = await gate.admit(
      write,
      delivery(async () => {
        const copy = await Journal.open(folder);
        known = copy.find(write.envelope.requestId)?.state;
        await copy.close();
      }),
    );
    expect(admitted).toEqual({ ok: true });
    expect(known).toBe('accepted');
  });

  it('declines when the bus refuses the removal, and stays declined over a restart', async () => {
    const write = request();
    const admitted = await gate.admit(
      write,
      delivery(() => Promise.reject(new Error('lock lost'))),
    );
    expect(admitted).toMatchObject({ ok: false, error: { code: 'REQUEST_DECLINED', outcome: 'not-executed' } });
    expect(gate.known(write)).toEqual({ kind: 'silent' });
    await journal.close();
    journal = await Journal.open(folder);
    expect(journal.find(write.envelope.requestId)?.state).toBe('declined');
  });

  it('takes a write that it declined when it is sent again, and not when the same message comes again', async () => {
    const write = request();
    const again = { ...write, envelope: { ...write.envelope, attempt: 2 } };
    const lost = delivery(() => Promise.reject(new Error('queue deleted')));
    expect(await gate.admit(write, lost)).toMatchObject({ ok: false });
    expect(gate.known(write)).toEqual({ kind: 'silent' });
    expect(gate.known(again)).toEqual({ kind: 'new' });
    expect(await gate.admit(again, lost)).toMatchObject({ ok: false });
    expect(gate.known(again)).toEqual({ kind: 'silent' });
    const third = { ...write, envelope: { ...write.envelope, attempt: 3 } };
    expect(await gate.admit(third, delivery(() => Promise.resolve()))).toEqual({ ok: true }); // prettier-ignore
    for (const one of [write, again, third]) expect(gate.known(one)).toEqual({ kind: 'silent' });
  });

  it('declines when the removal is not confirmed within five seconds, even if it is later', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const write = request();
    let confirm: () => void = () => undefined;
    const admitting = gate.admit(
      write,
      delivery(() => new Promise((resolve) => (confirm = resolve))),
    );
    // vi.waitFor would move the faked clock.
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(journal.find(write.envelope.requestId)?.state).toBe('accepted');
    await vi.advanceTimersByTimeAsync(1);
    confirm();
    expect(await admitting).toMatchObject({ ok: false, error: { code: 'REQUEST_DECLINED' } });
  });

  it('runs nothing when the journal cannot be written', async () => {
    await journal.close();
    const admitted = await gate.admit(
      request(),
      delivery(() => Promise.resolve()),
    );
    expect(admitted).toMatchObject({ ok: false, error: { code: 'AGENT_FAILED', outcome: 'not-executed' } });
    journal = await Journal.open(folder);
  });
});
