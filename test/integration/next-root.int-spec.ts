import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ReplicaIdentity } from '../../src/common/keys/replica-identity.js';
import { RootKeys } from '../../src/common/keys/root-keys.js';
import { rootFingerprint } from '../../src/common/keys/root-fingerprint.js';
import type { Vault, VaultKey } from '../../src/common/keys/vault.js';
import { Changes } from '../../src/common/prisma/changes.js';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { ConfigError } from '../../src/config/env.js';
import type { HeartbeatResponse } from '../../src/contract/membership.js';
import { ControlPlane } from '../../src/gateway-agent/control-plane.js';
import { saveMemberRecord, type MemberRecord } from '../../src/gateway-agent/member-record.js';
import { RootNews } from '../../src/gateway-agent/root-news.js';
import { Trust } from '../../src/gateway-agent/trust.js';
import { trustRoot } from '../../src/gateway-agent/trust-root.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { makeNextRoot, withdrawNextRoot } from '../../src/operator/next-root.js';
import { describeRoots, reportRoots } from '../../src/operator/root-report.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, testConfig, type TestApp } from '../support/app.js';
import { TestFolder } from '../support/agent-folder.js';
import { Given, type GivenGateway } from '../support/given.js';
import { MemoryVault } from '../support/memory-vault.js';
import { recordingRelay } from '../support/recording-relay.js';
import { heartbeat } from '../support/test-member.js';
import { until } from '../support/until.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Asked anew each time: the tests move the clock. */
const now = () => Date.now();

/** What an agent does about roots, with its own code against the control plane. */
class RootAgent implements AsyncDisposable {
  readonly logs: string[] = [];

  private constructor(
    readonly folder: TestFolder,
    private readonly record: MemberRecord,
    private readonly controlPlane: ControlPlane,
    private trust: Trust,
  ) {}

  static async of(app: TestApp, { id: gatewayId, memberId, member, admin, region }: GivenGateway): Promise<RootAgent> {
    const folder = await TestFolder.make();
    const issuer = app.config.issuer;
    const controlPlane = new ControlPlane({ url: app.url }, { memberId, issuer, identity: member.identity.privateKey });
    const { root } = await controlPlane.discover();
    const record: MemberRecord = {
      version: 1,
      tenantId: admin.tenantId,
      gatewayId,
      memberId,
      region,
      issuer,
      root,
      controlPlane: app.url,
      gatewayName: 'g',
      memberName: 'm',
      registeredAt: new Date().toISOString(),
      allowInsecure: false,
    };
    await saveMemberRecord(folder, record);
    return new RootAgent(folder, record, controlPlane, await Trust.open(folder, record, now));
  }

  get standing() {
    return this.trust.standing;
  }

  async beat(): Promise<HeartbeatResponse> {
    const beat = { ...heartbeat(), root: this.trust.standing };
    const answer = await this.controlPlane.heartbeat(beat, AbortSignal.timeout(10_000));
    const log = pino({ level: 'info' }, { write: (line: string) => void this.logs.push(line) });
    await new RootNews({ trust: this.trust, changed: () => undefined, log }).receive(answer.nextRoot);
    return answer;
  }

  /** Asks for the session and checks who signed it. */
  async session(): Promise<void> {
    const { announcement, certificate } = await this.controlPlane.session(AbortSignal.timeout(10_000));
    await this.trust.verifySession(announcement, certificate, this.record);
  }

  /** The session as the control plane gives it now, to be shown later. */
  signedSession() {
    return this.controlPlane.session(AbortSignal.timeout(10_000));
  }

  async verify({ announcement, certificate }: { announcement: string; certificate: string }): Promise<void> {
    await this.trust.verifySession(announcement, certificate, this.record);
  }

  async restart(): Promise<void> {
    this.trust = await Trust.open(this.folder, this.record, now);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.controlPlane.close();
    await this.folder[Symbol.asyncDispose]();
  }
}

/** The steps build on each other, as they do for an operator. */
describe('the next root', () => {
  const { module } = recordingRelay();
  let app: TestApp;
  let prisma: PrismaService;
  const agents: RootAgent[] = [];
  let [there, away, old]: (GivenGateway | undefined)[] = [];
  let present: RootAgent;
  let absent: RootAgent;
  let next: { name: string; key: VaultKey };

  beforeAll(async () => {
    app = await startTestApp({
      imports: [AgentApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    prisma = app.app.get(PrismaService);
    const given = new Given(app);
    [there, away, old] = [
      await given.gateway({ isOnline: false }),
      await given.gateway({ isOnline: false }),
      await given.gateway({ isOnline: false }),
    ];
    present = await RootAgent.of(app, there);
    absent = await RootAgent.of(app, away);
    agents.push(present, absent);
  });
  afterAll(async () => {
    vi.useRealTimers();
    for (const agent of agents) await agent[Symbol.asyncDispose]();
    await app.stop();
  });
  afterEach(() => {
    expect(app.logs.filter((line) => line.includes('renewal-failed'))).toEqual([]);
  });

  /** A replica that starts with these settings, as far as its roots go. */
  const start = async (environment: Record<string, string>, vault: Vault = app.vault): Promise<RootKeys> => {
    const config = testConfig(app.database.url, environment);
    const roots = new RootKeys(config, prisma, vault, app.app.get(Changes));
    await roots.open();
    return roots;
  };
  const named = ({ name, key }: { name: string; key: VaultKey }) => `${name}/${key.version}`;
  const refusal = async (environment: Record<string, string>, vault?: Vault): Promise<string> => {
    const error: unknown = await start(environment, vault).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  };
  const identity = () => app.app.get(ReplicaIdentity);
  const roots = () => app.app.get(RootKeys);
  const pinOf = async (gateway: GivenGateway | undefined) =>
    (await app.database.query('SELECT * FROM root_pin WHERE "memberId" = $1', [gateway?.memberId]))[0];
  const jump = (ms: number) => vi.setSystemTime(Date.now() + ms);

  it('is not put in force unannounced, and not announced with a generation left out', async () => {
    next = await makeNextRoot(prisma, app.vault);
    expect(next.name).toBe('tidegate-root-2');
    expect(await makeNextRoot(prisma, app.vault)).toEqual(next);
    expect(await refusal({ TIDEGATE_ROOT_KEY: named(next) })).toMatch(/TIDEGATE_ROOT_KEY: .*never announced/);
    const third = { name: 'root-3', key: await app.vault.ensureKey('root-3', 'ec-p256', 3) };
    expect(await refusal({ TIDEGATE_NEXT_ROOT_KEY: named(third) })).toMatch(/generation 3; the next one is 2/);
    const rsa = { name: 'rsa', key: await app.vault.ensureKey('rsa', 'rsa-3072', 2) };
    expect(await refusal({ TIDEGATE_NEXT_ROOT_KEY: named(rsa) })).toMatch(/EC key on P-256/);
    expect(identity().root().generation).toBe(1);
  });

  it('is announced once by any number of replicas, and every one of them hears of it', async () => {
    const both = await Promise.all([1, 2].map(() => start({ TIDEGATE_NEXT_ROOT_KEY: named(next) })));
    const again = await start({ TIDEGATE_NEXT_ROOT_KEY: named(next) });
    const notices = new Set([...both, again].map(({ notice }) => notice?.jws));
    expect(notices.size).toBe(1);
    await until('the running replica to hear of it', () => roots().notice?.generation === 2);
    expect(notices).toContain(roots().notice?.jws);
    const other = { name: 'other', key: await app.vault.ensureKey('other', 'ec-p256', 2) };
    expect(await refusal({ TIDEGATE_NEXT_ROOT_KEY: named(other) })).toMatch(/another key was announced/);
  });

  it('is pinned by an agent with its heartbeat, which says so with the next one', async () => {
    expect((await present.beat()).nextRoot).toBeDefined();
    expect(present.logs.join()).toContain('next-root-pinned');
    expect((await present.beat()).nextRoot).toBeUndefined();
    const fingerprint = roots().notice?.fingerprint;
    expect(present.standing).toMatchObject({ generation: 1, next: { fingerprint } });
    expect(await pinOf(there)).toMatchObject({ generation: 1, nextFingerprint: fingerprint, refused: null });
    expect(await pinOf(away)).toBeUndefined();
    const report = await reportRoots(prisma, new Date());
    expect(report.followers).toEqual({ members: 3, pinned: 1, ready: 0, refusing: 0 });
    expect(report.stragglers.map(({ memberId }) => memberId).sort()).toEqual([away?.memberId, old?.memberId].sort());
    expect(describeRoots(report)).toMatch(/generation 2 {2}announced[^]*1 have pinned the next root/);
  });

  it('is told to no agent that is older than it, and changes nothing for it', async () => {
    const { member, memberId } = old ?? (await new Given(app).gateway());
    const before = new ControlPlane(
      { url: app.url },
      { memberId, issuer: app.config.issuer, identity: member.identity.privateKey },
    );
    const answer = await before.heartbeat(heartbeat(), AbortSignal.timeout(10_000));
    expect(answer.nextRoot).toBeUndefined();
    await before.close();
    expect(await pinOf(old)).toBeUndefined();
  });

  it('is not put in force before its day', async () => {
    expect(await refusal({ TIDEGATE_ROOT_KEY: named(next) })).toMatch(/may come into force on \d{4}-\d\d-\d\dT/);
    jump(30 * DAY_MS - 60_000);
    expect(await refusal({ TIDEGATE_ROOT_KEY: named(next) })).toMatch(/until then agents refuse it/);
    jump(120_000);
  });

  it('is not put in force over the heads of members that would not follow', async () => {
    expect(await refusal({ TIDEGATE_ROOT_KEY: named(next) })).toMatch(/2 of 3 members would not follow generation 2/);
    const one = { TIDEGATE_ROOT_KEY: named(next), TIDEGATE_ROOT_MEMBERS_LEFT: '1' };
    expect(await refusal(one)).toMatch(/2 of 3 members/);
    expect(identity().root().generation).toBe(1);
  });

  it('is followed by all replicas and by the agents that pinned it; the one before is over', async () => {
    // The clock was moved over the hours at which the replica certifies itself anew.
    await identity().onModuleInit();
    const before = await present.signedSession();
    await present.verify(before);
    await start({ TIDEGATE_ROOT_KEY: named(next), TIDEGATE_ROOT_MEMBERS_LEFT: '2' });
    await until('the running replica to follow', () => identity().root().generation === 2);
    expect(rootFingerprint(identity().root())).toBe((await reportRoots(prisma, new Date())).roots[1]?.fingerprint);
    expect(roots().notice).toBeUndefined();

    await present.session();
    expect(present.standing).toEqual({ generation: 2 });
    await expect(present.verify(before)).rejects.toMatchObject({ refusal: 'root-rolled-back' });
    await present.restart();
    await expect(present.verify(before)).rejects.toMatchObject({ refusal: 'root-rolled-back' });
    await present.beat();
    expect(await pinOf(there)).toMatchObject({ generation: 2, refused: 'root-rolled-back' });
    await present.session();
    await present.beat();
    expect(await pinOf(there)).toMatchObject({ generation: 2, refused: null });
  });

  it('does not give way to the one before it at a later start', async () => {
    const [first] = (await reportRoots(prisma, new Date())).roots;
    const key = `${first?.name}/${first?.version}`;
    expect(await refusal({ TIDEGATE_ROOT_KEY: key })).toMatch(/Agents never go back/);
    expect(await refusal({ TIDEGATE_NEXT_ROOT_KEY: key })).toMatch(/generation 1 is over/);
    expect((await start({ TIDEGATE_ROOT_KEY: named(next) })).inForce.root.generation).toBe(2);
    expect((await start({ TIDEGATE_NEXT_ROOT_KEY: named(next) })).inForce.root.generation).toBe(2);
  });

  it('is refused by an agent that was away all the time, which says so; a person at its machine mends it', async () => {
    await expect(absent.session()).rejects.toMatchObject({ refusal: 'root-unknown' });
    expect((await absent.beat()).nextRoot).toBeUndefined();
    expect(await pinOf(away)).toMatchObject({ generation: 1, refused: 'root-unknown' });
    const report = await reportRoots(prisma, new Date());
    expect(report.followers).toMatchObject({ ready: 1, refusing: 1 });
    expect(describeRoots(report)).toContain('refuses: root-unknown');

    const { path } = absent.folder;
    const [before] = report.roots;
    await expect(trustRoot(path, before?.fingerprint ?? '')).rejects.toMatchObject({ reason: 'untrusted' });
    await absent.restart();
    await expect(absent.session()).rejects.toMatchObject({ refusal: 'root-unknown' });
    await trustRoot(path, rootFingerprint(identity().root()));
    await absent.restart();
    await absent.session();
    expect(absent.standing).toEqual({ generation: 2 });
  });

  it('cannot be swapped in the vault', async () => {
    const swapped = new MemoryVault();
    const { id, version } = next.key;
    vi.spyOn(swapped, 'getKey').mockResolvedValue({ ...(await swapped.ensureKey('x', 'ec-p256', 2)), id, version });
    expect(await refusal({}, swapped)).toMatch(/holds another key as the root of generation 2/);
  });

  it('can be withdrawn while it is only announced', async () => {
    const third = await makeNextRoot(prisma, app.vault);
    await start({ TIDEGATE_NEXT_ROOT_KEY: named(third) });
    await until('the running replica to hear of it', () => roots().notice?.generation === 3);
    await present.beat();
    expect(present.standing.next).toBeDefined();
    expect(await withdrawNextRoot(prisma)).toBe(3);
    await until('the running replica to hear of it', () => roots().notice === undefined);
    expect(await withdrawNextRoot(prisma)).toBeUndefined();

    jump(60_000);
    const replacement = { name: 'third-b', key: await app.vault.ensureKey('third-b', 'ec-p256', 3) };
    const { notice } = await start({ TIDEGATE_NEXT_ROOT_KEY: named(replacement) });
    await until('the running replica to hear of it', () => roots().notice?.jws === notice?.jws);
    await present.beat();
    expect(present.standing.next?.fingerprint).toBe(notice?.fingerprint);
  });

  it('is what the settings name where the database was lost', async () => {
    await app.database.query('DELETE FROM root_key');
    const { inForce } = await start({ TIDEGATE_ROOT_KEY: named(next) });
    expect(inForce).toEqual({ root: identity().root(), keyId: next.key.id });
    expect((await start({})).inForce).toEqual(inForce);
  });
});
