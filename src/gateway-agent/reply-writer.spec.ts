import { describe, expect, it } from 'vitest';
import { FRAME_WINDOW, FrameKind, MAX_FRAME_BODY_BYTES, openFrame, type OpenedFrame } from '../contract/frames.js';
import { HeadTooLarge, ReplyWriter } from './reply-writer.js';

const GATEWAY = '7d3b1a52-9c55-4c38-8a3e-0d6a7e0b6a11';
const MEMBER = '0f0e6a0c-3a52-4a5e-9d2f-0a1b2c3d4e5f';
const REQUEST = '5b0f8f2e-6d0c-4a53-b1c8-2c9a4f7f6e01';
const KEY = Buffer.alloc(32, 9);

function setUp() {
  const frames: OpenedFrame[] = [];
  const abort = new AbortController();
  const writer = new ReplyWriter(
    {
      session: { gatewayId: GATEWAY, memberId: MEMBER, epoch: 1, replyKey: KEY },
      requestId: REQUEST,
      attempt: 2,
      replyTo: 'rp/x',
      expiresAt: Date.now() + 60_000,
    },
    (_, { body }) => {
      frames.push(openFrame(KEY, GATEWAY, body));
      return Promise.resolve();
    },
    abort.signal,
  );
  return { frames, writer, abort };
}
const tick = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));
async function* chunks(count: number, bytes: number, onPull: () => void = () => undefined) {
  for (let i = 0; i < count; i += 1) {
    onPull();
    yield Buffer.alloc(bytes, i);
  }
  await Promise.resolve();
}
const OK = { status: 'ok' } as const;

describe('writing an answer', () => {
  it('puts a small one into a single frame with head, body and trailer', async () => {
    const { frames, writer } = setUp();
    await writer.stream({ ...OK, mediaType: 'text/plain' }, chunks(3, 10), () => ({ count: 3 }));
    expect(frames).toHaveLength(1);
    expect(frames[0]?.header).toMatchObject({
      kind: FrameKind.Reply,
      frame: 0,
      last: true,
      attempt: 2,
      memberId: MEMBER,
    });
    expect(JSON.parse(frames[0]?.head.toString() ?? '')).toEqual({ status: 'ok', mediaType: 'text/plain' });
    expect(JSON.parse(frames[0]?.extra.toString() ?? '')).toEqual({ count: 3 });
    expect(frames[0]?.body).toHaveLength(30);
  });

  it('numbers frames without gaps, none larger than allowed, the last with the trailer', async () => {
    const { frames, writer } = setUp();
    const total = 20 * 100_003;
    await writer.stream(OK, chunks(20, 100_003), () => ({}));
    expect(frames.map(({ header }) => header.frame)).toEqual(frames.map((_, index) => index));
    expect(Math.max(...frames.map(({ body }) => body.length))).toBeLessThanOrEqual(MAX_FRAME_BODY_BYTES);
    const whole = Buffer.concat(frames.map(({ body }) => body));
    expect(whole).toHaveLength(total);
    expect(whole.equals(Buffer.concat(Array.from({ length: 20 }, (_, i) => Buffer.alloc(100_003, i))))).toBe(true);
    expect(frames.filter(({ header }) => header.last)).toEqual([frames.at(-1)]);
  });

  it('sends the first piece of a large answer on before it has read what fills a frame', async () => {
    const { frames, writer } = setUp();
    await writer.stream(OK, chunks(8, 64 * 1024), () => ({}));
    expect(frames.slice(0, 2).map(({ body }) => body.length)).toEqual([64 * 1024, MAX_FRAME_BODY_BYTES]);
  });

  it('stops at the window and reads no further until there is credit', async () => {
    const { frames, writer } = setUp();
    let pulled = 0;
    const writing = writer.stream(
      OK,
      chunks(100, MAX_FRAME_BODY_BYTES, () => (pulled += 1)),
      () => ({}),
    );
    await tick(50);
    expect(frames).toHaveLength(FRAME_WINDOW);
    expect(pulled).toBeLessThanOrEqual(FRAME_WINDOW + 2);
    writer.credit(FRAME_WINDOW + 5);
    await tick(20);
    expect(frames).toHaveLength(FRAME_WINDOW + 5);
    writer.credit(3);
    await tick(20);
    expect(frames).toHaveLength(FRAME_WINDOW + 5);
    writer.credit(1000);
    await writing;
    expect(frames).toHaveLength(100);
  });

  it('counts the word that a request was taken as frame 0', async () => {
    const { frames, writer } = setUp();
    writer.accept();
    await writer.stream(OK, chunks(1, 5), () => ({}));
    expect(frames.map(({ header, head }) => [header.frame, JSON.parse(head.toString()) as unknown])).toEqual([
      [0, { status: 'accepted' }],
      [1, { status: 'ok' }],
    ]);
  });

  it('passes on what a slow source has said so far', async () => {
    const { frames, writer } = setUp();
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const writing = writer.stream(
      OK,
      (async function* () {
        yield Buffer.from('first');
        await gate;
        yield Buffer.from('second');
      })(),
      () => ({}),
    );
    await tick(60);
    expect(frames.map(({ body }) => body.toString()).join('')).toBe('first');
    go();
    await writing;
    expect(frames.map(({ body }) => body.toString()).join('')).toBe('firstsecond');
    expect(frames.at(-1)?.header.last).toBe(true);
  });

  it('ends at once when the request is cancelled, even with a source that hangs', async () => {
    const { frames, writer, abort } = setUp();
    const hanging: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
    };
    const writing = writer.stream(OK, hanging, () => ({}));
    await tick(30);
    abort.abort(new Error('gone'));
    await expect(writing).rejects.toThrow('gone');
    await writer.fail({ code: 'REQUEST_CANCELLED', hop: 'member', outcome: 'not-executed', message: 'x' });
    const last = frames.at(-1);
    expect(last?.header.last).toBe(true);
    expect(JSON.parse(last?.extra.toString() ?? '')).toMatchObject({ error: { code: 'REQUEST_CANCELLED' } });
  });

  it('tells a failure before the first byte in the head, and one after it in the trailer', async () => {
    const error = { code: 'SOURCE_FAILED', hop: 'source', outcome: 'not-executed', message: 'x' } as const;
    const early = setUp();
    await early.writer.fail(error);
    expect(JSON.parse(early.frames[0]?.head.toString() ?? '')).toMatchObject({ status: 'error', error });
    expect(early.frames[0]?.header.last).toBe(true);

    const late = setUp();
    const broken = (async function* () {
      yield Buffer.alloc(MAX_FRAME_BODY_BYTES + 1);
      await tick(1);
      throw new Error('broken');
    })();
    await expect(late.writer.stream(OK, broken, () => ({}))).rejects.toThrow('broken');
    expect(late.frames.some(({ header }) => header.last)).toBe(false);
    await late.writer.fail(error);
    expect(JSON.parse(late.frames.at(-1)?.extra.toString() ?? '')).toEqual({ error });
    await late.writer.fail(error);
    expect(late.frames.filter(({ header }) => header.last)).toHaveLength(1);
  });

  it('refuses a head that no message could carry', async () => {
    const { frames, writer } = setUp();
    const headers = Array.from({ length: 100 }, (_, i): [string, string] => [`h${i}`, 'x'.repeat(1000)]);
    await expect(writer.stream({ ...OK, http: { status: 200, headers } }, chunks(1, 1), () => ({}))).rejects.toThrow(
      HeadTooLarge,
    );
    expect(frames).toHaveLength(0);
  });

  it('fails when the bus does not take a frame', async () => {
    const writer = new ReplyWriter(
      {
        session: { gatewayId: GATEWAY, memberId: MEMBER, epoch: 1, replyKey: KEY },
        requestId: REQUEST,
        attempt: 1,
        replyTo: 'rp/x',
        expiresAt: Date.now() + 60_000,
      },
      () => Promise.reject(new Error('no link')),
      new AbortController().signal,
    );
    await expect(writer.stream(OK, chunks(1, 5), () => ({}))).rejects.toThrow('no link');
  });
});
