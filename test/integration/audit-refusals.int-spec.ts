import { randomUUID } from 'node:crypto';
import { Controller, Get, Module, Param } from '@nestjs/common';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import type { ErrorCode } from '../../src/common/errors/catalogue.js';
import { AuditModule } from '../../src/modules/audit/audit.module.js';
import { AuditTimings } from '../../src/modules/audit/audit-timings.js';
import { AuditVerificationService } from '../../src/modules/audit/audit-verification.service.js';
import { RefusalRecorder } from '../../src/modules/audit/refusal-recorder.service.js';
import { RefusalRoller } from '../../src/modules/audit/refusal-roller.service.js';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/app.js';
import { Given, type GivenCaller } from '../support/given.js';
import { until } from '../support/until.js';

/** Time stands still until the test moves it, and nothing is moved by itself. */
class TestTimings extends AuditTimings {
  override readonly rollMs = 3_600_000;
  override readonly flushMs = 20;
  at = Date.parse('2026-01-01T12:00:30Z');

  override now(): number {
    return this.at;
  }
}

const SECRET = 'tgj_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG';

@Controller('v1/refusing')
class RefusingController {
  @Get('connections/:connectionId/:code')
  refuse(@Param('connectionId') connectionId: string, @Param('code') code: ErrorCode): never {
    const gatewayId = '0d6eb5a1-58b7-4f2f-8d2b-0c8e8f3c7a55';
    throw new DomainError(code, { connectionId, gatewayId, role: `half ${'\ud800'} and \u0000` });
  }
}

@Module({ imports: [AuditModule], controllers: [RefusingController] })
class RefusingModule {}

describe('refusals', () => {
  const timings = new TestTimings();
  let app: TestApp;
  let replica: TestApp;
  let caller: GivenCaller;
  let given: Given;

  beforeAll(async () => {
    const options = {
      imports: [RefusingModule],
      override: (builder) => builder.overrideProvider(AuditTimings).useValue(timings),
    } satisfies TestAppOptions;
    app = await startTestApp(options);
    replica = await startTestApp({ ...options, database: app.database, vault: app.vault });
    given = new Given(app);
    caller = await given.caller();
  });
  afterAll(async () => {
    await replica.stop();
    await app.stop();
  });

  const connectionId = randomUUID();
  const ask = (code: string, options: { of?: TestApp; by?: GivenCaller; id?: string } = {}) => {
    const { of = app, by = caller, id = connectionId } = options;
    return request(of.url).get(`/v1/refusing/connections/${id}/${code}`).set('authorization', by.authorization);
  };
  /** The same caller with a token of the other application's directory. */
  const signedInAt = async (of: TestApp, by: GivenCaller): Promise<GivenCaller> => ({
    ...by,
    authorization: `Bearer ${await of.directory.token({ ...by, name: by.displayName })}`,
  });
  const flush = () => Promise.all([app, replica].map((of) => of.app.get(RefusalRecorder, { strict: false }).flush()));
  const roll = (of: TestApp = app) => of.app.get(RefusalRoller, { strict: false }).roll();
  const pending = async () => {
    const rows = await app.database.query<{ count: number }>('SELECT count FROM pending_refusal ORDER BY count');
    return rows.map(({ count }) => count);
  };
  const rows = (tenantId: string = caller.tenantId) =>
    app.database.query(
      `SELECT "actorId", "actorType", action, result, "gatewayId", "subjectType", "subjectId", count, at, "traceId", details
       FROM audit_entry WHERE "tenantId" = $1 ORDER BY seq`,
      [tenantId],
    );
  const nextWindow = () => {
    timings.at += 90_000;
  };

  it('that are the same, at two replicas, become one row with their count; others stay apart', async () => {
    const other = await given.caller({ tenantId: caller.tenantId });
    const atReplica = { of: replica, by: await signedInAt(replica, caller) };
    const traceId = 'a'.repeat(32);
    await ask('ROLE_MISSING')
      .set('traceparent', `00-${traceId}-${'b'.repeat(16)}-01`)
      .expect(403);
    for (let sent = 1; sent < 500; sent += 50) {
      const batch = Array.from({ length: Math.min(50, 500 - sent) }, (_, n) =>
        ask('ROLE_MISSING', n % 2 === 0 ? {} : atReplica).expect(403),
      );
      await Promise.all(batch);
    }
    await ask('ROLE_MISSING', { by: other }).expect(403);
    await ask('LICENCE_REQUIRED').expect(403);
    await flush();
    expect(await pending()).toEqual([1, 1, 500]);
    expect(await roll()).toBe(0);

    nextWindow();
    const made = await Promise.all([roll(app), roll(replica)]);

    expect(made[0] + made[1]).toBe(3);
    expect(await pending()).toEqual([]);
    const written = await rows();
    expect(written.map(({ count }) => Number(count)).sort((a, b) => a - b)).toEqual([1, 1, 500]);
    expect(written.find(({ count }) => count === 500)).toEqual({
      actorId: caller.id,
      actorType: 'User',
      action: 'GET /v1/refusing/connections/{connectionId}/{code}',
      result: 'ROLE_MISSING',
      gatewayId: '0d6eb5a1-58b7-4f2f-8d2b-0c8e8f3c7a55',
      subjectType: 'connection',
      subjectId: connectionId,
      count: 500,
      at: new Date('2026-01-01T12:00:00Z'),
      traceId,
      details: {
        connectionId,
        gatewayId: '0d6eb5a1-58b7-4f2f-8d2b-0c8e8f3c7a55',
        role: 'half \uFFFD and \uFFFD',
      },
    });
    const report = await app.app.get(AuditVerificationService, { strict: false }).verify(caller.tenantId);
    expect(report).toMatchObject({ isIntact: true, entries: 3 });
  });

  it('that no rule of ours decided are not kept, nor those of somebody unknown', async () => {
    const stranger = await given.caller();
    for (const [code, status] of [
      ['VALIDATION_FAILED', 400],
      ['PAYLOAD_TOO_LARGE', 413],
      ['MEDIA_TYPE_UNSUPPORTED', 415],
      ['GATEWAY_TOO_OLD', 426],
      ['ROUTE_NOT_FOUND', 404],
      ['TABLE_NOT_FOUND', 404],
      ['GATEWAY_OFFLINE', 503],
    ] as const) {
      await ask(code, { by: stranger }).expect(status);
    }
    await request(app.url).get('/v1/nothing').set('authorization', stranger.authorization).expect(404);
    await ask('ROLE_MISSING', { by: { ...stranger, authorization: 'Bearer x.y.z' } }).expect(401);
    await ask('CONNECTION_NOT_FOUND', { by: stranger }).expect(404);
    await flush();
    nextWindow();
    await roll();
    expect((await rows(stranger.tenantId)).map(({ result }) => String(result))).toEqual(['CONNECTION_NOT_FOUND']);
  });

  it('keep nothing of what was sent in the place of an id', async () => {
    const stranger = await given.caller();
    await ask('CONNECTION_NOT_FOUND', { by: stranger, id: SECRET }).expect(404);
    await flush();
    nextWindow();
    await roll();
    const written = await rows(stranger.tenantId);
    expect(written).toMatchObject([{ subjectType: 'gateway', result: 'CONNECTION_NOT_FOUND' }]);
    expect(JSON.stringify(written)).not.toContain(SECRET);
  });

  it('wait in memory while the database is away, and are counted on', async () => {
    const stranger = await given.caller();
    await ask('ROLE_MISSING', { by: stranger }).expect(403);
    await flush();
    await app.database.cut();
    const recorder = app.app.get(RefusalRecorder, { strict: false });
    const refusal = { tenantId: stranger.tenantId, actor: stranger, action: 'GET /x', code: 'ROLE_MISSING' } as const;
    for (let n = 0; n < 3; n += 1)
      recorder.refused({ ...refusal, subject: { type: 'route' }, details: {}, traceId: 't' });
    await recorder.flush();
    await app.database.restore();
    await until('the counted refusals are written', async () => (await pending()).includes(3));
    nextWindow();
    await roll();
    expect((await rows(stranger.tenantId)).map(({ count }) => Number(count)).sort()).toEqual([1, 3]);
  });

  it('stay where they are when moving them fails', async () => {
    const stranger = await given.caller();
    await ask('ROLE_MISSING', { by: stranger }).expect(403);
    await flush();
    nextWindow();
    await app.database.query('ALTER TABLE audit_entry ADD CONSTRAINT refuse CHECK (count < 0) NOT VALID');
    await expect(roll()).rejects.toThrow();
    await app.database.query('ALTER TABLE audit_entry DROP CONSTRAINT refuse');
    expect(await pending()).toEqual([1]);
    expect(await roll()).toBe(1);
    expect(await rows(stranger.tenantId)).toHaveLength(1);
  });

  it('are written by a replica that stops', async () => {
    const stranger = await given.caller();
    const leaving = await startTestApp({ imports: [RefusingModule], database: app.database, vault: app.vault });
    const by = await signedInAt(leaving, stranger);
    await ask('ROLE_MISSING', { of: leaving, by }).expect(403);
    await leaving.stop();
    const [row] = await app.database.query('SELECT count FROM pending_refusal WHERE "tenantId" = $1', [
      stranger.tenantId,
    ]);
    expect(row).toEqual({ count: 1 });
  });

  it('come into the chain and under a checkpoint by themselves', async () => {
    const quick = { windowMs: 100, flushMs: 10, rollMs: 10, graceMs: 20, checkpointMs: 10, now: () => Date.now() };
    const busy = await startTestApp({
      imports: [RefusingModule],
      database: app.database,
      vault: app.vault,
      override: (builder) => builder.overrideProvider(AuditTimings).useValue(quick),
    });
    const stranger = await given.caller();
    await ask('ROLE_MISSING', { of: busy, by: await signedInAt(busy, stranger) }).expect(403);
    await until('a checkpoint', async () => {
      const [row] = await app.database.query('SELECT seq FROM audit_checkpoint WHERE "tenantId" = $1', [
        stranger.tenantId,
      ]);
      return row?.seq === '1';
    });
    await busy.stop();
    expect(await rows(stranger.tenantId)).toMatchObject([{ result: 'ROLE_MISSING', count: 1 }]);
  });
});
