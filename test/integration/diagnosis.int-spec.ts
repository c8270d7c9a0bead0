import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberConnectionsSchema, type DiagnosisReport } from '../../src/contract/diagnosis.js';
import { directiveSchema } from '../../src/contract/directive.js';
import { LOG_TAIL_BATCH, LOG_TAIL_LINE } from '../../src/contract/log-tail.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { ConnectionsModule } from '../../src/modules/connections/connections.module.js';
import { DiagnosisSweepService } from '../../src/modules/diagnosis/diagnosis-sweep.service.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { heartbeat } from '../support/test-member.js';

const REPORT: DiagnosisReport = {
  agentVersion: '3000.342.1',
  startedAt: '2026-11-24T08:00:00.000Z',
  finishedAt: '2026-11-24T08:00:02.000Z',
  verdict: 'fail',
  findings: [
    { check: 'source', subject: 'orders', verdict: 'fail', seen: 'it does not answer', remedy: 'Start it.' },
    { check: 'clock', verdict: 'ok', seen: 'agrees', latencyMs: 1 },
  ],
};

describe('a look at a member from afar', () => {
  const { module } = recordingRelay();
  let app: TestApp;
  let given: Given;
  beforeAll(async () => {
    app = await startTestApp({
      imports: [AgentApiModule, ConnectionsModule, ManagementApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    given = new Given(app);
  });
  afterAll(() => app.stop());

  type Method = 'get' | 'post' | 'put' | 'delete';
  const http = (method: Method, path: string, authorization: string, body?: object) =>
    request(app.url)[method](path).set('authorization', authorization).send(body);
  const ask = (by: GivenCaller, method: Method, { id, memberId }: GivenGateway, what: string, body?: object) =>
    http(method, `/v1/gateways/${id}/members/${memberId}/${what}`, by.authorization, body);
  const agent = (token: string, method: Method, path: string, body?: object) =>
    http(method, `/agent/v1/${path}`, `Bearer ${token}`, body);
  const actions = async (gateway: GivenGateway) => {
    const rows = await app.database.query<{ action: string }>(
      `SELECT action FROM audit_entry WHERE "gatewayId" = $1 AND action ~ '^(diagnosis|log-tail|connection.read)' ORDER BY seq`,
      [gateway.id],
    );
    return rows.map(({ action }) => action);
  };

  /** A gateway whose member announces what it can show, with a token. */
  const capable = async (): Promise<GivenGateway & { token: string }> => {
    const gateway = await given.gateway();
    const { body } = await request(app.url)
      .post('/agent/v1/tokens')
      .send(await gateway.member.tokenRequest(gateway.memberId))
      .expect(200);
    const { access_token: token } = body as { access_token: string };
    await beat(token);
    return { ...gateway, token };
  };
  const beat = async (token: string) => {
    const { capabilities } = heartbeat();
    const features = [...capabilities.features, 'diagnosis', 'log-tail'];
    const { body } = await agent(token, 'post', 'heartbeats', { ...heartbeat(), capabilities: { ...capabilities, features } }).expect(200); // prettier-ignore
    const { directive } = body as { directive?: { jws: string } };
    const payload = directive?.jws.split('.')[1];
    return payload === undefined ? undefined : directiveSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString())); // prettier-ignore
  };

  describe('a diagnosis', () => {
    it('goes to the member with its next heartbeat, and what it found comes back, audited', async () => {
      const gateway = await capable();
      await ask(gateway.admin, 'get', gateway, 'diagnosis').expect(404);
      const { body: asked } = await ask(gateway.admin, 'post', gateway, 'diagnosis').expect(202);
      expect(asked).toMatchObject({ state: 'Requested', memberId: gateway.memberId, requestedBy: gateway.admin.id });
      const wanted = await beat(gateway.token);
      expect(wanted?.diagnosis).toEqual({ id: asked.id });

      await agent(gateway.token, 'put', `diagnoses/${asked.id}`, REPORT).expect(204);
      const { body: last } = await ask(gateway.admin, 'get', gateway, 'diagnosis').expect(200);
      expect(last).toMatchObject({ id: asked.id, state: 'Finished', report: REPORT });
      expect((await beat(gateway.token))?.diagnosis).toBeUndefined();
      // Told twice it is taken once.
      await agent(gateway.token, 'put', `diagnoses/${asked.id}`, REPORT).expect(404);
      expect(await actions(gateway)).toEqual(['diagnosis.requested', 'diagnosis.reported']);
    });

    it('is not asked for again right away, and says so when nobody answers', async () => {
      const gateway = await capable();
      await ask(gateway.admin, 'post', gateway, 'diagnosis').expect(202);
      const again = await ask(gateway.admin, 'post', gateway, 'diagnosis').expect(429);
      expect(again.headers['retry-after']).toBe('30');
      await app.database.query(`UPDATE diagnosis SET "openUntil" = now() - interval '1 second' WHERE "memberId" = $1`, [gateway.memberId]); // prettier-ignore
      const { body } = await ask(gateway.admin, 'get', gateway, 'diagnosis').expect(200);
      expect(body.state).toBe('NoAnswer');
    });

    it('is for administrators of the gateway, and of members that can do it', async () => {
      const gateway = await capable();
      const { tenantId } = gateway.admin;
      const stranger = await given.caller({ tenantId });
      const foreigner = await given.caller();
      for (const what of ['diagnosis', 'logTail']) {
        for (const method of ['get', 'post'] as const) {
          expect((await ask(stranger, method, gateway, what, method === 'post' ? {} : undefined)).status).toBe(403);
          expect((await ask(foreigner, method, gateway, what, method === 'post' ? {} : undefined)).status).toBe(404);
        }
        const other = { ...gateway, memberId: randomUUID() };
        await ask(gateway.admin, 'post', other, what, {}).expect(404);
      }
      const old = await given.gateway();
      await ask(old.admin, 'post', old, 'diagnosis').expect(426);
      await ask(old.admin, 'post', old, 'logTail', {}).expect(426);
    });

    it('is taken from the member that was asked only', async () => {
      const [gateway, other] = [await capable(), await capable()];
      const { body: asked } = await ask(gateway.admin, 'post', gateway, 'diagnosis').expect(202);
      await agent(other.token, 'put', `diagnoses/${asked.id}`, REPORT).expect(404);
      await agent(gateway.token, 'put', 'diagnoses/no-id', REPORT).expect(404);
      const endless = { ...REPORT, findings: Array.from({ length: 401 }, () => REPORT.findings[0]) };
      await agent(gateway.token, 'put', `diagnoses/${asked.id}`, endless).expect(400);
    });
  });

  it('tells a member the connections of its own gateway, sealed as they came, page by page', async () => {
    const [gateway, other] = [await capable(), await capable()];
    const mine = await Promise.all([1, 2].map(() => given.connection({ gateway })));
    await given.connection({ gateway: other });
    const { body } = await agent(gateway.token, 'get', 'connections').expect(200);
    const { value, next } = memberConnectionsSchema.parse(body);
    expect(value.map(({ id }) => id).sort()).toEqual(mine.map(({ id }) => id).sort());
    expect(next).toBeUndefined();
    expect(value[0]?.credential).toMatch(/^[\w+/=.-]{100,}$/);
    const [first] = value;
    const { body: rest } = await agent(gateway.token, 'get', `connections?after=${first?.id}`).expect(200);
    expect(memberConnectionsSchema.parse(rest).value.map(({ id }) => id)).toEqual([value[1]?.id]);
    expect(await actions(gateway)).toEqual(['connection.read-by-member']);
    await app.database.query('UPDATE member SET enabled = false WHERE id = $1', [gateway.memberId]);
    expect((await agent(gateway.token, 'get', 'connections').expect(200)).body).toEqual({ value: [] });
  });

  describe('a log tail', () => {
    const start = async () => {
      const gateway = await capable();
      const { body } = await ask(gateway.admin, 'post', gateway, 'logTail', { durationSeconds: 60 }).expect(202);
      return { gateway, id: (body as { id: string }).id };
    };
    const show = async (gateway: GivenGateway, after = 0) =>
      (await ask(gateway.admin, 'get', gateway, `logTail?after=${after}`).expect(200)).body as {
        state: string;
        reason?: string;
        lines: string[];
        next: number;
      };
    const lines = (token: string, id: string, body: object) => agent(token, 'post', `log-tails/${id}/lines`, body);

    it('shows the lines to whoever asked, in order, each once, and begin and end stand in the record', async () => {
      const { gateway, id } = await start();
      expect((await beat(gateway.token))?.logTail).toMatchObject({ id, requestedBy: gateway.admin.id });
      await agent(gateway.token, 'put', `log-tails/${id}`, { state: 'open' }).expect(204);
      expect((await lines(gateway.token, id, { seq: 0, lines: ['one', 'two'], dropped: 0 }).expect(200)).body).toEqual({ wanted: true }); // prettier-ignore
      await lines(gateway.token, id, { seq: 0, lines: ['one', 'two'], dropped: 0 }).expect(200);
      await lines(gateway.token, id, { seq: 1, lines: ['three'], dropped: 4 }).expect(200);
      const all = await show(gateway);
      expect(all.lines).toEqual(['one', 'two', '… 4 lines left out …', 'three']);
      expect((await show(gateway, 1)).lines).toEqual(['… 4 lines left out …', 'three']);
      expect(await show(gateway, all.next)).toMatchObject({ state: 'open', lines: [], next: 2 });
      const stored = await app.database.query<{ sealed: Buffer }>('SELECT sealed FROM log_tail_batch WHERE "tailId" = $1', [id]); // prettier-ignore
      expect(stored.every(({ sealed }) => !sealed.includes('two') && !sealed.includes('three'))).toBe(true);

      await ask(gateway.admin, 'post', gateway, 'logTail', {}).expect(409);
      await ask(gateway.admin, 'delete', gateway, 'logTail').expect(200);
      expect((await lines(gateway.token, id, { seq: 2, lines: ['four'], dropped: 0 }).expect(200)).body).toEqual({ wanted: false }); // prettier-ignore
      await agent(gateway.token, 'put', `log-tails/${id}`, { state: 'ended', reason: 'stopped' }).expect(204);
      expect(await show(gateway)).toMatchObject({ state: 'ended', reason: 'stopped' });
      expect(await actions(gateway)).toEqual(['log-tail.requested', 'log-tail.started', 'log-tail.ended']);
    });

    it('is not for another administrator’s eyes, nor for another member to fill', async () => {
      const { gateway, id } = await start();
      const second = await given.caller({ tenantId: gateway.admin.tenantId, isTenantAdministrator: true });
      await ask(second, 'get', gateway, 'logTail').expect(404);
      const other = await capable();
      await agent(other.token, 'put', `log-tails/${id}`, { state: 'open' }).expect(404);
      await lines(other.token, id, { seq: 0, lines: ['x'], dropped: 0 }).expect(404);
    });

    it('says when the machine does not allow it, and takes no lines before the machine did', async () => {
      const { gateway, id } = await start();
      expect((await lines(gateway.token, id, { seq: 0, lines: ['x'], dropped: 0 }).expect(200)).body).toEqual({ wanted: false }); // prettier-ignore
      await agent(gateway.token, 'put', `log-tails/${id}`, { state: 'refused', reason: 'policy' }).expect(204);
      expect(await show(gateway)).toMatchObject({ state: 'refused', reason: 'policy', lines: [] });
      expect(await actions(gateway)).toEqual(['log-tail.requested', 'log-tail.refused']);
      await ask(gateway.admin, 'post', gateway, 'logTail', {}).expect(202);
    });

    it('ends when enough was shown, and when its time is over though nobody says so', async () => {
      const { gateway, id } = await start();
      await agent(gateway.token, 'put', `log-tails/${id}`, { state: 'open' }).expect(204);
      const full = Array.from({ length: LOG_TAIL_BATCH }, () => 'y'.repeat(LOG_TAIL_LINE));
      const answers = [];
      for (let seq = 0; seq < 3; seq += 1) answers.push((await lines(gateway.token, id, { seq, lines: full, dropped: 0 }).expect(200)).body.wanted); // prettier-ignore
      expect(answers).toEqual([true, true, false]);
      expect(await show(gateway)).toMatchObject({ state: 'ended', reason: 'enough' });

      const { gateway: silent, id: unanswered } = await start();
      const age = (minutes: number) => app.database.query(`UPDATE log_tail SET until = now() - make_interval(mins => $2) WHERE id = $1`, [unanswered, minutes]); // prettier-ignore
      await age(2);
      await app.app.get(DiagnosisSweepService, { strict: false }).sweep();
      expect(await show(silent)).toMatchObject({ state: 'ended', reason: 'no-answer' });
      expect(await actions(silent)).toEqual(['log-tail.requested', 'log-tail.ended']);
      await age(31 * 24 * 60);
      await app.app.get(DiagnosisSweepService, { strict: false }).sweep();
      await ask(silent.admin, 'get', silent, 'logTail').expect(404);
    });
  });
});
