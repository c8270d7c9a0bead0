import { PassThrough } from 'node:stream';
import { fastify } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addBodyParsers } from './body-parsers.js';

describe('a backup on its way in', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('that does not come to its end makes room after three minutes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const server = fastify();
    addBodyParsers(server);
    server.post('/v1/backup/restorations', () => ({ restored: true }));
    const headers = { 'content-type': 'application/json' };
    const send = (payload: PassThrough | string) =>
      server.inject({ method: 'POST', url: '/v1/backup/restorations', headers, payload });
    const stuck = new PassThrough();
    stuck.write('{');
    const first = send(stuck);
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    expect((await send('{}')).statusCode).toBe(429);

    await vi.advanceTimersByTimeAsync(180_000);
    expect((await first).statusCode).toBe(422);
    expect((await send('{}')).json()).toEqual({ restored: true });
    stuck.destroy();
    await server.close();
  });
});
