import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { Module } from '@nestjs/common';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { auditKeyFingerprint } from '../../src/contract/audit-checkpoint.js';
import { verifyAudit } from '../../src/cli/verify-audit.js';
import { JOIN_TOKEN_SCHEME } from '../../src/contract/registration.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { AdministratorsModule } from '../../src/modules/administrators/administrators.module.js';
import { AuditCheckpoints } from '../../src/modules/audit/audit-checkpoints.service.js';
import { AuditModule } from '../../src/modules/audit/audit.module.js';
import { AuditService, type AuditRecord } from '../../src/modules/audit/audit.service.js';
import { RefusalRecorder } from '../../src/modules/audit/refusal-recorder.service.js';
import { GatewaysModule } from '../../src/modules/gateways/gateways.module.js';
import { JoinTokensService } from '../../src/modules/gateways/join-tokens.service.js';
import { AuditAccess } from '../../src/modules/management-api/audit-access.service.js';
import { AuditController } from '../../src/modules/management-api/audit.controller.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Tamperer } from '../support/audit-tampering.js';
import { Given, type GivenCaller, type GivenGateway } from '../support/given.js';
import { TestMember } from '../support/test-member.js';
import { until } from '../support/until.js';
import { recordingRelay } from '../support/recording-relay.js';

const PROGRAM = resolve(import.meta.dirname, '../../.test-dist/cli/main.js');
const ENTRIES = 250;

@Module({
  imports: [AuditModule, AdministratorsModule, GatewaysModule, AgentApiModule],
  controllers: [AuditController],
  providers: [AuditAccess],
})
class AuditApiModule {}

describe('the audit record', () => {
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let tenantAdmin: GivenCaller;
  let tenantId: string;
  let folder: string;

  beforeAll(async () => {
    app = await startTestApp({
      imports: [AuditApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(recordingRelay().module),
    });
    given = new Given(app);
    gateway = await given.gateway();
    ({ tenantId } = gateway.admin);
    tenantAdmin = await given.caller({ tenantId, isTenantAdministrator: true });
    await record(
      Array.from({ length: ENTRIES }, (_, n) => ({
        tenantId,
        actor: { id: tenantAdmin.id, type: 'User' },
        action: 'thing.changed',
        ...(n % 2 === 0 ? { result: 'ROLE_MISSING' as const, count: 7 } : {}),
        subject: { type: 'thing', id: String(n) },
        details: { name: `Straße ${n}` },
        at: new Date(Date.parse('2026-05-01T00:00:00Z') + Math.floor(n / 3)),
      })),
    );
    await checkpoint();
    await record([
      { tenantId, actor: { id: tenantAdmin.id, type: 'User' }, action: 'thing.last', subject: { type: 'thing' } },
    ]);
    folder = await mkdtemp(join(tmpdir(), 'tidegate-test-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await app.stop();
  });

  const record = (records: readonly AuditRecord[]) =>
    app.app
      .get(PrismaService, { strict: false })
      .$transaction((tx) => app.app.get(AuditService, { strict: false }).recordAll(tx, tenantId, records));
  const checkpoint = () => app.app.get(AuditCheckpoints, { strict: false }).run();
  const get = (path: string, caller: GivenCaller = tenantAdmin) =>
    request(app.url).get(`/v1/audit${path}`).set('authorization', caller.authorization);
  const verify = (caller: GivenCaller = tenantAdmin) =>
    request(app.url).post('/v1/audit/verifications').set('authorization', caller.authorization);
  const exported = async (query = ''): Promise<string[]> => {
    const answer = await fetch(`${app.url}/v1/audit/export${query}`, {
      headers: { authorization: tenantAdmin.authorization },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    return (await answer.text()).trimEnd().split('\n');
  };

  it('is listed newest first, in pages that miss and repeat nothing', async () => {
    const ids: string[] = [];
    let path = '?action=thing.changed&from=2026-01-01T00:00:00Z';
    for (;;) {
      const { body } = await get(path).expect(200);
      ids.push(...(body.value as { id: string }[]).map(({ id }) => id));
      if (body.continuationUri === undefined) break;
      const next = new URL(String(body.continuationUri));
      expect(Object.fromEntries(next.searchParams)).toMatchObject({ action: 'thing.changed' });
      path = next.search;
    }
    expect(ids.map(Number)).toEqual([...ids.map(Number)].sort((a, b) => b - a));
    expect(new Set(ids).size).toBe(ENTRIES);
  });

  it('shows who did what to what and what came of it', async () => {
    const { body } = await get('?code=ROLE_MISSING').expect(200);
    expect(body.value[0]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      seq: expect.any(Number),
      at: '2026-05-01T00:00:00.082Z',
      actor: { id: tenantAdmin.id, type: 'User' },
      action: 'thing.changed',
      result: 'ROLE_MISSING',
      subject: { type: 'thing', id: '248' },
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      details: { name: 'Straße 248' },
      count: 7,
    });
  });

  it.each([
    ['?action=gateway.registered', 1],
    ['?code=ROLE_MISSING&from=2026-05-01T00:00:00.080Z', 5],
    ['?from=2026-05-01T00:00:00Z&to=2026-05-01T00:00:00.002Z', 6],
    ['?from=2026-05-01T02:00:00%2B02:00&to=2026-05-01T00:00:00.001Z', 3],
    ['?actorId=$ADMIN', 1],
    ['?actorId=$ADMIN&code=ROLE_MISSING', 0],
    ['?gatewayId=$GATEWAY', 1],
    ['?subjectId=248', 1],
    ['?subjectId=none', 0],
  ])('is searched by %s', async (query, found) => {
    const path = query.replace('$ADMIN', gateway.admin.id.toUpperCase()).replace('$GATEWAY', gateway.id);
    expect((await get(path).expect(200)).body.value).toHaveLength(found);
  });

  it('is searched by subject along an index of its own, however long it is', async () => {
    const chief = await given.caller({ isTenantAdministrator: true });
    await app.database.query(
      `INSERT INTO audit_entry ("tenantId", at, "actorId", "actorType", action, result, "subjectType", "subjectId", "traceId", details)
       SELECT $1, now() - at * interval '1 s', $2, 'User', 'thing.changed', 'succeeded', 'thing', 'thing-' || at / 2, 't', '{}'
       FROM generate_series(1, 20000) at`,
      [chief.tenantId, chief.id],
    );
    await app.database.query('ANALYZE audit_entry');
    const scans = async () => {
      const [row] = await app.database.query<{ scans: number }>(
        `SELECT idx_scan::int AS scans FROM pg_stat_user_indexes
         WHERE indexrelname = 'audit_entry_tenantId_subjectId_at_idx'`,
      );
      return row?.scans ?? 0;
    };
    const before = await scans();
    const found = (await get('?subjectId=thing-7000', chief).expect(200)).body.value as object[];
    expect(found).toHaveLength(2);
    // Sessions tell what they did when they are next idle.
    await until('the index to be used', async () => (await scans()) > before);
  });

  it.each(['?from=yesterday', '?actorId=x', '?gatewayId=1', '?code=', '?continuationToken=x', '/export?fromSeq=0'])(
    'refuses %s',
    async (query) => {
      await get(query).expect(400);
    },
  );

  it('is read by administrators only: those of the tenant all of it, those of a gateway what concerns it', async () => {
    const colleague = await given.caller({ tenantId });
    const stranger = await given.caller({ isTenantAdministrator: true });
    await get('', colleague).expect(403);
    await get(`?gatewayId=${gateway.id}`, colleague).expect(403);
    await get('/export', gateway.admin).expect(403);
    await get('', gateway.admin).expect(403);
    await verify(gateway.admin).expect(403);
    const { body } = await get(`?gatewayId=${gateway.id}`, gateway.admin).expect(200);
    expect(body.value).toMatchObject([{ action: 'gateway.registered' }]);
    const other = await given.gateway();
    await get(`?gatewayId=${other.id}`, gateway.admin).expect(404);
    expect((await get(`?gatewayId=${gateway.id}`, stranger).expect(200)).body.value).toEqual([]);
    expect((await get('', stranger).expect(200)).body.value).toEqual([]);
  });

  it('keeps what an agent was refused at its registration, and never a join token', async () => {
    const installer = await given.caller({ tenantId: gateway.admin.tenantId });
    const { token } = await app.app
      .get(JoinTokensService, { strict: false })
      .create(installer, { region: 'westeurope', gatewayName: 'next' });
    for (const authorization of [installer.authorization, `${JOIN_TOKEN_SCHEME} ${token}`]) {
      await request(app.url)
        .post('/agent/v1/registrations')
        .set('authorization', authorization)
        .send(new TestMember(app.config.publicUrl).registration({ name: gateway.name, region: 'westeurope' }))
        .expect(authorization === installer.authorization ? 409 : 400);
    }
    await app.app.get(RefusalRecorder, { strict: false }).flush();
    const pending = await app.database.query('SELECT action, result, "actorId" FROM pending_refusal');
    expect(pending).toEqual(
      expect.arrayContaining([
        { action: 'POST /agent/v1/registrations', result: 'GATEWAY_NAME_TAKEN', actorId: installer.id },
      ]),
    );
    const everything = await app.database.query(
      `SELECT to_jsonb(e)::text AS text FROM audit_entry e UNION ALL SELECT to_jsonb(p)::text FROM pending_refusal p`,
    );
    const text = everything.map((row) => String(row.text)).join();
    expect(text).toContain('join-token.created');
    expect(text).not.toContain(token.split('.')[0]);
  });

  it('is verified where it lies', async () => {
    const { body } = await verify().expect(200);
    expect(body).toEqual({
      isIntact: true,
      entries: ENTRIES + 3,
      firstSeq: 1,
      lastSeq: ENTRIES + 3,
      checkpoints: 1,
      checkpointSeq: ENTRIES + 1,
      unchained: 0,
      faultCount: 0,
      faults: [],
    });
  });

  it('is exported in parts too', async () => {
    const lines = (await exported('?fromSeq=10&toSeq=12')).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['header', undefined],
      ['entry', 10],
      ['entry', 11],
      ['entry', 12],
      ['end', 12],
    ]);
    const beyond = (await exported('?fromSeq=9000')).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(beyond.map(({ kind }) => kind)).toEqual(['header', 'end']);
  });

  describe('in a file', () => {
    let lines: string[];
    let fingerprint: string;
    beforeAll(async () => {
      if (!existsSync(PROGRAM)) throw new Error('run the tests through `npm test`: it builds .test-dist first');
      lines = await exported();
      fingerprint = auditKeyFingerprint(JSON.parse(lines[0] ?? '').key);
    });

    /** The command as its own process. */
    const run = async (args: string[], input?: string): Promise<{ code: unknown; stdout: string; stderr: string }> => {
      const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: 'pipe' });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (data) => (stdout += String(data)));
      child.stderr.on('data', (data) => (stderr += String(data)));
      child.stdin.on('error', () => undefined).end(input ?? '');
      const [code] = await once(child, 'close');
      return { code, stdout, stderr };
    };
    /** In this process, which is quicker. */
    const check = async (changed: readonly string[]) => {
      const { faults, isIntact } = await verifyAudit(Readable.from([Buffer.from(`${changed.join('\n')}\n`)]));
      expect(isIntact).toBe(false);
      return faults.map(({ kind }) => kind);
    };
    const replaced = (seq: number, change: (line: string) => string) =>
      lines.map((line) => (line.includes(`"seq":${seq},`) && line.includes('"entry"') ? change(line) : line));

    it('is found intact by the command', async () => {
      const file = join(folder, 'audit.jsonl');
      await writeFile(file, `${lines.join('\n')}\n`);
      const { code, stdout } = await run(['audit', 'verify', file, '--key-fingerprint', fingerprint]);
      expect([code, stdout]).toEqual([
        0,
        `Intact: entries 1 to ${ENTRIES + 3} (${ENTRIES + 3}), tenant ${tenantId}\n` +
          `Checkpoints: 1, the last good one at entry ${ENTRIES + 1}\nAudit key: ${fingerprint}\n`,
      ]);
    });

    it('is found tampered with by the command', async () => {
      const { code, stdout } = await run(
        ['audit', 'verify', '-'],
        replaced(20, (line) => line.replace('ROLE', 'RULE')).join('\n'),
      );
      expect(code).toBe(1);
      expect(stdout).toContain('entry 20: its content is not what was recorded [hash]');
    });

    it.each<[string, (good: readonly string[]) => readonly string[], string[]]>([
      ['a flipped byte', () => replaced(20, (line) => line.replace('Straße', 'straße')), ['hash']],
      [
        'a flipped byte of the structure',
        () => replaced(20, (line) => line.replace('"kind"', '"kinc"')),
        ['unreadable', 'gap'],
      ],
      ['a field that was added', () => replaced(20, (line) => line.replace('{', '{"x":1,')), ['unreadable', 'gap']],
      ['a removed line', (good) => good.filter((line) => !line.includes('"seq":20,')), ['gap']],
      ['swapped lines', (good) => good.toSpliced(20, 2, good[21] ?? '', good[20] ?? ''), ['gap', 'order', 'gap']],
      ['a file cut short', (good) => good.slice(0, 100), ['unreadable']],
      ['more after the end', (good) => [...good, good[5] ?? ''], ['unreadable']],
      ["another tenant's name", (good) => [(good[0] ?? '').replace(tenantId, gateway.id), good.at(-1) ?? ''], ['gap']],
    ])('shows %s', async (_what, change, kinds) => {
      expect(await check(change(lines))).toEqual(kinds);
    });

    it('is not believed under another key than the pinned one', async () => {
      const pinned = `sha256:${'A'.repeat(43)}`;
      const { code, stdout } = await run(['audit', 'verify', '-', '--key-fingerprint', pinned], lines.join('\n'));
      expect(code).toBe(1);
      expect(stdout).toContain(`another audit key, ${fingerprint}`);
    });

    it('that is none, or a command that is none, is told by the exit code', async () => {
      const tries = [
        ['audit', 'verify', tmpdir()],
        ['audit', 'verify', '-'],
        ['audit', 'verify', '-', '--what'],
      ];
      for (const { code, stdout, stderr } of await Promise.all(tries.map((args) => run(args, 'not an export\n')))) {
        expect([code, stdout]).toEqual([2, '']);
        expect(stderr).not.toBe('');
      }
    });

    // Last: the record of this file is not intact any more.
    it('carries what was rewritten in the database, with fresh hashes, and the checkpoint shows it', async () => {
      await new Tamperer(app.database).rewriteFrom(tenantId, 100, 'forged');
      const { code, stdout } = await run(['audit', 'verify', '-', '--json'], (await exported()).join('\n'));
      expect([code, JSON.parse(stdout)]).toMatchObject([1, { faults: [{ kind: 'checkpoint', seq: ENTRIES + 1 }] }]);
      expect((await verify().expect(200)).body).toMatchObject({ isIntact: false, faultCount: 1 });
    });
  });
});
