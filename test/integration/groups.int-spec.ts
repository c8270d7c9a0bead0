import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GroupsService } from '../../src/modules/identity/groups.service.js';
import { PrincipalsService } from '../../src/modules/identity/principals.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';

describe('directory groups', () => {
  let app: TestApp;
  let replica: TestApp;
  let tenantId: string;
  let user: { tenantId: string; id: string; type: 'User' };
  let group: string;

  beforeAll(async () => {
    app = await startTestApp();
    replica = await startTestApp({ database: app.database, vault: app.vault });
  });
  afterAll(async () => {
    await replica.stop();
    await app.stop();
  });
  beforeEach(() => {
    tenantId = randomUUID();
    user = { tenantId, id: randomUUID(), type: 'User' };
    group = randomUUID();
    for (const { graph } of [app, replica]) {
      graph.isDown = false;
      graph.groups.set(`${tenantId}/${group}`, [user.id]);
    }
  });
  const holders = (at: TestApp = app, who = user) => at.app.get(GroupsService).holdersOf(who);
  /** What happens before a role is given to the group. */
  const name = (id = group) => app.app.get(PrincipalsService).resolve(tenantId, id, 'Group');
  const ids = async (at: TestApp = app) => (await holders(at)).ids;
  const later = async (ms: number, what: () => Promise<void>) => {
    vi.useFakeTimers({ now: Date.now() + ms, toFake: ['Date'] });
    try {
      await what();
    } finally {
      vi.useRealTimers();
    }
  };
  const age = (interval: string) =>
    app.database.query(`UPDATE membership_record SET "fetchedAt" = now() - $2::interval WHERE "principalId" = $1`, [
      user.id,
      interval,
    ]);

  it('are not asked for while nothing was ever granted to one', async () => {
    const asked = app.graph.askedGroups;
    expect(await holders()).toEqual({ ids: [user.id], isComplete: true });
    expect(app.graph.askedGroups).toBe(asked);
  });

  it('count on every replica as soon as they are named, nested ones too, and only those that are', async () => {
    const outer = randomUUID();
    app.graph.groups.set(`${tenantId}/${outer}`, [group]).set(`${tenantId}/${randomUUID()}`, [user.id]);
    expect([await ids(), await ids(replica)]).toEqual([[user.id], [user.id]]);
    const named: string[] = [];
    for (const next of [group, outer]) {
      await name(next);
      named.push(next);
      for (const at of [app, replica]) {
        await until('the group to count', async () => (await ids(at)).includes(next), 2_000);
        const { ids: found, isComplete } = await holders(at);
        expect([found[0], new Set(found), isComplete]).toEqual([user.id, new Set([user.id, ...named]), true]);
      }
    }
  });

  it('are asked for once in five minutes by all callers and replicas together', async () => {
    await name();
    const asked = app.graph.askedGroups;
    await Promise.all([1, 2, 3, 4].map(() => holders()));
    expect(await ids(replica)).toEqual([user.id, group]);
    expect([app.graph.askedGroups - asked, replica.graph.askedGroups]).toEqual([1, 0]);
  });

  it('are incomplete where nothing is known and the directory is away, which is asked again after ten seconds', async () => {
    await name();
    app.graph.isDown = true;
    const asked = app.graph.askedGroups;
    // Word of the group may come after the first question and cause one more; then the directory is left alone.
    for (let n = 0; n < 10; n += 1) expect(await holders()).toEqual({ ids: [user.id], isComplete: false });
    expect(app.graph.askedGroups - asked).toBeGreaterThan(0);
    expect(app.graph.askedGroups - asked).toBeLessThanOrEqual(2);
    app.graph.isDown = false;
    await later(11_000, async () => expect(await holders()).toEqual({ ids: [user.id, group], isComplete: true }));
  });

  it('stand as last known for a day while the directory is away, and no longer', async () => {
    await name();
    await holders();
    replica.graph.isDown = true;
    await age('23 hours');
    expect(await holders(replica)).toEqual({ ids: [user.id, group], isComplete: true });
    await age('25 hours');
    await later(11_000, async () => expect(await holders(replica)).toEqual({ ids: [user.id], isComplete: false }));
  });

  it('of another tenant count for nobody', async () => {
    await name();
    const foreign = { ...user, tenantId: randomUUID() };
    expect((await holders(app, foreign)).ids).toEqual([user.id]);
    await expect(app.app.get(PrincipalsService).resolve(foreign.tenantId, group, 'Group')).rejects.toMatchObject({
      code: 'PRINCIPAL_UNKNOWN',
    });
  });

  describe('and people', () => {
    const know = (id: string, upn?: string) =>
      app.graph.entries.set(`${tenantId}/${id}`, { id, displayName: `name of ${id}`, upn, appId: undefined });

    it('are found by id or name, in the table first', async () => {
      const principals = app.app.get(PrincipalsService);
      know(user.id, 'Kim@contoso.example');
      const found = await principals.findByIdOrUpn(tenantId, 'kim@CONTOSO.example');
      expect(found).toMatchObject({ id: user.id, type: 'User', state: 'Active', checkedAt: expect.any(Date) });
      app.graph.isDown = true;
      expect(await principals.findByIdOrUpn(tenantId, 'KIM@contoso.example')).toEqual(found);
      expect(await principals.findByIdOrUpn(tenantId, user.id.toUpperCase())).toEqual(found);
      await expect(principals.findByIdOrUpn(tenantId, 'lee@contoso.example')).rejects.toMatchObject({
        code: 'IDENTITY_UNAVAILABLE',
      });
      app.graph.isDown = false;
      expect(await principals.findByIdOrUpn(tenantId, 'lee@contoso.example')).toBeNull();
      expect(await principals.findByIdOrUpn(randomUUID(), user.id)).toBeNull();
    });

    it('who are disabled or gone are noted, a thousand a question', async () => {
      const principals = app.app.get(PrincipalsService);
      const [disabled, gone] = [randomUUID(), randomUUID()];
      for (const id of [user.id, disabled, gone]) {
        know(id);
        await principals.resolve(tenantId, id, 'User');
      }
      app.graph.states.set(`${tenantId}/${disabled}`, 'Disabled').set(`${tenantId}/${gone}`, 'Gone');
      const others = Array.from({ length: 1_000 }, () => randomUUID());
      const states = await principals.refreshStates(tenantId, [user.id, disabled, gone, ...others]);
      expect([user.id, disabled, gone].map((id) => states.get(id))).toEqual(['Active', 'Disabled', 'Gone']);
      expect(app.graph.askedStates.splice(0)).toEqual([1_000, 3]);
      const named = await principals.named(tenantId, [user.id, disabled, gone, randomUUID()]);
      expect(new Map([...named].map(([id, { state }]) => [id, state]))).toEqual(
        new Map([
          [user.id, 'Active'],
          [disabled, 'Disabled'],
          [gone, 'Gone'],
        ]),
      );
      // Nobody who is gone is given a role; who came back is.
      await expect(principals.resolve(tenantId, gone, 'User')).rejects.toMatchObject({ code: 'PRINCIPAL_UNKNOWN' });
      app.graph.states.delete(`${tenantId}/${gone}`);
      expect(await principals.resolve(tenantId, gone, 'User')).toMatchObject({ state: 'Active' });
    });

    it('of a group are listed with those of nested groups, and asked for once in five minutes', async () => {
      const principals = app.app.get(PrincipalsService);
      const outer = randomUUID();
      const [first, second] = [randomUUID(), randomUUID()];
      app.graph.groups.set(`${tenantId}/${outer}`, [group, first, second]);
      const asked = app.graph.askedMembers;
      const people = await principals.groupMembers(tenantId, outer, 10);
      expect(new Set(people.map(({ id }) => id))).toEqual(new Set([user.id, first, second]));
      expect(await principals.groupMembers(tenantId, outer, 10)).toBe(people);
      expect(app.graph.askedMembers - asked).toBe(1);
      expect(await principals.groupMembers(tenantId, outer, 2)).toHaveLength(2);
      expect(await principals.groupMembers(tenantId, randomUUID(), 2)).toEqual([]);
    });
  });
});
