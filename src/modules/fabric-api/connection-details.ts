import { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import { targetSchema, type SourceKind, type Target } from '../../contract/targets.js';

/** PostgreSQL's registered port. */
const POSTGRESQL_PORT = 5432;

const parameterSchema = z.strictObject({
  dataType: z.enum(['Text', 'Number', 'Boolean', 'Duration', 'Date', 'DateTime', 'DateTimeZone', 'Time']).optional(),
  name: z.string().min(1).max(128),
  value: z.string().max(4096),
});

/** How Fabric's clients say where a connection leads. Names are matched without regard to case, as they do. */
export const connectionDetailsSchema = z.strictObject({
  type: z.string().min(1).max(128),
  creationMethod: z.string().min(1).max(128),
  parameters: z.array(parameterSchema).max(20),
});
export type ConnectionDetails = z.infer<typeof connectionDetailsSchema>;

interface CreationMethod {
  readonly parameters: readonly string[];
  readonly target: (values: Readonly<Record<string, string>>) => unknown;
}

/** By type and method, lower case. */
const METHODS: Readonly<Record<string, CreationMethod>> = {
  'postgresql/postgresql': {
    parameters: ['server', 'database'],
    target: ({ server = '', database }) => ({ kind: 'postgresql', ...hostAndPort(server), database }),
  },
  'web/web': { parameters: ['url'], target: ({ url }) => ({ kind: 'http', url }) },
  'folder/folder': { parameters: ['path'], target: ({ path }) => ({ kind: 'filesystem', path }) },
  'file/file': { parameters: ['path'], target: ({ path }) => ({ kind: 'filesystem', path }) },
};

const TYPES: Readonly<Record<SourceKind, string>> = { postgresql: 'PostgreSQL', http: 'Web', filesystem: 'Folder' };

/** @throws DomainError VALIDATION_FAILED */
export function parseTarget({ type, creationMethod, parameters }: ConnectionDetails): Target {
  const method = METHODS[`${type}/${creationMethod}`.toLowerCase()];
  if (!method) {
    throw invalid('connectionDetails.type', `no such type and method; known: ${Object.values(TYPES).join(', ')}, File`);
  }
  const values: Record<string, string> = {};
  for (const { name, value } of parameters) {
    const key = name.toLowerCase();
    if (!method.parameters.includes(key)) throw invalid('connectionDetails.parameters', `no parameter ${name}`);
    if (key in values) throw invalid('connectionDetails.parameters', `${name} twice`);
    values[key] = value.trim();
  }
  const missing = method.parameters.find((name) => values[name] === undefined || values[name] === '');
  if (missing !== undefined) throw invalid('connectionDetails.parameters', `${missing} is missing`);
  const parsed = targetSchema.safeParse(method.target(values));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`connectionDetails.parameters.${issue?.path.join('.') ?? ''}`, issue?.message ?? 'malformed');
  }
  if (parsed.data.kind === 'http') assertPlainUrl(parsed.data.url);
  return parsed.data;
}

/** How Fabric reads a target back: its type, and its parameters joined by semicolons. */
export function showTarget(target: Target): { type: string; path: string } {
  return { type: TYPES[target.kind], path: pathOf(target) };
}

function pathOf(target: Target): string {
  if (target.kind === 'http') return target.url;
  if (target.kind === 'filesystem') return target.path;
  const { server, port, database } = target;
  const host = server.includes(':') ? `[${server}]` : server;
  return `${port === POSTGRESQL_PORT ? host : `${host}:${port}`};${database}`;
}

/** `host`, `host:port`, `[v6]`, `[v6]:port` or a bare IPv6 address. */
function hostAndPort(server: string): { server: string; port: number } {
  const match = /^\[([0-9a-f:.]+)\](?::(\d{1,5}))?$/i.exec(server) ?? /^([^:\s/@;]+)(?::(\d{1,5}))?$/.exec(server);
  if (match?.[1] !== undefined) {
    return { server: match[1], port: match[2] === undefined ? POSTGRESQL_PORT : Number(match[2]) };
  }
  if (/^[0-9a-f:]+$/i.test(server) && server.includes('::')) return { server, port: POSTGRESQL_PORT };
  throw invalid('connectionDetails.parameters.server', 'host or host:port is needed');
}

/** A password in a URL would be stored, shown and logged in plain. */
function assertPlainUrl(text: string): void {
  const url = new URL(text);
  const problem =
    url.username !== '' || url.password !== ''
      ? 'must not hold a user name or password: send them as a sealed credential'
      : url.hash !== ''
        ? 'must not hold a fragment'
        : undefined;
  if (problem !== undefined) throw invalid('connectionDetails.parameters.url', problem);
}

function invalid(path: string, problem: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { path, problem });
}
