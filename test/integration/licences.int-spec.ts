import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LicencesModule } from '../../src/modules/licences/licences.module.js';
import { LicencesService } from '../../src/modules/licences/licences.service.js';
import { PREMIUM, startTestApp, type TestApp } from '../support/app.js';

const E1 = [
  {
    servicePlanId: '0f9b09cb-62d1-4ff4-9129-43f4996f83f4',
    servicePlanName: 'FLOW_O365_P1',
    skuPartNumber: 'STANDARDPACK',
  },
  {
    servicePlanId: '92f7a6f3-b89b-4bbd-8c30-809e6da5ad1c',
    servicePlanName: 'POWERAPPS_O365_P1',
    skuPartNumber: 'STANDARDPACK',
  },
];

describe('licences', () => {
  const tenantId = randomUUID();
  let app: TestApp;
  let replica: TestApp;
  let licences: LicencesService;
  let user: { tenantId: string; id: string; type: 'User' };

  beforeAll(async () => {
    app = await startTestApp({ imports: [LicencesModule] });
    replica = await startTestApp({ imports: [LicencesModule], database: app.database, vault: app.vault });
    licences = app.app.get(LicencesService);
  });
  afterAll(async () => {
    await replica.stop();
    await app.stop();
  });
  beforeEach(() => {
    user = { tenantId, id: randomUUID(), type: 'User' };
    app.graph.isDown = false;
  });
  const holds = (...plans: (typeof PREMIUM)[]) => app.graph.plans.set(`${tenantId}/${user.id}`, plans);
  const age = (interval: string) =>
    app.database.query(`UPDATE licence_record SET "fetchedAt" = now() - $2::interval WHERE "userId" = $1`, [
      user.id,
      interval,
    ]);

  it('let somebody with Power Apps Premium in and name the plan that decided', async () => {
    holds(...E1, PREMIUM);
    expect(await licences.assertGatewayAccess(user)).toEqual({
      isEligible: true,
      ruleSet: 'classic',
      plan: 'Power Apps Premium (POWERAPPS_PER_USER)',
    });
  });

  it('refuse Office 365 E1 and name it', async () => {
    holds(...E1);
    await expect(licences.assertGatewayAccess(user)).rejects.toMatchObject({
      code: 'LICENCE_REQUIRED',
      details: { plan: 'Office 365 E1 (FLOW_O365_P1, POWERAPPS_O365_P1)', ruleSet: 'classic' },
    });
  });

  it('refuse somebody without any, and somebody whom the directory does not know', async () => {
    holds();
    await expect(licences.assertGatewayAccess(user)).rejects.toMatchObject({ details: { plan: 'none' } });
    const stranger = { ...user, id: randomUUID() };
    await expect(licences.assertGatewayAccess(stranger)).rejects.toMatchObject({ code: 'LICENCE_REQUIRED' });
  });

  it('are not asked of service principals', async () => {
    const asked = app.graph.asked;
    await licences.assertGatewayAccess({ tenantId, id: randomUUID(), type: 'ServicePrincipal' });
    expect(app.graph.asked).toBe(asked);
  });

  it('are read once in five minutes, however many ask', async () => {
    holds(PREMIUM);
    const asked = app.graph.asked;
    await Promise.all([1, 2, 3, 4].map(() => licences.assertGatewayAccess(user)));
    expect(app.graph.asked).toBe(asked + 1);
    vi.useFakeTimers({ now: Date.now() + 5 * 60_000 + 1_000, toFake: ['Date'] });
    try {
      holds(...E1);
      await expect(licences.assertGatewayAccess(user)).rejects.toMatchObject({ code: 'LICENCE_REQUIRED' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('stand as last known while the directory is away: both the yes and the no', async () => {
    holds(PREMIUM);
    await licences.assertGatewayAccess(user);
    await age('23 hours');
    const other = replica.app.get(LicencesService);
    replica.graph.isDown = true;
    expect((await other.assertGatewayAccess(user)).isEligible).toBe(true);

    user = { ...user, id: randomUUID() };
    holds(...E1);
    await expect(licences.assertGatewayAccess(user)).rejects.toMatchObject({ code: 'LICENCE_REQUIRED' });
    await expect(other.assertGatewayAccess(user)).rejects.toMatchObject({ code: 'LICENCE_REQUIRED' });
  });

  it('are never allowed silently: what is older than a day is 503', async () => {
    holds(PREMIUM);
    await licences.assertGatewayAccess(user);
    await age('25 hours');
    replica.graph.isDown = true;
    await expect(replica.app.get(LicencesService).assertGatewayAccess(user)).rejects.toMatchObject({
      code: 'LICENCE_UNAVAILABLE',
      status: 503,
    });
    await expect(
      replica.app.get(LicencesService).assertGatewayAccess({ ...user, id: randomUUID() }),
    ).rejects.toMatchObject({ code: 'LICENCE_UNAVAILABLE' });
  });

  it('are asked for again ten seconds after the directory was away', async () => {
    holds(PREMIUM);
    app.graph.isDown = true;
    await expect(licences.assertGatewayAccess(user)).rejects.toMatchObject({ code: 'LICENCE_UNAVAILABLE' });
    const asked = app.graph.asked;
    await expect(licences.assertGatewayAccess(user)).rejects.toMatchObject({ code: 'LICENCE_UNAVAILABLE' });
    expect(app.graph.asked).toBe(asked);
    app.graph.isDown = false;
    vi.useFakeTimers({ now: Date.now() + 11_000, toFake: ['Date'] });
    try {
      await licences.assertGatewayAccess(user);
    } finally {
      vi.useRealTimers();
    }
  });
});
