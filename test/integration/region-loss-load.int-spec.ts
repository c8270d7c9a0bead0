import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealingPublicKeySchema } from '../../src/contract/registration.js';
import { sealCredential } from '../../src/contract/sealed-credential.js';
import { createAgent, type Agent } from '../../src/gateway-agent/agent.js';
import { FixedMachineIdentity } from '../../src/gateway-agent/machine-identity.js';
import { register } from '../../src/gateway-agent/register.js';
import { StateFolder } from '../../src/gateway-agent/state-folder.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { ConnectionsModule } from '../../src/modules/connections/connections.module.js';
import { DispatcherService } from '../../src/modules/flow-requests/dispatcher.service.js';
import { FlowRequestsModule } from '../../src/modules/flow-requests/flow-requests.module.js';
import { JoinTokensService } from '../../src/modules/gateways/join-tokens.service.js';
import { NamespaceTimings } from '../../src/modules/gateways/namespace-timings.js';
import { RECOVERY_KEY, ScriptedConnector, ScriptedTerminal, stream } from '../support/agent-under-test.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, TEST_PAIRS, type GivenCaller } from '../support/given.js';
import { TestMember } from '../support/test-member.js';
import { isFullTier } from '../support/tier.js';
import { TwoNamespaces } from '../support/two-namespaces.js';
import { until } from '../support/until.js';

/** The full tier waits as long as gateways in service do: 20 s until a namespace counts as lost, 5 min until it counts as well. */
const TIMINGS: NamespaceTimings = isFullTier ? new NamespaceTimings() : { lookMs: 200, lostMs: 1_500, wellMs: 1_500 };

/** One heartbeat, and room for a machine that does something else as well. */
const SLACK_MS = 35_000;

/** Reads that come one after the other, a few a second, whatever happens. */
class SteadyReads {
  readonly failures: { readonly startedAt: number; readonly reason: string }[] = [];
  done = 0;
  lastSuccessAt = 0;
  private isOver = false;
  private readonly workers: Promise<void>[];

  constructor(read: () => Promise<string>, workers = 4) {
    this.workers = Array.from({ length: workers }, async () => {
      while (!this.isOver) {
        const startedAt = Date.now();
        try {
          await read();
          this.lastSuccessAt = Date.now();
        } catch (error) {
          this.failures.push({ startedAt, reason: String(error) });
        }
        this.done += 1;
        await sleep(50);
      }
    });
  }

  succeeded(since: number): boolean {
    return this.lastSuccessAt > since;
  }

  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.workers);
  }
}

describe('a region that loses its first namespace under load', () => {
  const relay = new TwoNamespaces();
  let folder: string;
  let app: TestApp;
  let agent: Agent | undefined;
  let reads: SteadyReads | undefined;
  let gatewayId = '';

  beforeAll(async () => {
    await relay.start();
    folder = await mkdtemp(join(tmpdir(), 'tidegate-region-'));
    await writeFile(join(folder, 'relay.json'), JSON.stringify(relay.config()));
    app = await startTestApp({
      imports: [AgentApiModule, ConnectionsModule, FlowRequestsModule],
      environment: { TIDEGATE_RELAY_FILE: join(folder, 'relay.json') },
      override: (builder) => builder.overrideProvider(NamespaceTimings).useValue(TIMINGS),
    });
  }, 60_000);
  afterAll(async () => {
    await reads?.end();
    await agent?.stop();
    await app.stop();
    await relay.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const namespace = async () =>
    (await app.database.query<{ namespace: string }>('SELECT namespace FROM gateway WHERE id = $1', [gatewayId]))[0]
      ?.namespace;

  /** A gateway whose only member is the agent itself, in this process. */
  const startAgent = async (admin: GivenCaller): Promise<Agent> => {
    const stateDir = join(folder, 'agent');
    const machine = new FixedMachineIdentity(randomUUID());
    const wanted = { region: 'westeurope', gatewayName: 'harbour' };
    const { token } = await app.app.get(JoinTokensService, { strict: false }).create(admin, wanted);
    await writeFile(join(folder, 'ca.pem'), relay.ca);
    const record = await register(
      {
        command: 'register',
        stateDir,
        logLevel: 'info',
        machine,
        isProduction: false,
        controlPlane: app.url,
        name: wanted.gatewayName,
        region: wanted.region,
        memberName: 'member',
        tenant: undefined,
        joinToken: { from: 'stdin' },
        recoveryKey: { from: 'stdin' },
        rootFingerprint: undefined,
        caFile: join(folder, 'ca.pem'),
        allowInsecure: false,
      },
      new ScriptedTerminal([token, RECOVERY_KEY]),
    );
    gatewayId = record.gatewayId;
    const connector = new ScriptedConnector();
    connector.script = () =>
      Promise.resolve({ mediaType: 'application/json', body: stream([Buffer.from('{"value":[]}')]) });
    const made = createAgent({
      folder: new StateFolder(stateDir),
      machine,
      connectors: new Map([[connector.kind, connector]]),
      log: pino({ level: 'silent' }),
      maxInFlight: 200,
      transport: 'amqp',
    });
    await made.start();
    return made;
  };

  const connectionOf = async (admin: GivenCaller): Promise<string> => {
    const [row] = await app.database.query<{ sealingKey: unknown }>('SELECT "sealingKey" FROM gateway WHERE id = $1', [
      gatewayId,
    ]);
    const sealed = await sealCredential(sealingPublicKeySchema.parse(row?.sealingKey), TEST_PAIRS);
    const gateway = {
      id: gatewayId,
      memberId: '',
      name: '',
      region: 'westeurope',
      admin,
      member: new TestMember(app.config.publicUrl),
    };
    const given = new Given(app);
    const { id } = await given.environment({ tenantId: admin.tenantId });
    const values = [{ gatewayId, sealed }];
    const made = await given.connection({ gateway, owner: admin, values, environmentIds: [id] });
    return made.id;
  };

  it('goes on in the second within the promised time, and back without one failed read', async () => {
    const admin = await new Given(app).caller();
    agent = await startAgent(admin);
    const connectionId = await connectionOf(admin);
    const dispatcher = app.app.get(DispatcherService, { strict: false });
    const read = async (): Promise<string> => {
      const signal = AbortSignal.timeout(5_000);
      const reply = await dispatcher.dispatch(admin, {
        connectionId,
        operation: { name: 'listTables' },
        client: {},
        signal,
      });
      const chunks: Uint8Array[] = [];
      for await (const chunk of reply.body) chunks.push(chunk);
      await reply.trailer;
      return Buffer.concat(chunks).toString();
    };
    await until('the first answer', () => read().catch(() => undefined), 40_000);
    expect(await namespace()).toBe('weu-1');

    reads = new SteadyReads(read);
    await until('reads before the loss', () => (reads?.done ?? 0) > 50);
    expect(reads.failures).toEqual([]);

    const lostAt = Date.now();
    await relay.close('weu-1');
    await until('the move', async () => (await namespace()) === 'weu-2', TIMINGS.lostMs + TIMINGS.lookMs + SLACK_MS);
    const movedAt = Date.now();
    await until('an answer through the second', () => reads?.succeeded(movedAt), SLACK_MS);
    const servedAt = Date.now();
    const [failed, doneThen] = [reads.failures.length, reads.done];
    expect(servedAt - lostAt).toBeLessThan(TIMINGS.lostMs + TIMINGS.lookMs + SLACK_MS);

    const backSince = Date.now();
    await relay.open('weu-1');
    await until('the move back', async () => (await namespace()) === 'weu-1', TIMINGS.wellMs + 120_000);
    const returnedAt = Date.now();
    const atReturn = reads.done;
    await until('reads after the move back', () => (reads?.done ?? 0) > atReturn + 100, SLACK_MS);
    await reads.end();
    const later = reads.failures.filter(({ startedAt }) => startedAt > servedAt);
    process.stdout.write(
      `region loss (${isFullTier ? 'default' : 'shortened'} timings): moved after ${movedAt - lostAt} ms, ` +
        `served after ${servedAt - lostAt} ms, ${failed} reads failed until then; back after ${returnedAt - backSince} ms, ` +
        `${later.length} of ${reads.done - doneThen} reads failed from then on\n`,
    );
    expect(later).toEqual([]);
  }, 900_000);
});
