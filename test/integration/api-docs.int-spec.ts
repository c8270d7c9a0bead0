import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiDocsModule } from '../../src/modules/api-docs/api-docs.module.js';
import { startTestApp, type TestApp } from '../support/app.js';

const ROOT = join(import.meta.dirname, '../..');

describe('the description of the API', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ imports: [ApiDocsModule] });
  });
  afterAll(() => app.stop());

  it('is the document that the repository holds, open to everybody', async () => {
    const answer = await request(app.url).get('/openapi.json').expect(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.text).toBe(readFileSync(join(ROOT, 'docs/openapi/tidegate.json'), 'utf8'));
  });

  it('is a page that loads everything from here, with nothing in it that a browser would have to trust', async () => {
    const { text, headers } = await request(app.url).get('/docs').expect(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).not.toMatch(/<style|\son\w+=|\sstyle=|<script(?![^>]*\ssrc=)/);
    const parts = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, place = '']) => place);
    expect(parts).toHaveLength(4);
    for (const part of parts) {
      expect(part).toMatch(/^\/docs\//);
      const file = await request(app.url).get(part).expect(200);
      expect(file.headers['content-type']).toMatch(/^(text\/(javascript|css); charset=utf-8|image\/png)$/);
      expect(Number(file.headers['content-length'] ?? file.text?.length ?? file.body.length)).toBeGreaterThan(100);
    }
  });

  it('relaxes the policy of the page alone, and takes no inline script', async () => {
    const page = await request(app.url).get('/docs').expect(200);
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    for (const path of ['/openapi.json', '/docs/start.js', '/docs/nothing']) {
      const { headers } = await request(app.url).get(path);
      expect(headers['content-security-policy'], path).toBe("default-src 'none'; frame-ancestors 'none'");
    }
  });

  it.each(['package.json', '..%2Fpackage.json', 'swagger-ui-bundle.js.map', 'index.html'])(
    'has no other file of the package: %s',
    async (name) => {
      const { body } = await request(app.url).get(`/docs/${name}`).expect(404);
      expect(body).toMatchObject({ errorCode: 'EntityNotFound', moreDetails: [{ errorCode: 'ROUTE_NOT_FOUND' }] });
    },
  );

  it('can be switched off', async () => {
    const quiet = await startTestApp({
      imports: [ApiDocsModule],
      environment: { TIDEGATE_DOCS: 'off' },
      database: app.database,
      vault: app.vault,
    });
    for (const path of ['/docs', '/docs/start.js', '/openapi.json']) await request(quiet.url).get(path).expect(404);
    await quiet.stop();
  });
});
