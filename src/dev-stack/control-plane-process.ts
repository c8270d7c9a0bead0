import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request, type Dispatcher } from 'undici';
import type { ChildProcesses } from './child-processes.js';
import { tailOf } from './log-tail.js';
import { trusting } from './trusting.js';
import { AUDIENCE, CONTROL_PLANE_CLIENT_ID, PUBLIC_CLIENT_ID, TENANTS, USER_SCOPE } from './seed-data.js';

/** Addresses of what the control plane leans on. */
export interface CloudAddresses {
  readonly caFile: string;
  readonly databaseUrl: string;
  readonly authority: string;
  /** The same over plain http: a browser need not trust the development authority. */
  readonly portalAuthority: string;
  readonly vaultUrl: string;
  readonly graphUrl: string;
  readonly serviceTenant: string;
  readonly serviceSecretFile: string;
  readonly relayFile: string;
  /** Vault of the release key, which no replica may use. */
  readonly releaseVaultUrl: string;
  readonly publisherSecretFile: string;
  readonly releasesDir: string;
}

export interface ControlPlaneOptions {
  readonly name: string;
  readonly distDir: string;
  readonly port: number;
  readonly log: string;
  readonly cloud: CloudAddresses;
  /** Serves HTTPS with these; plain HTTP without. */
  readonly tls: TlsFiles | undefined;
}

/** A certificate for this machine's own names, and its key. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/**
 * The same as in the Dockerfile. The heap of a control plane under load is below 110 MB, and 125 MB with the
 * connections of 10,000 members; Node's defaults let garbage and malloc's arenas pile up to three times that.
 */
const MEMORY_OPTIONS = ['--max-semi-space-size=2', '--max-old-space-size=384'];

/** How long the control plane may take until it answers, in milliseconds. */
const READY_MS = 30_000;

/**
 * Starts the control plane exactly as production does: `main.js` and its settings. Only the addresses differ.
 *
 * @returns its process id and address, once it answers
 * @throws Error with the end of its log when it does not come up
 */
export async function startControlPlane(
  children: ChildProcesses,
  options: ControlPlaneOptions,
): Promise<{ pid: number; baseUrl: string }> {
  const { name, distDir, port, log, cloud, tls } = options;
  const baseUrl = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  const asking = await trusting(cloud.caFile);
  let ended = false;
  const pid = await children.start(
    {
      name,
      args: [...MEMORY_OPTIONS, join(distDir, 'main.js')],
      log,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        MALLOC_ARENA_MAX: '1',
        NODE_EXTRA_CA_CERTS: cloud.caFile,
        TIDEGATE_HOST: '127.0.0.1',
        TIDEGATE_PORT: String(port),
        TIDEGATE_TLS_CERT_FILE: tls?.certFile,
        TIDEGATE_TLS_KEY_FILE: tls?.keyFile,
        TIDEGATE_REPLICA_ID: name,
        ...replicaSettings(baseUrl, cloud),
      },
    },
    () => {
      ended = true;
    },
  );
  const deadline = Date.now() + READY_MS;
  while (!(await answers(`${baseUrl}/health`, asking))) {
    if (ended || Date.now() > deadline) throw new Error(`the control plane did not come up:\n${await tailOf(log)}`);
    await sleep(25);
  }
  await asking.close();
  return { pid, baseUrl };
}

/** What every replica is told alike. @param baseUrl the address that agents and clients use */
export function replicaSettings(baseUrl: string, cloud: CloudAddresses): Record<string, string | undefined> {
  return {
    NODE_ENV: 'development',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    TIDEGATE_PUBLIC_URL: baseUrl,
    // The port may be another one at the next start; what agents know the service by may not.
    TIDEGATE_ISSUER: 'urn:tidegate:embedded',
    DATABASE_URL: cloud.databaseUrl,
    TIDEGATE_AUTHORITY: cloud.authority,
    TIDEGATE_PORTAL_AUTHORITY: cloud.portalAuthority,
    TIDEGATE_AUDIENCES: `${AUDIENCE},api://${AUDIENCE}`,
    TIDEGATE_SCOPE: USER_SCOPE,
    TIDEGATE_CLIENT_ID: PUBLIC_CLIENT_ID,
    TIDEGATE_TENANTS: TENANTS.map(({ id }) => id).join(','),
    TIDEGATE_TENANT_NAMES: TENANTS.map(({ id, displayName }) => `${id}=${displayName}`).join(','),
    TIDEGATE_TOKEN_VERIFIER: process.env.TIDEGATE_TOKEN_VERIFIER,
    TIDEGATE_LICENCE_RULES: process.env.TIDEGATE_LICENCE_RULES,
    TIDEGATE_VAULT_URL: cloud.vaultUrl,
    TIDEGATE_GRAPH_URL: cloud.graphUrl,
    TIDEGATE_SERVICE_TENANT: cloud.serviceTenant,
    TIDEGATE_SERVICE_CLIENT_ID: CONTROL_PLANE_CLIENT_ID,
    TIDEGATE_SERVICE_CLIENT_SECRET_FILE: cloud.serviceSecretFile,
    TIDEGATE_RELAY_FILE: cloud.relayFile,
    TIDEGATE_RELEASES_DIR: cloud.releasesDir,
  };
}

async function answers(url: string, dispatcher: Dispatcher): Promise<boolean> {
  try {
    const { statusCode, body } = await request(url, { dispatcher });
    await body.dump();
    return statusCode === 200;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false; // nobody listens yet
    throw error;
  }
}
