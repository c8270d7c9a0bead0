import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPortalFiles, type PortalFile } from '../../src/modules/portal/portal-files.js';
import { PortalController } from '../../src/modules/portal/portal.controller.js';
import { PortalModule } from '../../src/modules/portal/portal.module.js';
import { startTestApp, type TestApp } from '../support/app.js';

const SCRIPT = 'export const answer = 42;'.repeat(100);

describe('the portal’s files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidegate-portal-'));
  let app: TestApp;
  beforeAll(async () => {
    mkdirSync(join(folder, 'portal', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.json'), '{}');
    writeFileSync(join(folder, 'portal', 'index.html'), '<!doctype html><title>first page</title>');
    writeFileSync(join(folder, 'portal', 'assets', 'main-1a2b.js'), SCRIPT);
    writeFileSync(join(folder, 'portal', 'assets', 'main-1a2b.js.br'), brotliCompressSync(SCRIPT));
    app = await startTestApp({ imports: [PortalModule] });
    // Those beside the sources: there are none before the portal is built.
    const controller = app.app.get(PortalController);
    (controller as unknown as { files: ReadonlyMap<string, PortalFile> }).files = await readPortalFiles(
      join(folder, 'portal'),
    );
  });
  afterAll(async () => {
    await app.stop();
    rmSync(folder, { recursive: true });
  });

  it('tells where to sign in, and nothing secret', async () => {
    const { body } = await request(app.url).get('/portal/config.json').expect(200);
    expect(Object.keys(body).sort()).toEqual(['authority', 'clientId', 'scope', 'tenants', 'version']);
  });

  it('sends visitors of the bare address to the portal', async () => {
    const { headers } = await request(app.url).get('/').expect(302);
    expect(headers['location']).toBe('/portal');
  });

  it.each(['/portal', '/portal/', '/portal/gateways/7?tab=people', '/portal/a%20b/%E2%80%AE'])(
    'gives the first page at %s, which may do nothing but speak to its service and to the directory',
    async (path) => {
      const { headers, text } = await request(app.url).get(path).expect(200);
      expect(text).toContain('first page');
      const policy = Object.fromEntries(
        String(headers['content-security-policy'])
          .split('; ')
          .map((rule) => [rule.slice(0, rule.indexOf(' ')), rule.slice(rule.indexOf(' ') + 1)]),
      );
      expect(policy).toEqual({
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': "'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
        'img-src': "'self' data:",
        'font-src': "'self'",
        'connect-src': "'self' https://login.test.example",
        'manifest-src': "'self'",
        'base-uri': "'none'",
        'form-action': "'self' https://login.test.example",
        'frame-ancestors': "'none'",
      });
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin-allow-popups',
        'cache-control': 'no-cache',
      });
    },
  );

  it('gives files that are kept for ever, compressed to whoever takes that', async () => {
    const get = (encoding: string) =>
      request(app.url).get('/portal/assets/main-1a2b.js').set('accept-encoding', encoding).buffer(true).expect(200);
    const plain = await get('identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    });
    expect((await get('gzip, br')).headers['content-encoding']).toBe('br');
    expect((await get('gzip, br;q=0')).headers['content-encoding']).toBeUndefined();
  });

  it.each([
    '/portal/assets/none.js',
    '/portal/assets/main-1a2b.js.br',
    '/portal/none.css',
    '/portal/..%2fsecret.json',
    '/portal/%2e%2e/secret.json',
    '/portal/assets/..%5c..%5csecret.json',
  ])('has nothing at %s', async (path) => {
    expect((await fetch(app.url + path)).status).toBe(404);
  });
});
