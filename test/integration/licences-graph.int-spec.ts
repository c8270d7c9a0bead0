import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PRODUCTS, type SeedProduct } from '../../src/dev-stack/seed-data.js';
import { Directory, DirectoryUnavailable } from '../../src/modules/identity/directory.types.js';
import { GraphClient } from '../../src/modules/identity/graph-client.js';
import { GraphDirectory } from '../../src/modules/identity/graph-directory.js';
import { entrySchema } from '../../src/modules/identity/graph-answers.js';
import { LicenceReportService } from '../../src/modules/licences/licence-report.service.js';
import { LicencesModule } from '../../src/modules/licences/licences.module.js';
import { LicencesService } from '../../src/modules/licences/licences.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { CONTOSO, FABRIKAM, GraphFixture } from '../support/graph-fixture.js';
import skuData from './licence-skus.json' with { type: 'json' };

const { office365E1, powerAppsPremium, businessBasic } = PRODUCTS;

/** A licence as Graph lists it, with the decisive plans of a row of Microsoft's table. */
function productOf({ skuId, skuPartNumber, plans }: (typeof skuData.skus)[number]): SeedProduct {
  const named = Object.entries(plans).filter((plan): plan is [string, string] => plan[1] !== undefined);
  const servicePlans = named.map(([servicePlanId, servicePlanName]) => ({ servicePlanId, servicePlanName }));
  // Every licence brings plans of other products as well.
  const mail = { servicePlanId: '9aaf7827-d63c-4b61-89c3-182f06f82e5c', servicePlanName: 'EXCHANGE_S_STANDARD' };
  return { skuId, skuPartNumber, servicePlans: [mail, ...servicePlans] };
}

describe('licences read from Microsoft Graph', () => {
  let fixture: GraphFixture;
  let classic: TestApp;
  let current: TestApp;
  let directory: GraphDirectory;

  beforeAll(async () => {
    fixture = await GraphFixture.start();
    directory = new GraphDirectory(fixture.config);
    const options = {
      imports: [LicencesModule],
      override: (builder: Parameters<NonNullable<Parameters<typeof startTestApp>[0]>['override'] & {}>[0]) =>
        builder.overrideProvider(Directory).useValue(directory),
    };
    classic = await startTestApp(options);
    current = await startTestApp({
      ...options,
      environment: { TIDEGATE_LICENCE_RULES: 'current' },
      database: classic.database,
      vault: classic.vault,
    });
  });
  afterEach(() => {
    fixture.graph.heal();
    fixture.graph.maxPage = 100;
  });
  afterAll(async () => {
    await current.stop();
    await classic.stop();
    await fixture.stop();
  });

  const verdict = (app: TestApp, id: string) =>
    app.app.get(LicencesService).verdictFor(CONTOSO, { id, type: 'User' as const });

  it('give each of the 166 licences its verdict, under either rule set', async () => {
    expect(skuData.skus).toHaveLength(166);
    const users = skuData.skus.map((sku) => ({ id: fixture.user([productOf(sku)]), upn: undefined, displayName: '' }));
    for (const [rules, app] of [['classic', classic] as const, ['current', current] as const]) {
      const verdicts = await app.app.get(LicenceReportService).verdictsOf(CONTOSO, users);
      const told = verdicts.map(({ ruleSet, isEligible }, at) => [
        skuData.skus[at]?.skuPartNumber,
        ruleSet,
        isEligible,
      ]);
      expect(told).toEqual(skuData.skus.map((sku) => [sku.skuPartNumber, rules, sku[rules]]));
    }
    // Neither rule set nor replica costs a further question.
    expect(fixture.graph.requests).toBe(166);
  });

  it('refuse somebody of whom Graph lists no licence, and somebody it does not know', async () => {
    expect(await verdict(classic, fixture.user())).toMatchObject({ isEligible: false, plan: 'none' });
    expect(await verdict(classic, randomUUID())).toMatchObject({ isEligible: false, plan: 'none' });
  });

  it('are read to the last page', async () => {
    fixture.graph.maxPage = 1;
    const before = fixture.graph.requests;
    const id = fixture.user([office365E1, businessBasic, powerAppsPremium]);
    expect(await verdict(classic, id)).toMatchObject({ isEligible: true, plan: expect.stringContaining('Premium') });
    expect(fixture.graph.requests - before).toBe(3);
  });

  it('do not count while a plan is switched off', async () => {
    const [, plan] = powerAppsPremium.servicePlans;
    const off = { ...powerAppsPremium, servicePlans: [{ ...plan, provisioningStatus: 'Disabled' }] };
    expect(await verdict(classic, fixture.user([off]))).toMatchObject({ isEligible: false, plan: 'none' });
  });

  it('are asked for again after the short pause that Graph asks for', async () => {
    const id = fixture.user([powerAppsPremium]);
    fixture.graph.failWith(429, { retryAfter: 1, times: 1 });
    const [before, started] = [fixture.graph.requests, performance.now()];
    expect((await verdict(classic, id)).isEligible).toBe(true);
    expect(fixture.graph.requests - before).toBe(2);
    expect(performance.now() - started).toBeGreaterThan(990);
  });

  it('are not asked for during a long pause, which is passed on; other tenants are asked', async () => {
    fixture.graph.failWith(429, { retryAfter: 60, times: 1 });
    const before = fixture.graph.requests;
    const refused = await verdict(classic, fixture.user([powerAppsPremium])).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'LICENCE_UNAVAILABLE', status: 503, retryAfterSeconds: 60 });
    const another = fixture.user([powerAppsPremium]);
    await expect(verdict(classic, another)).rejects.toMatchObject({ code: 'LICENCE_UNAVAILABLE' });
    expect(fixture.graph.requests - before).toBe(1);
    expect(await directory.findPlans(FABRIKAM, randomUUID())).toBeNull();
    expect(fixture.graph.requests - before).toBe(2);
    vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] });
    try {
      expect((await verdict(classic, another)).isEligible).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are given up when Graph is slow', async () => {
    fixture.graph.delayMs = 2_000;
    const ask = new GraphClient(fixture.config, 300).within(FABRIKAM);
    const started = performance.now();
    await expect(ask(`/v1.0/users/${randomUUID()}`, entrySchema)).rejects.toThrow(DirectoryUnavailable);
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('carry the token to no other place, whatever a next link says', () => {
    const client = new GraphClient(fixture.config);
    expect(client.pathOf(`${fixture.graph.url}/v1.0/users?$skiptoken=1`)).toBe('/v1.0/users?$skiptoken=1');
    expect(() => client.pathOf('https://graph.elsewhere.example/v1.0/users')).toThrow(DirectoryUnavailable);
  });

  describe('who people are, and in which groups', () => {
    it('is told with nested groups, page by page', async () => {
      fixture.graph.maxPage = 2;
      const people = [1, 2, 3].map(() => fixture.user());
      const inner = fixture.group(people);
      const outer = fixture.group([inner, fixture.user()]);
      const [first = ''] = people;
      expect(new Set(await directory.findGroupIds(CONTOSO, { id: first, type: 'User' }))).toEqual(
        new Set([inner, outer]),
      );
      const before = fixture.graph.requests;
      expect(await directory.findGroupMembers(CONTOSO, outer, 10)).toHaveLength(4);
      expect(fixture.graph.requests - before).toBe(2);
      expect(await directory.findGroupMembers(CONTOSO, outer, 3)).toHaveLength(3);
      expect(await directory.findGroupMembers(CONTOSO, randomUUID(), 3)).toBeNull();
      expect(await directory.findGroupIds(CONTOSO, { id: randomUUID(), type: 'ServicePrincipal' })).toBeNull();
      expect(await directory.findGroupIds(FABRIKAM, { id: first, type: 'User' })).toBeNull();
    });

    it('is found by id and type, and people by name', async () => {
      const id = fixture.user();
      const group = fixture.group([id]);
      const person = await directory.findPrincipal(CONTOSO, id, 'User');
      expect(person).toMatchObject({ id, upn: expect.stringContaining('@contoso.example'), isEnabled: true });
      expect(await directory.findPrincipal(CONTOSO, group, 'Group')).toMatchObject({ id: group, isEnabled: true });
      expect(await directory.findPrincipal(CONTOSO, group, 'User')).toBeNull();
      expect(await directory.findPrincipal(FABRIKAM, group, 'Group')).toBeNull();
      expect(await directory.findUserByName(CONTOSO, person?.upn?.toUpperCase() ?? '')).toMatchObject({ id });
      expect(await directory.findUserByName(CONTOSO, 'nobody@contoso.example')).toBeNull();
      expect(await directory.findUserByName(CONTOSO, '..')).toBeNull();
    });

    it('says who is disabled and who is gone', async () => {
      const [active, disabled, gone] = [fixture.user(), fixture.user(), fixture.user()];
      const group = fixture.group([active, gone]);
      fixture.graph.setState(disabled, 'Disabled');
      fixture.graph.setState(gone, 'Gone');
      expect(await directory.findStates(CONTOSO, [active, disabled, gone, group])).toEqual(
        new Map([
          [active, 'Active'],
          [disabled, 'Disabled'],
          [group, 'Active'],
        ]),
      );
      expect(await directory.findPrincipal(CONTOSO, disabled, 'User')).toMatchObject({ isEnabled: false });
      expect((await directory.findGroupMembers(CONTOSO, group, 9))?.map(({ id }) => id)).toEqual([active]);
    });
  });
});
