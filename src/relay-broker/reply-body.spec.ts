import { describe, expect, it, vi } from 'vitest';
import { DomainError } from '../common/errors/domain-error.js';
import { ReplyBody } from './reply-body.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('the body of an answer', () => {
  it('gives bytes in order, to a reader that waits and to one that is late', async () => {
    const freed: number[] = [];
    const body = new ReplyBody((frames) => freed.push(frames), vi.fn());
    const waiting = body.next();
    body.push(0, bytes('a'));
    expect(await waiting).toEqual({ done: false, value: bytes('a') });
    body.push(1, bytes('b'));
    body.push(2, bytes('c'));
    body.end();
    expect(
      [await body.next(), await body.next(), await body.next()].map(
        ({ value }) => value && Buffer.from(value).toString(),
      ),
    ).toEqual(['b', 'c', undefined]);
    expect(freed).toEqual([1]);
  });

  it('frees a frame only once it was read, and an empty one at once', async () => {
    const freed: number[] = [];
    const body = new ReplyBody((frames) => freed.push(frames), vi.fn());
    body.push(0, new Uint8Array());
    expect(freed).toEqual([1]);
    body.push(1, bytes('b'));
    body.push(2, new Uint8Array());
    expect(freed).toEqual([1]);
    await body.next();
    expect(freed).toEqual([1, 2]);
  });

  it('fails for good, without what had come', async () => {
    const body = new ReplyBody(vi.fn(), vi.fn());
    body.push(0, bytes('a'));
    const error = new DomainError('REPLY_INVALID');
    body.fail(error);
    body.end();
    await expect(body.next()).rejects.toBe(error);
    await expect(body.next()).rejects.toBe(error);
  });

  it('says that it was left only when something was still to come', async () => {
    const left = vi.fn();
    const early = new ReplyBody(vi.fn(), left);
    await early.return();
    await early.return();
    expect(left).toHaveBeenCalledTimes(1);
    const late = new ReplyBody(vi.fn(), left);
    late.push(0, bytes('a'));
    late.end();
    await late.return();
    expect(left).toHaveBeenCalledTimes(1);
    expect((await late.next()).done).toBe(true);
  });
});
