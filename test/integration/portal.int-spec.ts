import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PortalModule } from '../../src/modules/portal/portal.module.js';
import { startTestApp, type TestApp } from '../support/app.js';

describe('the portal’s files', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ imports: [PortalModule] });
  });
  afterAll(() => app.stop());

  it('tells where to sign in, and nothing secret', async () => {
    const { body } = await request(app.url).get('/portal/config.json').expect(200);
    expect(Object.keys(body).sort()).toEqual(['authority', 'clientId', 'scope', 'tenants', 'version']);
  });

  it('sends visitors of the bare address to the portal', async () => {
    const { headers } = await request(app.url).get('/').expect(302);
    expect(headers['location']).toBe('/portal');
  });
});
