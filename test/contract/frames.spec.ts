import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FrameError, FrameKind, openFrame, readFrameHeader, sealFrame } from '../../src/contract/frames.js';
import { goldenMessages } from './golden.js';

const goldenFrameSchema = z.object({
  gatewayId: z.string(),
  keyHex: z.string(),
  header: z.object({
    kind: z.literal([1, 2, 3, 4, 5]),
    attempt: z.number(),
    frame: z.number(),
    last: z.boolean(),
    epoch: z.number(),
    requestId: z.string(),
    memberId: z.string().optional(),
  }),
  head: z.string(),
  extra: z.string(),
  bodyHex: z.string(),
  frameHex: z.string(),
});
const golden = goldenMessages('frame').map(({ name, json }) => ({ name, ...goldenFrameSchema.parse(json) }));

const uuid = fc.uuid();
const word = fc.nat(0xff_ff_ff_ff);
const headers = fc.record(
  {
    kind: fc.constantFrom(...Object.values(FrameKind)),
    attempt: fc.integer({ min: 1, max: 255 }),
    frame: word,
    last: fc.boolean(),
    epoch: word,
    requestId: uuid,
    memberId: uuid,
  },
  { requiredKeys: ['kind', 'attempt', 'frame', 'last', 'epoch', 'requestId'] },
);
const contents = fc.record({
  head: fc.string({ unit: 'binary' }),
  extra: fc.string({ unit: 'binary' }),
  body: fc.uint8Array({ maxLength: 4096 }),
});

describe('frames', () => {
  it.each(golden)('opens the golden frame $name', (frame) => {
    const opened = openFrame(Buffer.from(frame.keyHex, 'hex'), frame.gatewayId, Buffer.from(frame.frameHex, 'hex'));
    expect(opened.header).toEqual(frame.header);
    expect(opened.head.toString()).toBe(frame.head);
    expect(opened.extra.toString()).toBe(frame.extra);
    expect(opened.body.toString('hex')).toBe(frame.bodyHex);
  });

  it('has a golden frame of every kind', () => {
    expect(new Set(golden.map(({ header }) => header.kind))).toEqual(new Set(Object.values(FrameKind)));
  });

  it('carry any content and any header there and back', () => {
    const key = randomBytes(32);
    fc.assert(
      fc.property(uuid, headers, contents, (gatewayId, header, content) => {
        const bytes = sealFrame(key, gatewayId, header, content);
        expect(readFrameHeader(bytes)).toEqual(header);
        const opened = openFrame(key, gatewayId, bytes);
        expect(opened.header).toEqual(header);
        expect(opened.head.equals(Buffer.from(content.head))).toBe(true);
        expect(opened.extra.equals(Buffer.from(content.extra))).toBe(true);
        expect(opened.body.equals(content.body)).toBe(true);
      }),
    );
  });

  it('do not open when any byte is changed, cut off or added', () => {
    const key = randomBytes(32);
    const change = fc.oneof(
      fc.record({ flip: fc.nat(), mask: fc.integer({ min: 1, max: 255 }) }),
      fc.record({ cut: fc.integer({ min: 1, max: 200 }) }),
      fc.record({ add: fc.uint8Array({ minLength: 1, maxLength: 20 }) }),
    );
    fc.assert(
      fc.property(headers, contents, change, (header, content, how) => {
        const gatewayId = randomUUID();
        let bytes = sealFrame(key, gatewayId, header, content);
        if ('flip' in how) bytes[how.flip % bytes.length]! ^= how.mask;
        else if ('cut' in how) bytes = bytes.subarray(0, Math.max(0, bytes.length - how.cut));
        else bytes = Buffer.concat([bytes, how.add]);
        expect(() => openFrame(key, gatewayId, bytes)).toThrow(FrameError);
      }),
      { numRuns: 500 },
    );
  });

  it('do not open for another gateway or under another key', () => {
    fc.assert(
      fc.property(headers, contents, (header, content) => {
        const [key, gatewayId] = [randomBytes(32), randomUUID()];
        const bytes = sealFrame(key, gatewayId, header, content);
        expect(() => openFrame(key, randomUUID(), bytes)).toThrow(FrameError);
        expect(() => openFrame(randomBytes(32), gatewayId, bytes)).toThrow(FrameError);
      }),
    );
  });

  it('never fail with anything but FrameError on bytes from anywhere', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, looksRight) => {
        const bytes = Buffer.from(noise);
        if (looksRight && bytes.length > 1) bytes.set([1, 4]);
        expect(() => openFrame(randomBytes(32), randomUUID(), bytes)).toThrow(FrameError);
      }),
    );
  });

  it.each(['', 'not-a-uuid', randomUUID().slice(1), `${randomUUID()}00`, randomUUID().replace(/^./, 'g')])(
    'are not made for the id "%s"',
    (requestId) => {
      const header = { kind: FrameKind.Reply, attempt: 1, frame: 0, last: true, epoch: 1, requestId };
      expect(() => sealFrame(randomBytes(32), randomUUID(), header, {})).toThrow(FrameError);
    },
  );

  it('never seal the same bytes twice alike', () => {
    const header = { kind: FrameKind.Reply, attempt: 1, frame: 0, last: true, epoch: 1, requestId: randomUUID() };
    const [key, gatewayId] = [randomBytes(32), randomUUID()];
    const seal = (): string => sealFrame(key, gatewayId, header, { body: Buffer.from('x') }).toString('hex');
    expect(new Set(Array.from({ length: 1000 }, seal)).size).toBe(1000);
  });
});
