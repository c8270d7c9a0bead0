import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { sealCredential, type CredentialPair } from '../../src/contract/sealed-credential.js';
import { createAgent, type Agent, type AgentSettings } from '../../src/gateway-agent/agent.js';
import { createConnectors } from '../../src/gateway-agent/connectors/registry.js';
import { FixedMachineIdentity } from '../../src/gateway-agent/machine-identity.js';
import { openPolicy, type MachinePolicy } from '../../src/gateway-agent/policy/machine-policy.js';
import { register } from '../../src/gateway-agent/register.js';
import { StateFolder } from '../../src/gateway-agent/state-folder.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { ConnectorApiModule } from '../../src/modules/connector-api/connector-api.module.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { JoinTokensService } from '../../src/modules/gateways/join-tokens.service.js';
import { RECOVERY_KEY, ScriptedTerminal } from './agent-under-test.js';
import { startTestApp, type TestApp } from './app.js';
import { Given, type GivenCaller } from './given.js';
import { TwoNamespaces } from './two-namespaces.js';
import { until } from './until.js';

const REGION = 'westeurope';
/** A lost attempt to connect costs an agent 15 s before it begins another one. */
const ONLINE_WITHIN_MS = 45_000;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface SourceWish {
  /** As Fabric calls it. */
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Anonymous without. */
  readonly login?: readonly CredentialPair[];
}

/** Control plane, relay and one agent with its real connectors and a policy: nothing replaced but vault and directory. */
export class ServedGateway implements AsyncDisposable {
  private agent: Agent | undefined;

  private constructor(
    readonly app: TestApp,
    readonly admin: GivenCaller,
    readonly id: string,
    private readonly policy: MachinePolicy,
    private readonly folder: string,
    private readonly relay: TwoNamespaces,
  ) {}

  static async start(rules: string, limits: Partial<AgentSettings> = {}): Promise<ServedGateway> {
    const relay = new TwoNamespaces();
    await relay.start();
    const folder = await mkdtemp(join(tmpdir(), 'tidegate-served-'));
    await writeFile(join(folder, 'relay.json'), JSON.stringify(relay.config()));
    await writeFile(join(folder, 'ca.pem'), relay.ca);
    const app = await startTestApp({
      imports: [AgentApiModule, FabricApiModule, ConnectorApiModule],
      environment: { TIDEGATE_RELAY_FILE: join(folder, 'relay.json') },
    });
    const admin = await new Given(app).caller();
    const stateDir = join(folder, 'agent');
    const machine = new FixedMachineIdentity(randomUUID());
    const { gatewayId } = await enrol(app, admin, { stateDir, machine, caFile: join(folder, 'ca.pem') });
    await writeFile(join(stateDir, 'policy.yaml'), rules, { mode: 0o600 });
    const log = pino({ level: 'silent' });
    const policy = await openPolicy({ stateDir }, log);
    const served = new ServedGateway(app, admin, gatewayId, policy, folder, relay);
    const connectors = createConnectors({ egress: policy.egress, folders: policy.folders });
    const place = { folder: new StateFolder(stateDir), machine, connectors, policy, log };
    served.agent = createAgent({ ...place, maxInFlight: 50, transport: 'amqp', ...limits });
    await served.agent.start();
    await until('the member to be online', async () => (await served.member()).state === 'online', ONLINE_WITHIN_MS);
    return served;
  }

  /** As its administrator, who is licensed as well. */
  async ask(method: string, path: string, init: { json?: object; signal?: AbortSignal } = {}): Promise<Answer> {
    const { json, signal } = init;
    const answer = await fetch(new URL(path, this.app.url), {
      method,
      headers: { authorization: this.admin.authorization, ...(json && { 'content-type': 'application/json' }) },
      ...(json && { body: JSON.stringify(json) }),
      ...(signal && { signal }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : {} };
  }

  /** Its only member, as the management API shows it. */
  async member(): Promise<Readonly<Record<string, unknown>>> {
    const { body } = await this.ask('GET', `/v1/gateways/${this.id}/members`);
    return (body['value'] as Record<string, unknown>[])[0] ?? {};
  }

  /** Replaces the policy, and returns once it holds. */
  async setPolicy(rules: string): Promise<void> {
    const holds = new Promise<void>((done) => {
      this.policy.file.onChange(done);
    });
    await writeFile(join(this.folder, 'agent', 'policy.yaml'), rules);
    await holds;
  }

  /** A connection made as Fabric's clients make it: the credential sealed here, the source tried before it is stored. */
  async connect({ type, parameters, login }: SourceWish): Promise<Answer> {
    const { body: gateway } = await this.ask('GET', `/v1/gateways/${this.id}`);
    const sealed = login && (await sealCredential(gateway['publicKey'] as Parameters<typeof sealCredential>[0], login));
    const values = sealed === undefined ? [] : [{ gatewayId: this.id, encryptedCredentials: sealed }];
    const given = Object.entries(parameters).map(([name, value]) => ({ dataType: 'Text', name, value }));
    const { id: environmentId } = await new Given(this.app).environment({ tenantId: this.admin.tenantId });
    return this.ask('POST', '/v1/connections', {
      json: {
        connectivityType: 'OnPremisesGateway',
        gatewayId: this.id,
        displayName: `${type} ${randomUUID()}`,
        connectionDetails: { type, creationMethod: type, parameters: given },
        credentialDetails: {
          connectionEncryption: 'NotEncrypted',
          credentials: { credentialType: login ? 'Basic' : 'Anonymous', values },
        },
        environmentIds: [environmentId],
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.agent?.stop();
    await this.policy.close();
    await this.app.stop();
    await this.relay.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function enrol(
  { app, url }: TestApp,
  admin: GivenCaller,
  place: { stateDir: string; machine: FixedMachineIdentity; caFile: string },
) {
  const wanted = { region: REGION, gatewayName: 'harbour' };
  const { token } = await app.get(JoinTokensService, { strict: false }).create(admin, wanted);
  const settings = {
    command: 'register',
    ...place,
    logLevel: 'info',
    isProduction: false,
    controlPlane: url,
    name: wanted.gatewayName,
    region: wanted.region,
    memberName: 'member',
    tenant: undefined,
    joinToken: { from: 'stdin' },
    recoveryKey: { from: 'stdin' },
    rootFingerprint: undefined,
    allowInsecure: false,
  } as const;
  return register(settings, new ScriptedTerminal([token, RECOVERY_KEY]));
}
