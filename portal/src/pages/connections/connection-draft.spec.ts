import { describe, expect, it } from 'vitest';
import {
  creationOf,
  emptyDraft,
  parametersOf,
  secretsOf,
  signInParameters,
  type Connection,
  type ConnectionDraft,
  type CreationMethod,
} from './connection-draft.js';
import { changeOf, draftOf, leadsElsewhere } from './connection-edit.js';

const text = (name: string, required = false) => ({ name, dataType: 'Text' as const, required, allowedValues: null });
const WEB: CreationMethod = {
  name: 'Web',
  parameters: [text('url', true), text('apiKeyName'), text('apiKeyIn'), text('tokenEndpoint'), text('scope')],
};
const POSTGRESQL: CreationMethod = { name: 'PostgreSql', parameters: [text('server', true), text('database', true)] };

const stored = (type: string, path: string, credentialType: Connection['credentialDetails']['credentialType']) =>
  ({
    id: 'c',
    gatewayId: 'g',
    displayName: 'orders',
    connectionDetails: { type, path },
    credentialDetails: { credentialType, singleSignOnType: 'None', connectionEncryption: 'Any' },
    privacyLevel: 'Organizational',
    environmentIds: [],
    settingsTag: 't',
    connectivityType: 'OnPremisesGateway',
    connectionRecency: { createdDateTime: '2026-01-01T00:00:00Z' },
  }) satisfies Connection;

const draft = (part: Partial<ConnectionDraft>): ConnectionDraft => ({ ...emptyDraft('g', 'Web'), ...part });

describe('the parameters of a stored connection', () => {
  it.each([
    ['PostgreSQL', 'db:5433;sales;2024', 'Basic', { server: 'db:5433', database: 'sales;2024' }],
    ['Folder', '/srv/a;b', 'Windows', { path: '/srv/a;b' }],
    ['Web', 'http://a/b;c', 'Basic', { url: 'http://a/b;c' }],
    ['Web', 'http://a/b;x-key', 'Key', { url: 'http://a/b', apiKeyName: 'x-key' }],
    ['Web', 'http://a/b;c;x-key;query', 'Key', { url: 'http://a/b;c', apiKeyName: 'x-key', apiKeyIn: 'query' }],
    ['Web', 'http://a', 'OAuth2', { url: 'http://a' }],
    [
      'Web',
      'http://a;https://t/token;read write',
      'OAuth2',
      { url: 'http://a', tokenEndpoint: 'https://t/token', scope: 'read write' },
    ],
  ] as const)('of %s are read back from %s', (type, path, credentialType, expected) => {
    expect(parametersOf(stored(type, path, credentialType))).toEqual(expected);
  });
});

describe('what is asked for', () => {
  it('depends on the authentication', () => {
    expect(secretsOf(draft({ credentialType: 'Basic' }))).toEqual(['username', 'password']);
    expect(secretsOf(draft({ credentialType: 'OAuth2' }))).toEqual(['accessToken']);
    const parameters = { tokenEndpoint: 'https://t' };
    expect(secretsOf(draft({ credentialType: 'OAuth2', parameters }))).toEqual(['clientId', 'clientSecret']);
    expect(secretsOf(draft({ credentialType: 'Anonymous' }))).toEqual([]);
  });

  it('names the key where there is one, and only there', () => {
    expect(signInParameters(WEB, 'Key')).toMatchObject([{ name: 'apiKeyName', required: true }, { name: 'apiKeyIn' }]);
    expect(signInParameters(WEB, 'Basic')).toEqual([]);
  });
});

describe('the body that creates a connection', () => {
  it('leaves out what means nothing for the authentication that was chosen in the end', () => {
    const parameters = { url: ' http://a ', apiKeyName: 'x-key', scope: '' };
    const sealed = { gatewayId: 'g', keyId: 'k', encryptedCredentials: 'sealed' };
    const body = creationOf(draft({ parameters, credentialType: 'Basic', displayName: ' a ' }), WEB, sealed);
    expect(body.displayName).toBe('a');
    expect(body.connectionDetails.parameters).toEqual([{ name: 'url', dataType: 'Text', value: 'http://a' }]);
    expect(body.credentialDetails.credentials).toEqual({ credentialType: 'Basic', values: [sealed] });
  });
});

describe('a change', () => {
  const connection = stored('PostgreSQL', 'db;sales', 'Basic');
  const before = draftOf(connection);

  it('of the name alone sends the name alone, and needs no credential', () => {
    const after = { ...before, displayName: 'other' };
    expect(leadsElsewhere(before, after, POSTGRESQL)).toBe(false);
    expect(changeOf(before, after, { method: POSTGRESQL, sealed: undefined })).toEqual({ displayName: 'other' });
  });

  it.each([
    ['the place', { parameters: { server: 'db2', database: 'sales' } }],
    ['the encryption', { encryption: 'Encrypted' as const }],
  ])('of %s needs the credential again', (_what, part) => {
    expect(leadsElsewhere(before, { ...before, ...part }, POSTGRESQL)).toBe(true);
  });
});
