import { HTTP_SIGN_IN, OPERATIONS_BY_KIND, type Capabilities } from '../contract/capabilities.js';
import { NOTICES, type Notice } from '../contract/directive.js';
import type { RootKey } from '../contract/registration.js';
import type { SourceKind } from '../contract/targets.js';
import { CONTRACT_VERSION } from '../contract/version.js';
import { Attention } from './attention.js';
import { Backoff, LINK_BACKOFF } from './backoff.js';
import { BindingLedger } from './binding-ledger.js';
import { BusLink } from './bus-link.js';
import { MachineConditions, type Thresholds } from './conditions.js';
import type { Connector } from './connectors/connector.js';
import { directEgress } from './connectors/egress.js';
import { ControlPlane } from './control-plane.js';
import { CredentialCache } from './credential-cache.js';
import { Directives } from './directives.js';
import { admission } from './doctor/admission.js';
import { agentContext } from './doctor/agent-context.js';
import { DiagnosisRunner } from './doctor/diagnosis-runner.js';
import { Heartbeat } from './heartbeat.js';
import { Journal } from './journal.js';
import { loadKeys } from './key-store.js';
import { leavePlaces } from './leave-places.js';
import { LockFile } from './lock-file.js';
import { errorText, type Log } from './log.js';
import type { MachineIdentity } from './machine-identity.js';
import { machineLockPath } from './machine-lock.js';
import { MachineLoad } from './machine-load.js';
import { CA_FILE, getMemberRecord, pinRecovery, saveMemberRecord } from './member-record.js';
import { NO_PROXY, type NetworkSettings } from './network/network-settings.js';
import { Network } from './network/network.js';
import type { RelayPlace, Transport } from './network/relay-place.js';
import type { SessionCounts } from './observability/agent-vitals.js';
import { openObservability } from './observability/observability.js';
import type { ObservabilitySettings } from './observability/observability-settings.js';
import { Observers } from './observability/request-observer.js';
import { PendingRegistration } from './pending-registration.js';
import type { MachinePolicy } from './policy/machine-policy.js';
import { GatewayMembers } from './recovery/gateway-members.js';
import { RecoveryTrust } from './recovery/recovery-trust.js';
import { RelayWays } from './relay-ways.js';
import { RootNews } from './root-news.js';
import { RequestListener } from './request-listener.js';
import { RequestRunner } from './request-runner.js';
import { ResultStore } from './result-store.js';
import { RotationCalls } from './rotation/rotation-calls.js';
import { RotationMemory } from './rotation/rotation-memory.js';
import { RotationWorker } from './rotation/rotation-worker.js';
import { RunStatus } from './run-status.js';
import { ServerClock } from './server-clock.js';
import { openSession } from './session.js';
import type { StateFolder } from './state-folder.js';
import { Supervisor } from './supervisor.js';
import { LogTail } from './support/log-tail.js';
import type { LogTap } from './support/log-tap.js';
import { Trust } from './trust.js';
import type { Updater } from './update/updater.js';
import { WorkIntake } from './work-intake.js';
import { WriteGate } from './write-gate.js';

/** What a stop waits for requests under way; service managers kill after 10 s or more. */
const GRACE_MS = 8_000;
const SWEEP_MS = 60_000;
/** Reads taken at once from the shared queue, more than one connection may run and have waiting; a slower member so takes less. */
const WORK_WINDOW = 96;
/** Its address stands in its connection string. */
const EMULATOR: RelayPlace = { transport: 'emulator', host: 'localhost', port: 5672 };

export interface AgentSettings {
  readonly folder: StateFolder;
  /** Where the control plane is from now on, when it moved; kept for later starts. */
  readonly controlPlane?: string | undefined;
  readonly machine: MachineIdentity;
  readonly connectors: ReadonlyMap<SourceKind, Connector>;
  readonly log: Log;
  readonly maxInFlight: number;
  readonly maxPerConnection?: number;
  readonly maxBufferedBytes?: number;
  /** What the operator of the machine allows; everything without it. Closed with the agent. */
  readonly policy?: MachinePolicy | undefined;
  /** What the operator wants to see; only the figures for `top` without it. */
  readonly observability?: ObservabilitySettings | undefined;
  readonly transport: Transport | 'auto';
  /** How the cloud is reached; directly without it. */
  readonly network?: NetworkSettings | undefined;
  /** The log while it is written; without it nobody can watch it from afar. */
  readonly logTap?: LogTap | undefined;
  /** Makes what follows orders to update; without it there is nobody to change versions. */
  readonly updater?: ((given: UpdaterParts) => Pick<Updater, 'report' | 'desire' | 'healthy' | 'stop'>) | undefined;
}

export interface UpdaterParts {
  readonly controlPlane: ControlPlane;
  /** The root that holds, whenever it is asked. */
  readonly root: () => RootKey;
  readonly issuer: string;
  /** To be told when the report changes. */
  readonly changed: () => void;
}

export interface Agent {
  /** Returns once it works at being connected; it goes on trying for ever. @throws CommandError */
  start(): Promise<void>;
  /** Finishes what is under way, closes everything. */
  stop(): Promise<void>;
  readonly whenStopped: Promise<void>;
}

/** What this build can do. Announced at registration and with every heartbeat. */
export function capabilitiesOf(kinds: Iterable<SourceKind>): Capabilities {
  const served = [...kinds];
  return {
    contractVersions: [CONTRACT_VERSION],
    operations: Object.fromEntries(served.map((kind) => [kind, [...OPERATIONS_BY_KIND[kind]]])),
    features: [
      'body-streaming',
      'idempotent-replay',
      'probe',
      'diagnosis',
      'log-tail',
      ...(served.includes('http') ? [HTTP_SIGN_IN] : []),
    ],
  };
}

/** Builds the agent of one state folder. Everything is wired here and nowhere else. */
export function createAgent(settings: AgentSettings): Agent {
  let running: Promise<() => Promise<void>> | undefined;
  let stopped: Promise<void> | undefined;
  let finished: () => void = () => undefined;
  const whenStopped = new Promise<void>((resolve) => {
    finished = resolve;
  });
  const stopOnce = async () => {
    const stop = await running?.catch(() => undefined);
    await stop?.();
    finished();
  };
  return {
    start: async () => {
      running ??= start(settings);
      await running;
    },
    stop: () => (stopped ??= stopOnce()),
    whenStopped,
  };
}

async function start(settings: AgentSettings): Promise<() => Promise<void>> {
  const closers: (() => Promise<void> | void)[] = [];
  try {
    await wire(settings, closers);
  } catch (error) {
    await closeAll(closers, settings.log);
    throw error;
  }
  return () => closeAll(closers, settings.log);
}

/** In the order in which things need each other; `closers` runs backwards. */
async function wire(settings: AgentSettings, closers: (() => Promise<void> | void)[]): Promise<void> {
  const { folder, controlPlane: movedTo, machine, connectors, log, maxInFlight, transport, network: reach = NO_PROXY } = settings; // prettier-ignore
  const known = await getMemberRecord(folder);
  const record = movedTo === undefined ? known : { ...known, controlPlane: movedTo };
  await folder.prepare();
  for (const [path, what] of [
    [folder.file('agent.lock'), `The state folder ${folder.path}`],
    [machineLockPath(await machine.fingerprint()), 'This machine'],
  ] as const) {
    const lock = await LockFile.acquire(path, what);
    closers.push(() => lock.release());
  }

  // Left where a registration was ended between its last step and this one.
  await new PendingRegistration(folder).done();
  if (record !== known) await saveMemberRecord(folder, record);
  const keys = await loadKeys(folder);
  const trust = await Trust.open(folder, record);
  const journal = await Journal.open(folder);
  closers.push(() => journal.close());
  const results = await ResultStore.open(folder, keys.local, (id) => journal.find(id)?.stored ?? false);
  const ledger = await BindingLedger.open(folder);
  closers.push(() => ledger.close());
  closers.push(() => settings.policy?.close());
  closers.push(async () => {
    await Promise.allSettled([...connectors.values()].map((connector) => connector.close()));
  });

  const ca = (await folder.read(CA_FILE))?.toString('utf8');
  const { memberId, gatewayId, tenantId, issuer } = record;
  const controlPlane = new ControlPlane(
    { url: record.controlPlane, ca, network: reach },
    { memberId, issuer, identity: keys.identity },
  );
  closers.push(() => controlPlane.close());

  const credentials = new CredentialCache(keys.sealing, ledger, (connectionId) => {
    void Promise.allSettled([...connectors.values()].map((connector) => connector.forget(connectionId)));
  });
  closers.push(() => {
    credentials.clear();
  });
  const clock = new ServerClock();
  const writes = new WriteGate(journal, results, trust, log);
  const observers = new Observers(log);
  const listener: RequestListener = new RequestListener({
    observer: observers,
    runner: new RequestRunner(connectors, credentials, log, settings.policy?.gate),
    writes,
    send: (queue, message) => supervisor.send(queue, message),
    refresh: () => {
      heartbeat.now();
    },
    log,
    now: clock.now,
    maxInFlight,
    maxPerConnection: settings.maxPerConnection,
    maxBufferedBytes: settings.maxBufferedBytes,
  });
  const network = new Network(reach, ca);
  const ways = new RelayWays(folder, reach.ports, transport);
  const stopping = new AbortController();
  closers.push(() => {
    stopping.abort();
  });
  const supervisor: Supervisor = new Supervisor({
    session: async (signal) =>
      openSession({ tenantId, gatewayId, memberId }, await controlPlane.session(signal), trust, keys.receiving),
    openLink: async (session, events) => {
      const { relay, queues } = session;
      const places = relay.mode === 'emulator' ? [EMULATOR] : await ways.next(relay.host);
      const wanted = {
        ...{ relay, queues, places, network, workWindow: WORK_WINDOW },
        onSilent: () => {
          if (relay.mode === 'tokens') void leavePlaces(controlPlane, session.epoch, log, stopping.signal);
        },
        onMended: () => {
          heartbeat.now();
        },
      };
      const link = await BusLink.open(wanted, events, log);
      if (relay.mode === 'tokens') await ways.worked(link.place, relay.host);
      return link;
    },
    eventsFor: (session) => listener.eventsFor(session),
    changed: () => {
      heartbeat.now();
      status.note();
    },
    backoff: new Backoff(LINK_BACKOFF),
    log,
  });
  const conditions = new MachineConditions();
  const recovery = new RecoveryTrust(gatewayId, record.recovery, (pinned) => pinRecovery(folder, pinned));
  const told = () => {
    heartbeat.now();
  };
  settings.policy?.file.onChange(told);
  const members = new GatewayMembers(new RotationCalls(controlPlane).members, recovery, log, told);
  const intake = new WorkIntake({
    desire: (wanted) => supervisor.desire(wanted),
    requests: listener,
    conditions: () => conditions.list(clock.skewMs),
    changed: told,
    now: clock.now,
  });
  const rotation = new RotationWorker({
    gatewayId,
    memberId,
    identity: keys.identity,
    receiving: keys.receiving,
    sealing: keys.sealing,
    members,
    memory: await RotationMemory.open(folder),
    ledger,
    calls: (signal) => new RotationCalls(controlPlane, signal),
    changed: told,
    log,
  });
  const updater = settings.updater?.({ controlPlane, root: () => trust.root, issuer, changed: told });
  let thresholds: Thresholds | undefined;
  const attention = new Attention(told);
  closers.push(() => {
    attention.stop();
  });
  const diagnosis = new DiagnosisRunner({
    context: () =>
      agentContext({
        folder,
        record,
        network,
        ca,
        controlPlane,
        sources: {
          connectors,
          egress: settings.policy?.egress ?? directEgress,
          admit: admission(settings.policy?.gate, record),
          secretFor: (connection) => credentials.secretFor(connection),
        },
        isPolicyValid: () => settings.policy?.file.isValid ?? true,
      }),
    controlPlane,
    log,
  });
  const logTail = new LogTail({
    tap: settings.logTap,
    mayWatch: (principalId) => settings.policy?.file.current.mayWatchLog(principalId) ?? false,
    controlPlane,
    log,
    now: clock.now,
  });
  const directives = new Directives({
    trust,
    member: { gatewayId, memberId },
    apply: (wanted) => {
      thresholds = wanted.thresholds;
      intake.drain(wanted.drain && Date.parse(wanted.drain.deadline));
      rotation.want(wanted.rotation);
      updater?.desire(wanted.update?.version);
      diagnosis.want(wanted.diagnosis);
      logTail.want(wanted.logTail);
      attention.heard(wanted);
    },
    log,
  });
  const rootNews = new RootNews({ trust, changed: told, log });
  const heartbeat: Heartbeat = new Heartbeat({
    controlPlane,
    capabilities: capabilitiesOf(connectors.keys()),
    load: new MachineLoad(folder.path),
    clock,
    state: (load) => {
      conditions.observe(load, thresholds);
      return {
        epoch: supervisor.epoch,
        receiving: supervisor.receiving,
        draining: intake.draining,
        inFlight: listener.inFlight,
        conditions: conditions.list(clock.skewMs),
        notices: noticesOf({ 'recovery-key-untrusted': members.isUntrusted, 'root-untrusted': trust.standing.refused !== undefined, 'policy-invalid': settings.policy?.file.isValid === false }), // prettier-ignore
        refusals: settings.policy?.refusals.report,
        keyIds: keys.sealing.ids,
        update: updater?.report,
        root: trust.standing,
      };
    },
    onAnswer: (answer) => {
      intake.heard(answer);
      void directives.receive(answer.directive);
      if (!answer.directive) updater?.desire(undefined);
      void rootNews.receive(answer.nextRoot);
      if (supervisor.epoch !== undefined) updater?.healthy();
      status.note();
    },
    onSuperseded: () => {
      intake.stop();
      void Promise.allSettled([supervisor.stop()]);
    },
    log,
  });
  const status = new RunStatus(folder, log, () => ({
    connected: supervisor.epoch !== undefined,
    transport: supervisor.transport,
    port: supervisor.port,
    epoch: supervisor.epoch,
    receiving: supervisor.receiving,
    inFlight: listener.inFlight,
    instance: controlPlane.instanceNumber,
    recoveryKeyUntrusted: members.isUntrusted,
    root: trust.standing,
    controlPlaneAnsweredAt: heartbeat.lastAnswerAt,
  }));
  closers.push(() => status.close());
  const vitals = () => ({
    connected: supervisor.epoch !== undefined,
    transport: supervisor.transport,
    receiving: supervisor.receiving,
    draining: intake.draining,
    inFlight: listener.inFlight,
    conditions: conditions.list(clock.skewMs),
    heartbeats: { ...heartbeat.counts, lastAnswerAt: heartbeat.lastAnswerAt },
    sessions: sessionsOf(connectors),
  });
  closers.push(await openObservability(settings.observability ?? {}, observers, { folder, gatewayId, memberId, vitals, log })); // prettier-ignore
  const sweep = setInterval(() => {
    writes.sweep().catch((error: unknown) => {
      log.warn({ event: 'sweep-failed', reason: errorText(error) }, 'old entries could not be removed');
    });
  }, SWEEP_MS);
  closers.push(() => {
    clearInterval(sweep);
  });
  closers.push(async () => {
    intake.stop();
    // Said before the link goes, so that nobody sends writes here while the last requests end.
    heartbeat.now();
    await supervisor.drain();
    await listener.stop(GRACE_MS);
    await Promise.all([diagnosis.stop(), logTail.stop()]);
    await Promise.all([supervisor.stop(), heartbeat.stop(), rotation.stop(), members.stop(), updater?.stop()]);
  });
  log.info({ event: 'started', gatewayId, memberId, controlPlane: record.controlPlane }, 'agent started');
  heartbeat.start();
  rotation.start();
  members.start();
  supervisor.start();
}

function sessionsOf(connectors: AgentSettings['connectors']): ReadonlyMap<SourceKind, SessionCounts> {
  return new Map(
    [...connectors].flatMap(([kind, connector]) => (connector.heldSessions ? [[kind, connector.heldSessions()]] : [])),
  );
}

function noticesOf(holds: Readonly<Record<Notice, boolean>>): Notice[] {
  return NOTICES.filter((name) => holds[name]);
}

async function closeAll(closers: (() => Promise<void> | void)[], log: Log): Promise<void> {
  for (const close of closers.splice(0).reverse()) {
    try {
      await close();
    } catch (error) {
      log.warn({ event: 'stop-trouble', reason: errorText(error) }, 'something did not close in order');
    }
  }
}
