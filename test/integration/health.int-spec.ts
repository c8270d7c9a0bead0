import { Module } from '@nestjs/common';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HealthController } from '../../src/modules/health/health.controller.js';
import { HealthService } from '../../src/modules/health/health.service.js';
import { RelayBroker } from '../../src/relay-broker/relay-broker.js';
import { RelayProvisioner } from '../../src/relay-broker/relay-provisioner.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';

const relay = { isReady: true };

@Module({
  controllers: [HealthController],
  providers: [
    HealthService,
    { provide: RelayBroker, useValue: { isReady: () => relay.isReady } },
    {
      provide: RelayProvisioner,
      useValue: { servedRegions: () => ['westeurope', 'northeurope'], namespaceFor: () => 'europe-1' },
    },
  ],
})
class HealthUnderTest {}

describe('health', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ imports: [HealthUnderTest] });
  });
  afterAll(() => app.stop());

  it('is told to everybody', async () => {
    const { body } = await request(app.url).get('/health').expect(200);
    expect(body).toEqual({ status: 'ok', database: 'ok', relay: { 'europe-1': 'ok' } });
  });

  it('is degraded without a relay: management goes on', async () => {
    relay.isReady = false;
    const { body } = await request(app.url).get('/health').expect(200);
    expect(body).toMatchObject({ status: 'degraded', relay: { 'europe-1': 'unreachable' } });
    relay.isReady = true;
  });

  it('is 503 without a database, and 200 when it is back', async () => {
    await app.database.cut();
    const ask = () => request(app.url).get('/health');
    const down = await until('health notices', async () => {
      const response = await ask();
      return response.status === 503 && response;
    });
    expect(down.body).toMatchObject({ status: 'degraded', database: 'unreachable' });
    await app.database.restore();
    await until('health recovers', async () => (await ask()).status === 200);
  });
});
