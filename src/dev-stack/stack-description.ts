import { renameSync, writeFileSync } from 'node:fs';
import type { PublishingDescription } from './publishing.js';

/** What `.stack/stack.json` says: everything that scripts, tests and the README's examples need. */
export interface StackDescription {
  readonly baseUrl: string;
  readonly portalUrl: string;
  /** Certificate of the authority that signs for everything in the stack that speaks TLS. */
  readonly caFile: string;
  readonly oidc: Readonly<Record<string, { tenantId: string; issuer: string; tokenEndpoint: string }>>;
  readonly clientId: string;
  readonly scope: string;
  readonly users: Readonly<Record<string, { username: string; password: string; objectId: string }>>;
  readonly servicePrincipals: Readonly<Record<string, { clientId: string; clientSecret: string; objectId: string }>>;
  readonly environments: Readonly<Record<string, { id: string; region: string }>>;
  readonly gateways: Readonly<Record<string, { id: string; region: string; memberIds: readonly string[] }>>;
  readonly connections: Readonly<Record<string, { id: string; kind: string }>>;
  readonly databaseUrl: string;
  readonly serviceBus: string;
  readonly releases: PublishingDescription;
  readonly processes: {
    readonly controlPlane: ProcessDescription;
    readonly agents: Record<string, ProcessDescription & { readonly stateDir: string }>;
  };
}

export interface ProcessDescription {
  readonly pid: number;
  readonly log: string;
}

/** Writes the description for its owner only, whole or not at all. */
export function writeDescription(file: string, description: StackDescription): void {
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(description, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** The same for a person to read. */
export function describeForPeople(description: StackDescription, file: string): string {
  const { baseUrl, oidc, clientId, scope, users, environments, gateways, connections, processes } = description;
  const list = (title: string, rows: readonly string[]): string =>
    `${title}\n${rows.map((row) => `  ${row}`).join('\n')}`;
  return [
    `Tidegate runs at ${baseUrl}`,
    list('Sign-in (token endpoints take grant_type=password for these users)', [
      `client_id ${clientId}   scope ${scope}`,
      ...Object.entries(oidc).map(([name, { tokenEndpoint }]) => `${name.padEnd(10)} ${tokenEndpoint}`),
    ]),
    list(
      'Users',
      Object.entries(users).map(
        ([name, { username, password }]) => `${name.padEnd(18)} ${username.padEnd(34)} ${password}`,
      ),
    ),
    list(
      'Environments',
      Object.entries(environments).map(([name, { id, region }]) => `${name.padEnd(18)} ${id}  ${region}`),
    ),
    list(
      'Gateways',
      Object.entries(gateways).map(([name, { id, region }]) => `${name.padEnd(18)} ${id}  ${region}`),
    ),
    list(
      'Connections',
      Object.entries(connections).map(([name, { id, kind }]) => `${name.padEnd(18)} ${id}  ${kind}`),
    ),
    list('Processes', [
      `control plane      ${processes.controlPlane.pid}  ${processes.controlPlane.log}`,
      ...Object.entries(processes.agents).map(([name, { pid, log }]) => `agent ${name.padEnd(12)} ${pid}  ${log}`),
    ]),
    `All of it: ${file}`,
    'Ctrl-C ends it.',
  ].join('\n\n');
}
