import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './env.js';

const GOOD = {
  TIDEGATE_PUBLIC_URL: 'https://gateway.example/',
  DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:5432/tidegate',
  TIDEGATE_AUDIENCES: 'api://tidegate, 5e1f0f6a-0000-4000-8000-000000000000',
  TIDEGATE_SCOPE: 'api://tidegate/user_impersonation',
  TIDEGATE_CLIENT_ID: 'client',
  TIDEGATE_TENANTS: 'any',
  TIDEGATE_VAULT_URL: 'https://tidegate.vault.azure.net',
  TIDEGATE_RELAY_FILE: 'relay.json',
};

describe('the configuration', () => {
  it('needs eight settings and has defaults for the rest', () => {
    expect(readConfig(GOOD)).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'https://gateway.example',
      authority: 'https://login.microsoftonline.com',
      audiences: ['api://tidegate', '5e1f0f6a-0000-4000-8000-000000000000'],
      tenants: 'any',
      tokenVerifier: 'passport-azure-ad',
      licenceRules: 'classic',
      graphUrl: 'https://graph.microsoft.com',
      isProduction: false,
      areDocsShown: true,
      replicaId: undefined,
    });
  });

  it('names every setting at fault at once, and no value', () => {
    const broken = { ...GOOD, TIDEGATE_PORT: 'http', DATABASE_URL: 'mysql://u:hunter2@x/y', TIDEGATE_SCOPE: undefined };
    const read = () => readConfig(broken);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/TIDEGATE_PORT[^]*DATABASE_URL|DATABASE_URL[^]*TIDEGATE_PORT/);
    expect(read).toThrow(/TIDEGATE_SCOPE/);
    expect(read).not.toThrow(/hunter2/);
  });

  it.each([
    ['TIDEGATE_AUTHORITY', 'http://login.example'],
    ['TIDEGATE_TENANTS', 'contoso.com'],
    ['TIDEGATE_TENANTS', ''],
    ['TIDEGATE_AUDIENCES', ' , '],
    ['TIDEGATE_TOKEN_VERIFIER', 'none'],
    ['TIDEGATE_LICENCE_RULES', 'off'],
    ['TIDEGATE_REPLICA_ID', '../x'],
    ['TIDEGATE_NEXT_ROOT_KEY', 'tidegate-root-2'],
    ['TIDEGATE_ROOT_KEY', 'https://vault.example/keys/a/b'],
    ['TIDEGATE_SERVICE_CLIENT_ID', 'without-a-secret'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => readConfig({ ...GOOD, [name]: value })).toThrow(ConfigError);
  });

  it('does not change afterwards', () => {
    expect(() => Object.assign(readConfig(GOOD), { tenants: 'any' })).toThrow(TypeError);
  });
});
