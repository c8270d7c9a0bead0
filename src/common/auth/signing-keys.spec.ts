import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppConfig } from '../../config/env.js';
import { DomainError } from '../errors/domain-error.js';

import { SigningKeys } from './signing-keys.js';

const AUTHORITY = 'https://login.test.example';
const MINUTE = 60_000;

describe('signing keys', () => {
  const tenantId = randomUUID();
  const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  let kids: string[];
  let issuer: string;
  let isDown: boolean;
  let fetches: number;
  let keys: SigningKeys;

  beforeEach(() => {
    vi.useFakeTimers();
    kids = ['first'];
    issuer = `${AUTHORITY}/${tenantId}/v2.0`;
    isDown = false;
    fetches = 0;
    const get = async (url: string) => {
      fetches += 1;
      if (isDown) throw new DomainError('IDENTITY_UNAVAILABLE');
      if (url.endsWith('/openid-configuration'))
        return { status: 200, body: { issuer, jwks_uri: `${AUTHORITY}/keys` } };
      return { status: 200, body: { keys: kids.map((kid) => ({ ...jwk, kid, use: 'sig' })) } };
    };
    keys = new SigningKeys({ authority: AUTHORITY } as AppConfig, { get });
  });
  afterEach(() => vi.useRealTimers());

  it('finds a key that appeared after the set was fetched', async () => {
    await keys.get(tenantId, 'first');
    kids.push('second');
    vi.advanceTimersByTime(MINUTE);
    expect((await keys.get(tenantId, 'second')).kid).toBe('second');
    expect(fetches).toBe(4);
  });

  it('asks at most every 30 seconds, however many unknown keys are named', async () => {
    await keys.get(tenantId, 'first');
    vi.advanceTimersByTime(MINUTE);
    for (let n = 0; n < 50; n += 1) await expect(keys.get(tenantId, `invented-${n}`)).rejects.toThrow(DomainError);
    expect(fetches).toBe(4);
  });

  it('keeps using what it knows while the directory is away, and drops a withdrawn key when it is back', async () => {
    await keys.get(tenantId, 'first');
    isDown = true;
    vi.advanceTimersByTime(90 * MINUTE);
    expect((await keys.get(tenantId, 'first')).kid).toBe('first');
    isDown = false;
    kids = ['second'];
    vi.advanceTimersByTime(MINUTE);
    await keys.get(tenantId, 'first');
    await vi.waitFor(() => expect(keys.get(tenantId, 'first')).rejects.toMatchObject({ code: 'TOKEN_INVALID' }));
  });

  it('does not trust what is a day old', async () => {
    await keys.get(tenantId, 'first');
    isDown = true;
    vi.advanceTimersByTime(25 * 60 * MINUTE);
    await expect(keys.get(tenantId, 'first')).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
  });

  it('refuses metadata that names another issuer', async () => {
    issuer = 'https://evil.example/v2.0';
    await expect(keys.get(tenantId, 'first')).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
  });
});
