import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { E2eStack, TEST_DIST, type Answer } from '../support/e2e-stack.js';
import { until } from '../support/until.js';

interface Sku {
  readonly skuPartNumber: string;
  readonly skuId: string;
  readonly plans: Readonly<Record<string, string>>;
  readonly classic: boolean;
  readonly current: boolean;
}

const { skus } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../integration/licence-skus.json'), 'utf8')) as {
  readonly skus: readonly Sku[];
};

/** A change anywhere must hold at every replica after this. */
const EFFECT_MS = 2_000;

describe('the rules on a running stack', () => {
  let stack: E2eStack;
  let second: string;
  let contoso: string;
  beforeAll(async () => {
    stack = await E2eStack.start();
    second = (await stack.stack.addReplica()).baseUrl;
    contoso = stack.description.oidc['contoso']?.tenantId ?? '';
  });
  afterAll(() => stack?.stop());

  const gateway = () => stack.description.gateways['contoso.hq']?.id ?? '';
  const idOf = (user: string) => stack.description.users[user]?.objectId ?? '';
  const roles = () => `/v1/gateways/${gateway()}/roleAssignments`;
  /** As the administrator, waiting as long as a busy service asks for. */
  const patiently = async (method: string, path: string, json?: unknown): Promise<Answer> => {
    for (;;) {
      const answer = await stack.ask('contoso.admin', method, path, json === undefined ? {} : { json });
      if (answer.status !== 429) return answer;
      await sleep(Number(answer.headers.get('retry-after')) * 1_000);
    }
  };
  const setPolicy = async (change: Record<string, unknown>): Promise<Answer> => {
    const { version } = (await patiently('GET', '/v1/tenantPolicy')).body as { version: number };
    return patiently('PATCH', '/v1/tenantPolicy', { version, ...change });
  };
  const readAt = (baseUrl: string, user = 'contoso.maker') =>
    stack.ask(user, 'GET', stack.items(stack.sample.table, '?$top=1'), { baseUrl });
  /** Reads at the other replica until the answer is the one expected. @returns milliseconds it took */
  const holdsAtTheOther = async (status: number, code?: string): Promise<number> => {
    const startedAt = performance.now();
    await until(`the other replica answers ${status}`, async () => {
      const answer = await readAt(second);
      return answer.status === status && (code === undefined || (answer.body as { code?: string }).code === code);
    });
    return performance.now() - startedAt;
  };

  describe('co-administration', () => {
    it('is the installer’s by default, who gives it on; whoever has it can do what the installer can', async () => {
      const coadmin = { principal: { id: idOf('contoso.coadmin'), type: 'User' }, role: 'Admin' };
      expect(
        (await stack.ask('contoso.coadmin', 'PATCH', `/v1/gateways/${gateway()}`, { json: { displayName: 'x' } }))
          .status,
      ).toBe(403);
      const given = await stack.ask('contoso.admin', 'POST', roles(), { json: coadmin });
      expect(given.status).toBe(201);
      expect(given.headers.get('location')).toBe(`${stack.description.baseUrl}${roles()}/${idOf('contoso.coadmin')}`);

      const rename = await stack.ask('contoso.coadmin', 'PATCH', `/v1/gateways/${gateway()}`, {
        json: { displayName: 'Headquarters' },
      });
      expect(rename).toMatchObject({ status: 200, body: { displayName: 'Headquarters' } });
      const outsider = { principal: { id: idOf('contoso.outsider'), type: 'User' }, role: 'ConnectionCreator' };
      expect((await stack.ask('contoso.coadmin', 'POST', roles(), { json: outsider })).status).toBe(201);
      expect((await stack.ask('contoso.coadmin', 'DELETE', `${roles()}/${outsider.principal.id}`)).status).toBe(200);
      const warehouse = `/v1/connections/${stack.connection('contoso.warehouse')}`;
      expect((await stack.ask('contoso.coadmin', 'GET', warehouse)).status).toBe(200);
    });

    it('survives the one who leaves, and never ends with the last', async () => {
      const own = `${roles()}/${idOf('contoso.coadmin')}`;
      expect((await stack.ask('contoso.coadmin', 'DELETE', `${roles()}/${idOf('contoso.admin')}`)).status).toBe(200);
      const last = await stack.ask('contoso.coadmin', 'DELETE', own);
      expect(last).toMatchObject({ status: 409, body: { errorCode: 'LAST_ADMINISTRATOR' } });
      const demotion = await stack.ask('contoso.coadmin', 'PATCH', own, { json: { role: 'ConnectionCreator' } });
      expect(demotion).toMatchObject({ status: 409, body: { errorCode: 'LAST_ADMINISTRATOR' } });
      const back = { principal: { id: idOf('contoso.admin'), type: 'User' }, role: 'Admin' };
      expect((await stack.ask('contoso.coadmin', 'POST', roles(), { json: back })).status).toBe(201);
    });

    it('can be a group’s, nested ones included', async () => {
      // The night shift, with Eli in it, is a group within this one.
      const operators = {
        principal: { id: '2b7d6a31-6c1f-4e0b-8a57-93c1d2f4e7a6', type: 'Group' },
        role: 'ConnectionCreator',
      };
      expect((await stack.ask('contoso.e1', 'GET', `/v1/gateways/${gateway()}`)).status).toBe(403);
      expect((await stack.ask('contoso.admin', 'POST', roles(), { json: operators })).status).toBe(201);
      await until('the nested group’s member sees the gateway', async () => {
        return (await stack.ask('contoso.e1', 'GET', `/v1/gateways/${gateway()}`)).status === 200;
      });
      expect((await stack.ask('contoso.admin', 'DELETE', `${roles()}/${operators.principal.id}`)).status).toBe(200);
      expect((await stack.ask('contoso.e1', 'GET', `/v1/gateways/${gateway()}`)).status).toBe(403);
    });
  });

  it(
    `says of all ${skus.length} licences one by one what it must, under both rule sets`,
    { timeout: 120_000 },
    async () => {
      expect(skus).toHaveLength(166);
      const people = skus.map(({ skuId, skuPartNumber, plans }) => {
        const id = randomUUID();
        const { graph } = stack.stack.cloud;
        graph.add({
          kind: 'user',
          tenantId: contoso,
          id,
          displayName: skuPartNumber,
          userPrincipalName: `${id}@contoso.example`,
        });
        const servicePlans = Object.entries(plans).map(([servicePlanId, servicePlanName]) => ({
          servicePlanId,
          servicePlanName,
        }));
        graph.setProducts(id, [{ skuId, skuPartNumber, servicePlans }]);
        return id;
      });
      expect((await setPolicy({ licenceRules: 'classic' })).status).toBe(200);
      const wrong: string[] = [];
      for (const [number, sku] of skus.entries()) {
        const { status, body } = await patiently('GET', `/v1/licences/users/${people[number] ?? ''}`);
        const verdict = body as { isEligible: boolean; ruleSet: string };
        if (status !== 200 || verdict.isEligible !== sku.classic || verdict.ruleSet !== 'classic') {
          wrong.push(sku.skuPartNumber);
        }
      }
      expect(wrong).toEqual([]);

      expect((await setPolicy({ licenceRules: 'current' })).status).toBe(200);
      const reported = new Map<string, boolean>();
      let path: string | undefined = '/v1/licences/report';
      while (path !== undefined) {
        const answer = await patiently('GET', path);
        const page = answer.body as {
          value: { user: { id: string }; isEligible: boolean }[];
          continuationUri?: string;
        };
        expect(answer.status).toBe(200);
        for (const { user, isEligible } of page.value) reported.set(user.id, isEligible);
        path = page.continuationUri?.replace(stack.description.baseUrl, '');
      }
      const differing = skus.filter((sku, number) => reported.get(people[number] ?? '') !== sku.current);
      expect(differing.map(({ skuPartNumber }) => skuPartNumber)).toEqual([]);
      expect((await setPolicy({ licenceRules: null })).status).toBe(200);
    },
  );

  describe('a change holds at every replica within two seconds', () => {
    it('of a role', async () => {
      const path = `/v1/connections/${stack.connection('contoso.warehouse')}/roleAssignments`;
      await holdsAtTheOther(200);
      expect((await patiently('DELETE', `${path}/${idOf('contoso.maker')}`)).status).toBe(200);
      expect(await holdsAtTheOther(403, 'ROLE_MISSING')).toBeLessThan(EFFECT_MS);
      const user = { principal: { id: idOf('contoso.maker'), type: 'User' }, role: 'User' };
      expect((await patiently('POST', path, user)).status).toBe(201);
      expect(await holdsAtTheOther(200)).toBeLessThan(EFFECT_MS);
    });

    it('of the policy', async () => {
      expect((await setPolicy({ allowedKinds: ['http'] })).status).toBe(200);
      expect(await holdsAtTheOther(403, 'KIND_FORBIDDEN')).toBeLessThan(EFFECT_MS);
      expect((await setPolicy({ allowedKinds: null })).status).toBe(200);
      expect(await holdsAtTheOther(200)).toBeLessThan(EFFECT_MS);
    });

    it('of a licence, once an administrator has it looked up again', async () => {
      const { graph } = stack.stack.cloud;
      const maker = idOf('contoso.maker');
      const lookUp = () => patiently('POST', `/v1/licences/users/${maker}/refresh`);
      graph.setProducts(maker, []);
      expect(await lookUp()).toMatchObject({ status: 200, body: { isEligible: false, plan: 'none' } });
      expect(await holdsAtTheOther(403, 'LICENCE_REQUIRED')).toBeLessThan(EFFECT_MS);
      const [servicePlanId, servicePlanName] = ['375cd0ad-c407-49fd-866a-0bff4f8a9a4d', 'POWER_AUTOMATE_ATTENDED_RPA'];
      const product = {
        skuId: randomUUID(),
        skuPartNumber: 'POWERAUTOMATE_ATTENDED_RPA',
        servicePlans: [{ servicePlanId, servicePlanName }],
      };
      graph.setProducts(maker, [product]);
      expect(await lookUp()).toMatchObject({ status: 200, body: { isEligible: true } });
      expect(await holdsAtTheOther(200)).toBeLessThan(EFFECT_MS);
    });
  });

  it('explains in one question why a maker cannot', async () => {
    const answer = await stack.ask('contoso.e1', 'POST', '/v1/explain', {
      json: {
        user: idOf('contoso.e1'),
        connectionId: stack.connection('contoso.warehouse'),
        environmentId: stack.environment('contoso.us'),
        operation: 'listItems',
      },
    });
    expect(answer).toMatchObject({ status: 200, body: { isAllowed: false, decidedBy: 'licence' } });
    const { rules } = answer.body as { rules: { rule: string; verdict: string }[] };
    expect(rules.filter(({ verdict }) => verdict === 'refused').map(({ rule }) => rule)).toEqual(['licence', 'region']);
  });

  it('keeps a record of all this that anybody can check, and that shows what was changed in it', async () => {
    const exported = await stack.fetch('contoso.admin', 'GET', '/v1/audit/export');
    const text = await exported.text();
    const file = join(stack.folder, 'audit.ndjson');
    writeFileSync(file, text);
    const verify = async (path: string) => {
      const command = promisify(execFile)(process.execPath, [join(TEST_DIST, 'cli/main.js'), 'audit', 'verify', path]);
      return command.then(
        ({ stdout }) => ({ code: 0, stdout }),
        (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
      );
    };
    expect(await verify(file)).toMatchObject({ code: 0 });
    for (const action of ['gateway-role.assigned', 'gateway-role.revoked', 'tenant-policy.changed']) {
      expect(text).toContain(action);
    }
    const damaged = join(stack.folder, 'damaged.ndjson');
    writeFileSync(damaged, text.replace('gateway-role.revoked', 'gateway-role.assigned'));
    expect(await verify(damaged)).toMatchObject({ code: 1 });
    const report = await patiently('POST', '/v1/audit/verifications');
    expect(report).toMatchObject({ status: 200, body: { isIntact: true } });
  });
});
