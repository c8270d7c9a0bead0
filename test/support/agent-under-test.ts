import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { SourceKind } from '../../src/contract/targets.js';
import { createAgent, type Agent, type AgentSettings } from '../../src/gateway-agent/agent.js';
import type { Connector, ConnectorAnswer, ConnectorRequest } from '../../src/gateway-agent/connectors/connector.js';
import { FixedMachineIdentity } from '../../src/gateway-agent/machine-identity.js';
import { register } from '../../src/gateway-agent/register.js';
import type { RegisterSettings } from '../../src/gateway-agent/settings.js';
import type { Terminal } from '../../src/gateway-agent/terminal.js';
import { TestFolder } from './agent-folder.js';
import { AgentControlPlane } from './agent-control-plane.js';
import { AgentReplica } from './agent-replica.js';
import { ServiceBusFixture } from './service-bus-fixture.js';
import { until } from './until.js';

export const RECOVERY_KEY = 'tide gate at low water';

/** A source whose behaviour each test writes. */
export class ScriptedConnector implements Connector {
  readonly kind: SourceKind = 'postgresql';
  readonly requests: ConnectorRequest[] = [];
  readonly forgotten: string[] = [];
  script: (request: ConnectorRequest) => Promise<ConnectorAnswer> = () => Promise.resolve(text('ok'));

  execute(request: ConnectorRequest): Promise<ConnectorAnswer> {
    this.requests.push(request);
    return this.script(request);
  }

  forget(connectionId: string): Promise<void> {
    this.forgotten.push(connectionId);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export function text(content: string): ConnectorAnswer {
  return { mediaType: 'text/plain', body: stream([Buffer.from(content)]) };
}

export async function* stream(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  for (const chunk of chunks) {
    await Promise.resolve();
    yield chunk;
  }
}

/** A source that says nothing until it is stopped. */
export async function hanging(request: ConnectorRequest): Promise<ConnectorAnswer> {
  await sleep(60_000, undefined, { signal: request.signal });
  return text('too late');
}

/** Somebody who types what a script says. */
export class ScriptedTerminal implements Terminal {
  readonly printed: string[] = [];
  readonly isInteractive = false;

  constructor(private readonly lines: string[]) {}

  askHidden(): Promise<string> {
    return Promise.reject(new Error('nobody is here'));
  }

  nextLine(): Promise<string> {
    return Promise.resolve(this.lines.shift() ?? '');
  }

  print(line: string): void {
    this.printed.push(line);
  }
}

/** An attempt to connect that is lost costs the agent 15 s before it begins another one. */
const CONNECTED_WITHIN_MS = 45_000;

export interface PrepareOptions {
  readonly emulator?: boolean;
  /** Port of the relay, for one that is started again. */
  readonly busPort?: number;
  /** More names and addresses in the relay's certificate. */
  readonly names?: readonly string[];
}

/** Relay, control plane, replica and a registered agent, all real but the control plane's domain. */
export class AgentUnderTest implements AsyncDisposable {
  readonly connector = new ScriptedConnector();
  readonly logs: string[] = [];
  agent!: Agent;
  replica!: AgentReplica;

  private constructor(
    readonly fixture: ServiceBusFixture,
    readonly plane: AgentControlPlane,
    readonly folder: TestFolder,
    readonly machine: FixedMachineIdentity,
  ) {}

  /** Up to the point where an agent may register. */
  static async prepare(options: PrepareOptions = {}): Promise<AgentUnderTest> {
    const emulatorQueues = ['pool-1', 'pool-2', 'rp/emulator'];
    const bus = options.busPort === undefined ? {} : { port: options.busPort };
    const fixture = await ServiceBusFixture.start(
      options.emulator ? { emulatorPort: 0, emulatorQueues } : bus,
      options.names,
    );
    const plane = await AgentControlPlane.start(fixture);
    if (options.emulator) {
      plane.emulatorConnectionString =
        `Endpoint=sb://127.0.0.1:${fixture.bus.emulatorPort};SharedAccessKeyName=RootManageSharedAccessKey;` +
        'SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true';
    }
    return new AgentUnderTest(fixture, plane, await TestFolder.make(), new FixedMachineIdentity(randomUUID()));
  }

  static async start(options: Partial<AgentSettings> = {}): Promise<AgentUnderTest> {
    const test = await AgentUnderTest.prepare();
    await test.register();
    await test.run(options);
    return test;
  }

  registerSettings(change: Partial<RegisterSettings> = {}): RegisterSettings {
    return {
      command: 'register',
      stateDir: this.folder.path,
      logLevel: 'info',
      machine: this.machine,
      isProduction: false,
      controlPlane: this.plane.url,
      name: 'hq',
      region: 'westeurope',
      memberName: 'machine 1',
      tenant: undefined,
      joinToken: { from: 'stdin' },
      recoveryKey: { from: 'stdin' },
      rootFingerprint: undefined,
      caFile: undefined,
      allowInsecure: false,
      ...change,
    };
  }

  async register(
    change: Partial<RegisterSettings> = {},
    lines = [this.plane.joinToken, RECOVERY_KEY],
  ): Promise<ScriptedTerminal> {
    const terminal = new ScriptedTerminal(lines);
    await register(this.registerSettings(change), terminal);
    await this.folder.write('ca.pem', this.fixture.certificates.ca);
    return terminal;
  }

  /** Starts (or starts again) the agent and waits until it takes reads. */
  async run(options: Partial<AgentSettings> = {}): Promise<void> {
    this.replica ??= await AgentReplica.start(this.plane, this.fixture);
    this.agent = createAgent({
      folder: this.folder,
      machine: this.machine,
      connectors: new Map([[this.connector.kind, this.connector]]),
      log: pino({ level: 'debug' }, { write: (line: string) => void this.logs.push(line) }),
      maxInFlight: 200,
      transport: 'websockets',
      ...options,
    });
    const before = this.plane.heartbeats.length;
    await this.agent.start();
    await until(
      'the agent to take reads',
      () => this.plane.heartbeats.slice(before).some(({ receiving }) => receiving),
      CONNECTED_WITHIN_MS,
    ).catch((cause: unknown) => {
      throw new Error(`${String(cause)}; the agent said:\n${this.logs.slice(-15).join('')}`, { cause });
    });
  }

  logged(event: string): boolean {
    return this.logs.some((line) => (JSON.parse(line) as { event?: string }).event === event);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.agent?.stop();
    await this.replica?.stop();
    await this.plane.stop();
    await this.fixture.stop();
    await this.folder[Symbol.asyncDispose]();
  }
}
