import { describe, expect, it } from 'vitest';
import type { CredentialType, HttpTarget } from '../../contract/targets.js';
import { parseTarget, showTarget } from './connection-details.policy.js';
import { assertSignIn } from './http-sign-in.policy.js';

const web = (changes: Omit<HttpTarget, 'kind' | 'url'> = {}): HttpTarget => ({
  kind: 'http',
  url: 'https://api.site/v1',
  ...changes,
});
const tokenEndpoint = 'https://login.site/token';

describe('a way to sign in at a web API', () => {
  it.each<[CredentialType, HttpTarget]>([
    ['Anonymous', web()],
    ['Basic', web()],
    ['Key', web({ apiKeyName: 'X-Api-Key' })],
    ['Key', web({ apiKeyName: 'Authorization', apiKeyIn: 'header' })],
    ['Key', web({ apiKeyName: 'host', apiKeyIn: 'query' })],
    ['OAuth2', web()],
    ['OAuth2', web({ tokenEndpoint })],
    ['OAuth2', web({ tokenEndpoint, scope: 'api://x/.default' })],
    ['OAuth2', web({ tokenEndpoint: 'http://localhost:8080/token' })],
  ])('by %s is taken with %j', (type, target) => {
    expect(() => assertSignIn(target, type)).not.toThrow();
  });

  it.each<[CredentialType, HttpTarget, string]>([
    ['Key', web(), 'apiKeyName'],
    ['Key', web({ apiKeyIn: 'query' }), 'apiKeyName'],
    ['Key', web({ apiKeyName: 'Host' }), 'apiKeyName'],
    ['Key', web({ apiKeyName: 'Transfer-Encoding', apiKeyIn: 'header' }), 'apiKeyName'],
    ['Key', web({ apiKeyName: 'k', tokenEndpoint }), 'tokenEndpoint'],
    ['Basic', web({ apiKeyName: 'k' }), 'apiKeyName'],
    ['Anonymous', web({ scope: 's' }), 'scope'],
    ['OAuth2', web({ scope: 's' }), 'scope'],
    ['OAuth2', web({ apiKeyName: 'k' }), 'apiKeyName'],
    ['OAuth2', web({ tokenEndpoint: 'http://login.site/token' }), 'tokenEndpoint'],
    ['OAuth2', web({ tokenEndpoint: 'http://localhost.evil.example/token' }), 'tokenEndpoint'],
    ['OAuth2', web({ tokenEndpoint: 'https://user:pw@login.site/token' }), 'tokenEndpoint'],
  ])('by %s is refused with %j', (type, target, name) => {
    const path = `connectionDetails.parameters.${name}`;
    expect(() => assertSignIn(target, type)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ path }) }),
    );
  });

  it.each(['Web', 'CustomConnector'])('is said and read back with the details of a %s', (type) => {
    const sent = { url: 'https://api.site/v1', apiKeyName: 'k', apiKeyIn: 'query' };
    const parameters = Object.entries(sent).map(([name, value]) => ({ name, value }));
    const target = parseTarget({ type, parameters: [...parameters, { name: 'scope', value: '' }] });
    expect(target).toEqual({ kind: 'http', ...sent });
    expect(showTarget(target)).toEqual({ type: 'Web', path: 'https://api.site/v1;k;query' });
  });

  it.each([
    { apiKeyIn: 'cookie' },
    { apiKeyName: 'a b' },
    { apiKeyName: 'a\r\nb' },
    { tokenEndpoint: 'ftp://x/' },
    { tokenEndpoint: 'login' },
    { scope: 'a"b' },
  ])('is not taken out of shape: %j', (more) => {
    const parameters = Object.entries({ url: 'https://api.site/', ...more }).map(([name, value]) => ({ name, value }));
    expect(() => parseTarget({ type: 'Web', parameters })).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED' }),
    );
  });
});
