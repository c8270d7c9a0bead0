import { afterEach, describe, expect, it, vi } from 'vitest';

const STAND_INS = {
  certificates: () => import('./certificates.js'),
  postgres: () => import('./embedded-postgres/embedded-postgres.js'),
  identity: () => import('./identity/identity-provider.js'),
  graph: () => import('./graph.js'),
  vault: () => import('./key-vault.js'),
  site: () => import('./sample-site/sample-site.js'),
  secrets: () => import('./development-secrets.js'),
};

describe('stand-ins in production', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  it.each(Object.entries(STAND_INS))('%s refuses to load', async (_name, load) => {
    vi.resetModules();
    vi.stubEnv('NODE_ENV', 'production');
    await expect(load()).rejects.toThrow('does not run with NODE_ENV=production');
  });
});
