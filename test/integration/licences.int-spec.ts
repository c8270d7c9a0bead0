import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LicencesModule } from '../../src/modules/licences/licences.module.js';
import { LicencesService } from '../../src/modules/licences/licences.service.js';
import { TenantPolicyChangesService } from '../../src/modules/tenant-policy/tenant-policy-changes.service.js';
import { PREMIUM, startTestApp, type TestApp } from '../support/app.js';
import { Given } from '../support/given.js';
import { until } from '../support/until.js';

/** Enough under the classic rules, not under the current ones. */
const E3 = {
  servicePlanId: '76846ad7-7776-4c40-a281-a386362dd1b9',
  servicePlanName: 'FLOW_O365_P2',
  skuPartNumber: 'ENTERPRISEPACK',
};
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
    replica.graph.isDown = false;
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

  it('are judged by new rules within two seconds on every replica, without a question to the directory', async () => {
    const admin = await new Given(app).caller({ isTenantAdministrator: true });
    user = { ...user, tenantId: admin.tenantId };
    app.graph.plans.set(`${admin.tenantId}/${user.id}`, [E3]);
    const replicas = [licences, replica.app.get(LicencesService)];
    for (const one of replicas) {
      expect(await one.verdictFor(user.tenantId, user)).toMatchObject({ isEligible: true, ruleSet: 'classic' });
    }
    const asked = [app.graph.asked, replica.graph.asked];
    await app.app
      .get(TenantPolicyChangesService, { strict: false })
      .change(admin, { version: 0, licenceRules: 'current' });
    for (const one of replicas) {
      await until(
        'the new rules',
        async () => (await one.verdictFor(user.tenantId, user)).ruleSet === 'current',
        2_000,
      );
      await expect(one.assertGatewayAccess(user)).rejects.toMatchObject({
        code: 'LICENCE_REQUIRED',
        details: { plan: 'Office 365 E3 (FLOW_O365_P2)', ruleSet: 'current' },
      });
    }
    expect([app.graph.asked, replica.graph.asked]).toEqual(asked);
  });

  it('of others are not waited for while the directory fails: what is known of them is taken', async () => {
    const others = [1, 2, 3].map(() => ({ ...user, tenantId: randomUUID(), id: randomUUID() }));
    const [first] = others;
    for (const one of others) {
      one.tenantId = first!.tenantId;
      app.graph.plans.set(`${one.tenantId}/${one.id}`, [PREMIUM]);
      await licences.assertGatewayAccess(one);
    }
    await app.database.query(
      `UPDATE licence_record SET "fetchedAt" = now() - interval '1 hour' WHERE "tenantId" = $1`,
      [first!.tenantId],
    );
    replica.graph.isDown = true;
    const asked = replica.graph.asked;
    for (const one of others) await replica.app.get(LicencesService).assertGatewayAccess(one);
    expect(replica.graph.asked - asked).toBe(1);
    // Of whom nothing is known the directory is asked all the same.
    replica.graph.isDown = false;
    const stranger = { ...first!, id: randomUUID() };
    replica.graph.plans.set(`${stranger.tenantId}/${stranger.id}`, [PREMIUM]);
    expect((await replica.app.get(LicencesService).assertGatewayAccess(stranger)).isEligible).toBe(true);
  });
});
