import './not-in-production.js';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { agentPid, isRegistered, registerAgent, runAgent, type AgentOptions } from './agent-process.js';
import { ChildProcesses } from './child-processes.js';
import { Cloud } from './cloud.js';
import { ensureDevelopmentCa } from './certificates.js';
import { replicaSettings, startControlPlane, type TlsFiles } from './control-plane-process.js';
import { loadSecrets, type DevelopmentSecrets } from './development-secrets.js';
import { EmbeddedPostgres } from './embedded-postgres/embedded-postgres.js';
import { freePort } from './free-port.js';
import { ManagementClient } from './management-client.js';
import { readPrivateFile, writePrivateFile } from './private-file.js';
import { describePublishing } from './publishing.js';
import { SampleSite, type RunningSite } from './sample-site/sample-site.js';
import { sampleConnections } from './sample-connections.js';
import { ENVIRONMENTS, PUBLIC_CLIENT_ID, SERVICE_PRINCIPALS, TENANTS, USER_SCOPE, USERS } from './seed-data.js';
import { Seed, type SeededGateway } from './seed.js';
import { trusting } from './trusting.js';
import { writeDescription, type StackDescription } from './stack-description.js';
import { StateFolder } from './state-folder.js';

export interface StackOptions {
  readonly distDir: string;
  readonly stateDir: string;
  /** Port of the control plane; 0 takes a free one. */
  readonly port: number;
  /** Forget everything of earlier starts. */
  readonly fresh: boolean;
  readonly log: (line: string) => void;
  /** The control plane serves HTTPS, with a certificate of the stack's own authority. */
  readonly tls?: boolean;
  /** Sees every message that crosses the bus. */
  readonly tap?: (raw: Buffer) => void;
}

const SAMPLE_GATEWAY = 'contoso.hq';
const SAMPLE_REGION = 'westeurope';
/** People who may use the sample connections; the others are there to be refused. */
const SAMPLE_USERS = ['contoso.maker', 'contoso.e1', 'contoso.basic'];
const ONLINE_MS = 30_000;

/** Starts the whole gateway on this machine. @throws Error naming what did not come up; nothing is left running then */
export async function startStack(options: StackOptions): Promise<Stack> {
  const stack = new Stack(options);
  try {
    await stack.start();
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** The embedded stack: what plays the cloud, the control plane, a sample network and its agent. */
export class Stack {
  private readonly folder: StateFolder;
  private readonly children: ChildProcesses;
  private readonly startedControlPlanes: string[] = [];
  private secretsOrNone: DevelopmentSecrets | undefined;
  private cloudOrNone: Cloud | undefined;
  private siteRunner: SampleSite | undefined;
  private siteOrNone: RunningSite | undefined;
  private descriptionOrNone: StackDescription | undefined;
  private seedOrNone: Seed | undefined;
  private baseUrl = '';

  constructor(private readonly options: StackOptions) {
    this.folder = new StateFolder(options.stateDir);
    this.children = new ChildProcesses(this.folder.file('processes.json'));
  }

  get description(): StackDescription {
    return started(this.descriptionOrNone);
  }

  get site(): RunningSite {
    return started(this.siteOrNone);
  }

  get cloud(): Cloud {
    return started(this.cloudOrNone);
  }

  /** The sources themselves, for tests that take one down. */
  get sources(): SampleSite {
    return started(this.siteRunner);
  }

  get recoveryKey(): string {
    return this.secrets.recoveryKey;
  }

  async start(): Promise<void> {
    const { stateDir, fresh, log } = this.options;
    await this.folder.open();
    await this.children.endLeftovers();
    if (fresh) await this.forget();
    rmSync(this.folder.stackFile, { force: true });
    this.secretsOrNone = await loadSecrets(stateDir);
    this.cloudOrNone = new Cloud(this.folder, this.secrets, {
      log,
      ...(this.options.tap ? { tap: this.options.tap } : {}),
    });
    this.siteRunner = new SampleSite({
      folder: this.folder.folder('site'),
      databasePassword: this.secrets.sampleDatabase,
      apiPassword: this.secrets.sampleApi,
    });
    log('starting the databases, the broker, the directory and the vault …');
    const [site] = await Promise.all([this.siteRunner.start(), this.cloudOrNone.start()]);
    this.siteOrNone = site;

    log('starting the control plane …');
    const controlPlane = await this.startReplica(
      'control-plane',
      this.options.port === 0 ? await freePort() : this.options.port,
    );
    this.baseUrl = controlPlane.baseUrl;

    log('setting up the development tenants and the agent …');
    this.seedOrNone = new Seed(await this.signIn('contoso.admin'));
    const environments = await this.setUpEnvironments();
    const gateway = await this.setUpGateway(SAMPLE_GATEWAY, SAMPLE_REGION);
    const connections = await this.setUpConnections(gateway, environments);
    this.descriptionOrNone = await this.describe({ controlPlane, environments, gateway, connections });
    writeDescription(this.folder.stackFile, this.descriptionOrNone);
  }

  /** Starts the agent of a gateway again, after it ended. */
  async startAgent(name: string): Promise<void> {
    await this.runAgent(name);
    const pid = await agentPid(this.children, await this.agent(name));
    const known = this.description.processes.agents[name];
    if (known) this.description.processes.agents[name] = { ...known, pid };
    writeDescription(this.folder.stackFile, this.description);
  }

  /** Starts the control plane again at its address, after it ended. */
  async startControlPlaneAgain(): Promise<void> {
    await this.children.stop('control-plane');
    const { pid } = await this.startReplica('control-plane', Number(new URL(this.baseUrl).port));
    this.descriptionOrNone = {
      ...this.description,
      processes: { ...this.description.processes, controlPlane: { ...this.description.processes.controlPlane, pid } },
    };
    writeDescription(this.folder.stackFile, this.description);
  }

  /** A second replica of the control plane on the same database and bus. */
  async addReplica(): Promise<{ baseUrl: string; pid: number; log: string }> {
    return this.startReplica(`control-plane-${this.startedControlPlanes.length + 1}`, await freePort());
  }

  /** Another gateway with an agent of its own and a connection to the same warehouse. @returns the connection's id */
  async addGateway(name: string, region: string): Promise<string> {
    const gateway = await this.setUpGateway(name, region);
    const wanted = sampleConnections(this.site, [this.environmentId('contoso.europe')])[0];
    const id = await this.seed.connection(gateway, { ...started(wanted).details, displayName: `${name}.warehouse` });
    await this.seed.share(id, userId('contoso.maker'));
    await this.waitUntilOnline(id, name);
    return id;
  }

  /** Ends everything in order: what asks before what answers. */
  async stop(): Promise<void> {
    rmSync(this.folder.stackFile, { force: true });
    await this.children.stopAll((name) => !name.startsWith('control-plane'));
    await this.children.stopAll(() => true);
    await Promise.all([this.cloudOrNone?.stop(), this.siteRunner?.stop()]);
    this.children.forget();
    this.folder.release();
  }

  /** For the impatient: ends the processes without asking them. */
  kill(): void {
    this.children.killAll();
  }

  /** Removes what earlier starts left, a database server that outlived its launcher included. */
  private async forget(): Promise<void> {
    for (const name of ['cloud', 'site'])
      await new EmbeddedPostgres({ dataDir: join(this.folder.path, name, 'postgres') }).destroy();
    this.folder.release();
    this.folder.clear();
    await this.folder.open();
  }

  private get secrets(): DevelopmentSecrets {
    return started(this.secretsOrNone);
  }

  private get seed(): Seed {
    return started(this.seedOrNone);
  }

  private environmentId(name: string): string {
    return started(this.description.environments[name]).id;
  }

  private async startReplica(name: string, port: number): Promise<{ baseUrl: string; pid: number; log: string }> {
    this.startedControlPlanes.push(name);
    const log = this.folder.log(name);
    const { pid, baseUrl } = await startControlPlane(this.children, {
      name,
      distDir: this.options.distDir,
      port,
      log,
      cloud: this.cloud.addresses,
      tls: this.options.tls === true ? await this.serverCertificate() : undefined,
    });
    return { baseUrl, pid, log };
  }

  private async serverCertificate(): Promise<TlsFiles> {
    const { cert, key } = await (await ensureDevelopmentCa(this.folder.path)).issue();
    const files = { certFile: this.folder.file('server.pem'), keyFile: this.folder.file('server-key.pem') };
    await writePrivateFile(files.certFile, cert);
    await writePrivateFile(files.keyFile, key);
    return files;
  }

  private async signIn(user: string): Promise<ManagementClient> {
    const { username, tenant } = started(USERS.find(({ name }) => name === user));
    const dispatcher = await trusting(this.cloud.addresses.caFile);
    return ManagementClient.signIn(
      { baseUrl: this.baseUrl, dispatcher },
      {
        tokenEndpoint: this.cloud.identity.tokenEndpoint(tenantId(tenant)),
        clientId: PUBLIC_CLIENT_ID,
        scope: USER_SCOPE,
        username,
        password: started(this.secrets.users[user]),
      },
    );
  }

  private async setUpEnvironments(): Promise<StackDescription['environments']> {
    const rows = await Promise.all(
      ENVIRONMENTS.map(async ({ name, region }) => {
        const { id } = await this.seed.environment(name, region);
        return [name, { id, region }] as const;
      }),
    );
    return Object.fromEntries(rows);
  }

  private async setUpGateway(name: string, region: string): Promise<SeededGateway> {
    const agent = await this.agent(name);
    if (!isRegistered(agent)) {
      const joinToken = await this.seed.joinToken(name, region);
      await registerAgent(this.children, agent, {
        controlPlaneUrl: this.baseUrl,
        region,
        joinToken,
        recoveryKey: this.secrets.recoveryKey,
      });
    }
    await this.runAgent(name);
    return started(await this.seed.findGateway(name));
  }

  private async setUpConnections(
    gateway: SeededGateway,
    environments: StackDescription['environments'],
  ): Promise<StackDescription['connections']> {
    const wanted = sampleConnections(this.site, [started(environments['contoso.europe']).id]);
    const rows = await Promise.all(
      wanted.map(async ({ kind, details }) => {
        const id = await this.seed.connection(gateway, details);
        for (const user of SAMPLE_USERS) await this.seed.share(id, userId(user));
        await this.waitUntilOnline(id, gateway.displayName);
        return [details.displayName, { id, kind }] as const;
      }),
    );
    return Object.fromEntries(rows);
  }

  private async waitUntilOnline(connectionId: string, gateway: string): Promise<void> {
    const isAgentAlive = (): boolean => this.children.isRunning(`agent ${gateway}`);
    await this.seed.waitUntilOnline(connectionId, { deadline: Date.now() + ONLINE_MS, isAgentAlive });
  }

  private async agent(name: string): Promise<AgentOptions> {
    const stateDir = this.folder.agentState(name);
    const machineFile = `${stateDir}.machine-id`;
    const machineId = (await readPrivateFile(machineFile)) ?? randomUUID();
    await writePrivateFile(machineFile, machineId);
    return {
      name,
      distDir: this.options.distDir,
      stateDir,
      log: this.folder.log(`agent-${name}`),
      caFile: this.folder.caFile,
      machineId,
    };
  }

  private async runAgent(name: string): Promise<void> {
    const agent = { ...(await this.agent(name)), controlPlaneUrl: this.baseUrl };
    await runAgent(this.children, agent, () => this.options.log(`the agent of ${name} ended`));
  }

  private async describe(parts: {
    controlPlane: { baseUrl: string; pid: number; log: string };
    environments: StackDescription['environments'];
    gateway: SeededGateway;
    connections: StackDescription['connections'];
  }): Promise<StackDescription> {
    const { controlPlane, environments, gateway, connections } = parts;
    const { pid, log, baseUrl } = controlPlane;
    const { identity } = this.cloud;
    const agent = await this.agent(SAMPLE_GATEWAY);
    return {
      baseUrl,
      portalUrl: `${baseUrl}/`,
      caFile: this.cloud.addresses.caFile,
      oidc: Object.fromEntries(
        TENANTS.map(({ name, id }) => [
          name,
          { tenantId: id, issuer: identity.issuer(id), tokenEndpoint: identity.tokenEndpoint(id) },
        ]),
      ),
      clientId: PUBLIC_CLIENT_ID,
      scope: USER_SCOPE,
      users: Object.fromEntries(
        USERS.map(({ name, username, objectId }) => [
          name,
          { username, password: started(this.secrets.users[name]), objectId },
        ]),
      ),
      servicePrincipals: Object.fromEntries(
        SERVICE_PRINCIPALS.map(({ name, clientId, objectId }) => [
          name,
          { clientId, clientSecret: started(this.secrets.servicePrincipals[name]), objectId },
        ]),
      ),
      environments,
      gateways: {
        [SAMPLE_GATEWAY]: { id: gateway.id, region: SAMPLE_REGION, memberIds: await this.seed.memberIds(gateway.id) },
      },
      connections,
      databaseUrl: this.cloud.addresses.databaseUrl,
      serviceBus: this.cloud.serviceBus,
      releases: await describePublishing(
        this.folder,
        this.cloud.addresses,
        replicaSettings(baseUrl, this.cloud.addresses),
      ),
      processes: {
        controlPlane: { pid, log },
        agents: {
          [SAMPLE_GATEWAY]: { pid: await agentPid(this.children, agent), log: agent.log, stateDir: agent.stateDir },
        },
      },
    };
  }
}

function tenantId(name: string): string {
  return started(TENANTS.find((tenant) => tenant.name === name)).id;
}

function userId(name: string): string {
  return started(USERS.find((user) => user.name === name)).objectId;
}

/** Parts of the stack exist once it was started, and seeded things once they were seeded. */
function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the stack was not started, or not as far as this');
  return part;
}
