import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ControlPlane, ControlPlaneError } from './control-plane.js';

/** A control plane that answers as the test says, and remembers what it was asked. */
describe('calling the control plane', () => {
  const asked: string[] = [];
  let answer: (path: string, response: ServerResponse) => void;
  let server: Server;
  let controlPlane: ControlPlane;
  beforeEach(async () => {
    asked.length = 0;
    server = createServer((request, response) => {
      const path = (request.url ?? '').replace('/agent/v1/', '');
      asked.push(path);
      request.resume().on('end', () => {
        answer(path, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const identity = generateKeyPairSync('ed25519').privateKey;
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    controlPlane = new ControlPlane({ url }, { memberId: 'member', issuer: 'issuer', identity });
  });
  afterEach(async () => {
    await controlPlane.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const ask = () => controlPlane.ask(z.object({}), { method: 'GET', path: 'thing' });
  const json = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
  const token = (response: ServerResponse, expiresIn = 600) => {
    json(response, 200, { access_token: 't', token_type: 'Bearer', expires_in: expiresIn, instance: 1 });
  };
  const refused = (work: Promise<unknown>) =>
    work.then(
      () => expect.unreachable('it was not refused'),
      (error: unknown) => (error as ControlPlaneError).problem,
    );

  it('fetches one token for many calls, and no other when a call is refused with the new one', async () => {
    answer = (path, response) => {
      if (path === 'tokens') token(response);
      else json(response, 401, { code: 'TOKEN_INVALID' });
    };
    expect(await refused(ask())).toMatchObject({ status: 401 });
    expect(asked).toEqual(['tokens', 'thing']);
  });

  it('asks for a token once when it is refused one', async () => {
    answer = (_path, response) => {
      json(response, 401, { code: 'TOKEN_INVALID' });
    };
    await refused(ask());
    expect(asked).toEqual(['tokens']);
  });

  it('renews an older token once, however many calls are refused with it, and goes on', async () => {
    let known = true;
    let early: (() => void) | undefined;
    let late: (() => void) | undefined;
    let refusals = 0;
    answer = (path, response) => {
      if (path === 'tokens') {
        known = true;
        token(response);
        return;
      }
      if (known) {
        // The new token is in use: now the second refusal of the old one arrives.
        late?.();
        late = undefined;
        json(response, 200, {});
        return;
      }
      refusals += 1;
      const refuse = () => {
        json(response, 401, { code: 'TOKEN_INVALID' });
      };
      if (refusals === 1) {
        early = refuse;
        return;
      }
      late = refuse;
      early?.();
    };
    await ask();
    known = false;
    await Promise.all([ask(), ask()]);
    expect(refusals).toBe(2);
    expect(asked.filter((path) => path === 'tokens')).toHaveLength(2);
  });

  it.each([
    ['seconds', '7', 7_000],
    ['a date', new Date(Date.now() + 3_600_000).toUTCString(), 3_600_000],
    ['a date that has passed', new Date(Date.now() - 60_000).toUTCString(), undefined],
    ['nonsense', 'soon', undefined],
  ])('hears for how long it is asked to stay away: %s', async (_what, header, wanted) => {
    answer = (_path, response) => {
      json(response, 503, { code: 'DATABASE_UNAVAILABLE' }, { 'retry-after': header });
    };
    const { retryAfterMs } = (await refused(ask())) as { retryAfterMs?: number };
    if (wanted === undefined) expect(retryAfterMs).toBeUndefined();
    else expect(Math.abs((retryAfterMs ?? NaN) - wanted)).toBeLessThan(30_000);
    expect(asked).toEqual(['tokens']);
  });
});
