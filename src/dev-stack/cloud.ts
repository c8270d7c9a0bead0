import './not-in-production.js';
import { writePrivateFile } from './private-file.js';
import { ensureDevelopmentCa } from './certificates.js';
import type { CloudAddresses } from './control-plane-process.js';
import type { DevelopmentSecrets } from './development-secrets.js';
import { EmbeddedPostgres } from './embedded-postgres/embedded-postgres.js';
import { GraphStandIn } from './graph.js';
import { developmentDirectory } from './identity/development-directory.js';
import { IdentityProvider } from './identity/identity-provider.js';
import { KeyVaultStandIn } from './key-vault.js';
import { storedPort } from './loopback-server.js';
import { connectionString, loadRelayKeys, relayConfig } from './relay-settings.js';
import { AUDIENCE, CONTROL_PLANE_CLIENT_ID, PUBLIC_CLIENT_ID, PUBLISHER_CLIENT_ID, TENANTS } from './seed-data.js';
import { ServiceBusStandIn } from './service-bus/service-bus.js';
import type { StateFolder } from './state-folder.js';

const DATABASE = 'tidegate';

export interface CloudOptions {
  readonly log: (line: string) => void;
  readonly tap?: (raw: Buffer) => void;
}

/** What the control plane leans on in Azure, played on this machine: database, bus, directory, Graph and vault. */
export class Cloud {
  private readonly postgres: EmbeddedPostgres;
  private parts:
    | {
        identity: IdentityProvider;
        graph: GraphStandIn;
        vault: KeyVaultStandIn;
        releaseVault: KeyVaultStandIn;
        bus: ServiceBusStandIn;
      }
    | undefined;
  private addressesOrNone: CloudAddresses | undefined;
  private connectionStringOrNone = '';

  constructor(
    private readonly folder: StateFolder,
    private readonly secrets: DevelopmentSecrets,
    private readonly options: CloudOptions,
  ) {
    this.postgres = new EmbeddedPostgres({ dataDir: `${folder.folder('cloud')}/postgres`, databases: [DATABASE] });
  }

  async start(): Promise<void> {
    const { folder, secrets } = this;
    const ca = await ensureDevelopmentCa(folder.path);
    const [certificate, rules] = await Promise.all([ca.issue(), loadRelayKeys(folder.file('relay-keys.json'))]);
    const identity = new IdentityProvider({
      folder: folder.folder('cloud', 'identity'),
      certificate,
      tenants: developmentDirectory(secrets),
      audience: AUDIENCE,
      clientId: PUBLIC_CLIENT_ID,
      log: this.options.log,
    });
    const graph = new GraphStandIn({ identity });
    const vault = new KeyVaultStandIn({
      identity,
      certificate,
      folder: folder.folder('cloud', 'vault'),
      // The publisher has the root certify the release key.
      applications: [CONTROL_PLANE_CLIENT_ID, PUBLISHER_CLIENT_ID],
    });
    const releaseVault = new KeyVaultStandIn({
      identity,
      certificate,
      folder: folder.folder('cloud', 'release-vault'),
      applications: [PUBLISHER_CLIENT_ID],
    });
    const { tap } = this.options;
    const bus = new ServiceBusStandIn({
      tls: certificate,
      // The last start's port if it is free: agents keep the address of their relay until they ask again.
      port: await storedPort(folder.file('cloud/bus.port')),
      rules: Object.values(rules),
      ...(tap ? { tap: (_direction, _queue, raw) => tap(raw) } : {}),
    });
    this.parts = { identity, graph, vault, releaseVault, bus };

    const [database] = await Promise.all([
      this.postgres.start(),
      identity.start(),
      graph.start(),
      vault.start(),
      releaseVault.start(),
      bus.start(),
    ]);
    await writePrivateFile(folder.file('cloud/bus.port'), String(bus.port));
    await writePrivateFile(folder.file('relay.json'), JSON.stringify(relayConfig(bus.port, rules), null, 2));
    await writePrivateFile(folder.file('service-secret'), secrets.controlPlane);
    await writePrivateFile(folder.file('publisher-secret'), secrets.publisher);
    this.connectionStringOrNone = connectionString(bus.port, rules);
    this.addressesOrNone = {
      caFile: folder.caFile,
      databaseUrl: database.url(DATABASE),
      authority: identity.authority,
      portalAuthority: identity.httpAuthority,
      vaultUrl: vault.url,
      graphUrl: graph.url,
      serviceTenant: TENANTS[0]?.id ?? '',
      serviceSecretFile: folder.file('service-secret'),
      relayFile: folder.file('relay.json'),
      releaseVaultUrl: releaseVault.url,
      publisherSecretFile: folder.file('publisher-secret'),
      releasesDir: folder.folder('releases'),
    };
  }

  get addresses(): CloudAddresses {
    return started(this.addressesOrNone);
  }

  /** Connection string of the bus with all rights. */
  get serviceBus(): string {
    return this.connectionStringOrNone;
  }

  get identity(): IdentityProvider {
    return started(this.parts).identity;
  }

  get graph(): GraphStandIn {
    return started(this.parts).graph;
  }

  get bus(): ServiceBusStandIn {
    return started(this.parts).bus;
  }

  async stop(): Promise<void> {
    const { identity, graph, vault, releaseVault, bus } = this.parts ?? {};
    const servers = [bus, graph, vault, releaseVault, identity].map((server) => server?.stop());
    await Promise.all([...servers, this.postgres.stop()]);
  }
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the cloud was not started');
  return part;
}
