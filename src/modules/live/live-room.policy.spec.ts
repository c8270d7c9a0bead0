import { describe, expect, it } from 'vitest';
import { hasRoomFor, MAX_PER_CALLER, MAX_PER_TENANT, MAX_STREAMS, type Streaming } from './live-room.policy.js';

const streams = (count: number, of: (at: number) => Streaming) => Array.from({ length: count }, (_, at) => of(at));

describe('the room for live streams', () => {
  const me = { id: 'me', tenantId: 'a' };

  it('is so much for one person, whatever others of the same id have in another tenant', () => {
    const own = streams(MAX_PER_CALLER, () => me);
    expect(hasRoomFor(me, own.slice(1))).toBe(true);
    expect(hasRoomFor(me, own)).toBe(false);
    expect(hasRoomFor({ ...me, tenantId: 'b' }, own)).toBe(true);
    expect(hasRoomFor({ ...me, id: 'you' }, own)).toBe(true);
  });

  it('is so much for one tenant: others still find some', () => {
    const tenant = streams(MAX_PER_TENANT, (at) => ({ id: String(at), tenantId: 'a' }));
    expect(hasRoomFor(me, tenant.slice(1))).toBe(true);
    expect(hasRoomFor(me, tenant)).toBe(false);
    expect(hasRoomFor({ id: 'you', tenantId: 'b' }, tenant)).toBe(true);
  });

  it('is so much in all', () => {
    const all = streams(MAX_STREAMS, (at) => ({ id: String(at), tenantId: String(at) }));
    expect(hasRoomFor(me, all.slice(1))).toBe(true);
    expect(hasRoomFor(me, all)).toBe(false);
  });
});
