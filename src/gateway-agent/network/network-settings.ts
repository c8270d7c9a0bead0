import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { parse, YAMLError } from 'yaml';
import { z } from 'zod';
import { CommandError, systemErrorCode } from '../exit-codes.js';
import { loginTextSchema, proxyAddress, proxyUrlSchema, type ProxyAddress } from './proxy-address.js';
import { entriesOf, ProxyExceptions } from './proxy-exceptions.js';
import { DEFAULT_PORTS, MAX_PORTS, readPort, type PortChoice } from './relay-place.js';

/** How this machine reaches the cloud. Data sources never go this way. */
export interface NetworkSettings {
  /** What the agent may use towards its relay, in the order to try. */
  readonly ports: readonly PortChoice[];
  readonly proxy: ProxyAddress | undefined;
  readonly exceptions: ProxyExceptions;
}

/** What the command line and the environment say of it. */
export interface NetworkFlags {
  /** A file that must be there; without it, `network.yaml` of the state folder is read if it is there. */
  readonly file?: string | undefined;
  /** HTTPS_PROXY and NO_PROXY of the environment. */
  readonly httpsProxy?: string | undefined;
  readonly noProxy?: string | undefined;
  /** From the command line: goes before the file's. */
  readonly ports?: readonly PortChoice[] | undefined;
}

/** Where the settings come from. The command line goes before the file, and the file before the environment. */
export interface NetworkSource extends NetworkFlags {
  readonly stateDir: string;
}

export const NETWORK_FILE = 'network.yaml';
const MAX_FILE_BYTES = 64 * 1024;
const MAX_PASSWORD_BYTES = 1024;
const MAX_EXCEPTIONS = 256;

export const NO_PROXY: NetworkSettings = {
  ports: DEFAULT_PORTS,
  proxy: undefined,
  exceptions: new ProxyExceptions([]),
};

const portSchema = z.union([z.string(), z.number()]).transform((entry, context) => {
  const port = readPort(entry);
  if (port) return port;
  context.addIssue({ code: 'custom', message: 'must be a port, or a port with /websockets or /amqp' });
  return z.NEVER;
});
export const portsSchema = z.array(portSchema).min(1).max(MAX_PORTS);

const fileSchema = z.strictObject({
  ports: portsSchema.optional(),
  proxy: z
    .strictObject({
      url: proxyUrlSchema,
      username: loginTextSchema.optional(),
      password: loginTextSchema.optional(),
      passwordFile: z.string().min(1).optional(),
    })
    .refine((proxy) => proxy.password === undefined || proxy.passwordFile === undefined, {
      message: 'password and passwordFile exclude each other',
    })
    .refine(
      (proxy) => (proxy.username !== undefined) === (proxy.password !== undefined || proxy.passwordFile !== undefined),
      { message: 'username and a password belong together' },
    ) // prettier-ignore
    .optional(),
  noProxy: z.array(z.string().min(1).max(255)).max(MAX_EXCEPTIONS).optional(),
});
type NetworkFile = z.infer<typeof fileSchema>;

export function networkSource(settings: {
  readonly stateDir: string;
  readonly network?: NetworkFlags | undefined;
}): NetworkSource {
  return { ...settings.network, stateDir: settings.stateDir };
}

/**
 * Reads how the cloud is reached.
 *
 * @throws CommandError usage, naming the setting and never the value of a secret
 */
export async function readNetworkSettings(source: NetworkSource): Promise<NetworkSettings> {
  const path = source.file ?? join(source.stateDir, NETWORK_FILE);
  const text = await readText(path, source.file === undefined);
  const file = text === undefined ? {} : parseFile(path, text);
  if (file.proxy?.password !== undefined) await assertPrivate(path);
  return {
    ports: source.ports ?? file.ports ?? DEFAULT_PORTS,
    proxy: file.proxy ? await fileProxy(path, file.proxy) : environmentProxy(source.httpsProxy),
    exceptions: exceptionsOf(file.noProxy ?? entriesOf(source.noProxy ?? '')),
  };
}

async function readText(path: string, mayBeAbsent: boolean): Promise<string | undefined> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MAX_FILE_BYTES) throw wrong(path, `is longer than ${MAX_FILE_BYTES} bytes`);
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const code = systemErrorCode(error);
    if (mayBeAbsent && code === 'ENOENT') return undefined;
    throw wrong(path, `cannot be read (${code ?? 'unknown'})`, error);
  }
}

function parseFile(path: string, text: string): NetworkFile {
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 0 }) as unknown;
  } catch (error) {
    // The library's own words would repeat the line, which may hold the password.
    const line = error instanceof YAMLError ? error.linePos?.[0].line : undefined;
    throw wrong(path, line === undefined ? 'is no YAML' : `is no YAML (line ${line})`);
  }
  const parsed = fileSchema.safeParse(content ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  throw wrong(path, `${where === '' ? '' : `${where}: `}${issue?.message ?? 'is wrong'}`);
}

async function fileProxy(path: string, proxy: NonNullable<NetworkFile['proxy']>): Promise<ProxyAddress> {
  const { url, username, password, passwordFile } = proxy;
  if (username === undefined) return proxyAddress(url);
  const secret = password ?? (await readPassword(path, passwordFile ?? ''));
  return proxyAddress(url, { username, password: secret });
}

async function readPassword(path: string, passwordFile: string): Promise<string> {
  const place = isAbsolute(passwordFile) ? passwordFile : resolve(path, '..', passwordFile);
  try {
    const bytes = await readFile(place);
    const read = loginTextSchema.safeParse(bytes.toString('utf8').replace(/\r?\n$/, ''));
    if (bytes.length <= MAX_PASSWORD_BYTES && read.success) return read.data;
    throw wrong(path, 'proxy.passwordFile: does not hold one line with a password');
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw wrong(path, `proxy.passwordFile: cannot be read (${systemErrorCode(error) ?? 'unknown'})`, error);
  }
}

/** A password for all to read is none. Windows has no such modes: there the folder's access list decides. */
async function assertPrivate(path: string): Promise<void> {
  if (process.getuid === undefined || ((await stat(path)).mode & 0o077) === 0) return;
  throw wrong(path, 'holds a password and may be read by other accounts (set its mode to 0600, or use passwordFile)');
}

function environmentProxy(url: string | undefined): ProxyAddress | undefined {
  if (url === undefined || url === '') return undefined;
  if (proxyUrlSchema.safeParse(url).success) return proxyAddress(url);
  throw new CommandError('usage', 'HTTPS_PROXY is no address of a proxy.', 'It must be http://host:port or https://host:port.'); // prettier-ignore
}

function exceptionsOf(entries: readonly string[]): ProxyExceptions {
  try {
    return new ProxyExceptions(entries);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CommandError('usage', `noProxy (NO_PROXY): ${error.message}.`, 'See docs/network.md.', { cause: error });
  }
}

function wrong(path: string, what: string, cause?: unknown): CommandError {
  const options = cause === undefined ? {} : { cause };
  return new CommandError('usage', `The network settings ${path}: ${what}.`, 'See docs/network.md.', options);
}
