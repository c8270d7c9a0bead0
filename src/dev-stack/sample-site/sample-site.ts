import '../not-in-production.js';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../embedded-postgres/embedded-postgres.js';
import { SampleApi, SAMPLE_API_USER } from './sample-api.js';
import { fillSampleDatabase, SAMPLE_LOGIN } from './sample-database.js';
import { fillSampleFolder } from './sample-folder.js';

export interface SampleSiteOptions {
  readonly folder: string;
  readonly databasePassword: string;
  readonly apiPassword: string;
}

/** Addresses and credentials of the sample network's sources. */
export interface RunningSite {
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly username: string;
    readonly password: string;
    /** Connection string of that login. */
    readonly url: string;
    /** Connection string of the superuser, for those who look after the source. */
    readonly adminUrl: string;
  };
  readonly api: { readonly baseUrl: string; readonly username: string; readonly password: string };
  readonly files: { readonly root: string };
}

const DATABASE = 'warehouse';

/** A company's network in small: a PostgreSQL server, an HTTP API and a file share, none of which the cloud can reach. */
export class SampleSite {
  private readonly postgres: EmbeddedPostgres;
  private readonly api: SampleApi;

  constructor(private readonly options: SampleSiteOptions) {
    const { folder, apiPassword } = options;
    this.postgres = new EmbeddedPostgres({ dataDir: join(folder, 'postgres'), databases: [DATABASE] });
    this.api = new SampleApi({ password: apiPassword, portFile: join(folder, 'api.port') });
  }

  async start(): Promise<RunningSite> {
    const { folder, databasePassword, apiPassword } = this.options;
    const root = join(folder, 'files');
    const [server, { baseUrl }] = await Promise.all([this.startDatabase(), this.api.start(), fillSampleFolder(root)]);
    const { host, port } = server;
    const login = `${SAMPLE_LOGIN}:${encodeURIComponent(databasePassword)}`;
    return {
      database: {
        host,
        port,
        database: DATABASE,
        username: SAMPLE_LOGIN,
        password: databasePassword,
        url: `postgresql://${login}@${host}:${port}/${DATABASE}`,
        adminUrl: server.url(DATABASE),
      },
      api: { baseUrl, username: SAMPLE_API_USER, password: apiPassword },
      files: { root },
    };
  }

  /** Ends the database alone: a source that is down. */
  async stopDatabase(): Promise<void> {
    await this.postgres.stop();
  }

  async startDatabase(): ReturnType<EmbeddedPostgres['start']> {
    const server = await this.postgres.start();
    await fillSampleDatabase(server.url(DATABASE), this.options.databasePassword);
    return server;
  }

  async stop(): Promise<void> {
    await Promise.all([this.postgres.stop(), this.api.stop()]);
  }
}
