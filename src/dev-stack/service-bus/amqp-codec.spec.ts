import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedMessageError, readMessage, splitBatch } from './amqp-codec.js';
import type { DeliveryView } from './delivery-codec.js';
import { encodeDelivery, withApplicationProperties } from './delivery-codec.js';
import { amqp } from './rhea-internals.js';

const encoder = amqp.message as unknown as {
  encode(message: Record<string, unknown>): Buffer;
  data_section(data: Buffer): unknown;
  data_sections(data: Buffer[]): unknown;
};
const encode = (message: Record<string, unknown>) =>
  encoder.encode({ body: encoder.data_section(Buffer.from('hi')), ...message });

function deliver(raw: Buffer, view: Partial<DeliveryView> = {}): Record<string, unknown> {
  const first = {
    sequenceNumber: 2 ** 40 + 7,
    enqueuedAt: 1_800_000_000_123,
    deliveryCount: 0,
    deadLetterSource: undefined,
  };
  const bytes = encodeDelivery({ content: readMessage(raw), ...first, ...view });
  return amqp.message.decode(bytes) as Record<string, unknown>;
}

describe('a delivery', () => {
  it('is the sent message with the broker’s header and annotations in front', () => {
    const raw = encode({
      message_id: 'id-1',
      group_id: 'session',
      durable: true,
      priority: 7,
      ttl: 5000,
      message_annotations: { 'x-opt-partition-key': 'p', 'x-opt-sequence-number': 99 },
      application_properties: { a: 1 },
    });
    const until = 1_800_000_030_000;
    expect(deliver(raw, { deliveryCount: 3, lockedUntil: until, deadLetterSource: 'work' })).toMatchObject({
      message_id: 'id-1',
      group_id: 'session',
      durable: true,
      priority: 7,
      ttl: 5000,
      delivery_count: 3,
      application_properties: { a: 1 },
      message_annotations: {
        'x-opt-partition-key': 'p',
        'x-opt-sequence-number': 2 ** 40 + 7,
        'x-opt-enqueued-time': new Date(1_800_000_000_123),
        'x-opt-locked-until': new Date(until),
        'x-opt-deadletter-source': 'work',
      },
    });
  });

  it('has a message id even where the sender gave none, with the other properties untouched', () => {
    for (const properties of [{}, { subject: 's', group_id: 'g' }]) {
      const raw = encode(properties);
      const content = readMessage(raw);
      expect(deliver(raw)).toMatchObject(properties);
      expect(content.messageId).toMatch(/^[0-9a-f]{32}$/);
      expect(content.sessionId).toBe(properties.group_id);
    }
  });

  it('takes new application properties and replaces old ones', () => {
    const content = readMessage(encode({ message_id: 'x', application_properties: { keep: 'k', change: 'old' } }));
    const changed = withApplicationProperties(content, { change: 'new', added: 5 });
    const view = { content: changed, sequenceNumber: 1, enqueuedAt: 0, deliveryCount: 0, deadLetterSource: undefined };
    const { application_properties } = amqp.message.decode(encodeDelivery(view));
    expect(application_properties).toEqual({ keep: 'k', change: 'new', added: 5 });
    expect(changed.size).toBeGreaterThan(content.size);
  });

  it('does not grow beyond 64 KB of application properties', () => {
    const content = readMessage(encode({ message_id: 'x' }));
    expect(withApplicationProperties(content, { big: 'x'.repeat(70_000) })).toBe(content);
  });
});

describe('reading', () => {
  it('finds the messages of a batch', () => {
    const inner = [encode({ message_id: 'a' }), encode({ message_id: 'b'.repeat(300) })];
    const batch = encoder.encode({ message_id: 'envelope', body: encoder.data_sections(inner) });
    expect(splitBatch(batch).map((raw) => readMessage(raw).messageId)).toEqual(['a', 'b'.repeat(300)]);
  });

  it('refuses a message that ends early, at whatever byte, and any other bytes, with its own error only', () => {
    const raw = encode({
      message_id: 'id',
      ttl: 5,
      application_properties: { a: 'b' },
      message_annotations: { x: 'y' },
    });
    const read = (bytes: Buffer) => {
      try {
        readMessage(bytes);
        splitBatch(bytes);
      } catch (error) {
        if (!(error instanceof MalformedMessageError)) throw error;
      }
    };
    for (let end = 1; end < raw.length - 1; end++) read(Buffer.from(raw.subarray(0, end)));
    expect(() => readMessage(Buffer.from(raw.subarray(0, raw.length - 1)))).toThrow(MalformedMessageError);
    fc.assert(
      fc.property(fc.nat(raw.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(raw);
        changed[at] = value;
        read(changed);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => read(Buffer.from(bytes))));
  });
});
