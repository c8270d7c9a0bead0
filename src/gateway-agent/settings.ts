import { homedir, hostname } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import { nameSchema } from '../contract/registration.js';
import type { Transport } from './bus-link.js';
import { CommandError } from './exit-codes.js';
import { LOG_LEVELS, type LogLevel } from './log.js';
import { FixedMachineIdentity, SystemMachineIdentity, type MachineIdentity } from './machine-identity.js';

/** Requests under way at once on one member; beyond, it says that it is busy. */
const MAX_IN_FLIGHT = 200;

/** Where a secret comes from. Never the command line: that stands in every process list. */
export type SecretSource = { readonly from: 'file'; readonly path: string } | { readonly from: 'stdin' };

export interface CommonSettings {
  readonly stateDir: string;
  readonly logLevel: LogLevel;
  readonly machine: MachineIdentity;
  readonly isProduction: boolean;
}

export interface RegisterSettings extends CommonSettings {
  readonly command: 'register';
  readonly controlPlane: string;
  readonly name: string;
  readonly region: string;
  readonly memberName: string;
  readonly tenant: string | undefined;
  /** Undefined: a person signs in with a device code. */
  readonly joinToken: SecretSource | undefined;
  readonly recoveryKey: SecretSource | { readonly from: 'terminal' } | { readonly from: 'generator' };
  readonly rootFingerprint: string | undefined;
  readonly caFile: string | undefined;
  readonly allowInsecure: boolean;
}

export interface RunSettings extends CommonSettings {
  readonly command: 'run';
  /** The control plane moved: where it is from now on. Undefined: where it was. */
  readonly controlPlane: string | undefined;
  readonly maxInFlight: number;
  readonly transport: Transport | 'auto';
}

export type Settings =
  | RegisterSettings
  | RunSettings
  | (CommonSettings & { readonly command: 'status'; readonly json: boolean })
  | (CommonSettings & { readonly command: 'unregister' })
  | { readonly command: 'help' | 'version' };

const COMMON = {
  state: { type: 'string' },
  'log-level': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
const OPTIONS = {
  register: {
    ...COMMON,
    'control-plane': { type: 'string' },
    name: { type: 'string' },
    region: { type: 'string' },
    tenant: { type: 'string' },
    'member-name': { type: 'string' },
    'join-token-file': { type: 'string' },
    'join-token-stdin': { type: 'boolean' },
    'recovery-key-file': { type: 'string' },
    'recovery-key-stdin': { type: 'boolean' },
    'generate-recovery-key': { type: 'boolean' },
    'root-fingerprint': { type: 'string' },
    'ca-file': { type: 'string' },
    'allow-insecure': { type: 'boolean' },
  },
  run: {
    ...COMMON,
    'control-plane': { type: 'string' },
    'max-in-flight': { type: 'string' },
    transport: { type: 'string' },
  },
  status: { ...COMMON, json: { type: 'boolean' } },
  unregister: COMMON,
} as const;
type Flags = Readonly<Record<string, string | boolean | undefined>>;

const fingerprintSchema = z.base64url().length(43);
const wholeNumber = z.coerce.number().int().min(1).max(1000);

/**
 * Reads the command line and the environment.
 *
 * @throws CommandError usage, naming the setting and never its value
 */
export function readSettings(argv: readonly string[], env: NodeJS.ProcessEnv = process.env): Settings {
  const [command, ...rest] = argv;
  if (command === undefined || command === 'help' || command === '--help' || command === '-h')
    return { command: 'help' };
  if (command === '--version' || command === 'version') return { command: 'version' };
  if (!isCommand(command)) throw usage(`There is no command ${JSON.stringify(command)}.`);
  const flags = readFlags(command, rest);
  if (flags.help === true) return { command: 'help' };
  const common = readCommon(flags, env);
  switch (command) {
    case 'register':
      return { ...common, command, ...readRegister(flags, env, common.isProduction) };
    case 'run':
      return {
        ...common,
        command,
        controlPlane: readMovedControlPlane(flags, env),
        maxInFlight: check('--max-in-flight', wholeNumber, flags['max-in-flight'] ?? MAX_IN_FLIGHT),
        transport: check('--transport', z.enum(['auto', 'websockets', 'amqp']), flags.transport ?? env.TIDEGATE_TRANSPORT ?? 'auto'),
      }; // prettier-ignore
    case 'status':
      return { ...common, command, json: flags.json === true };
    case 'unregister':
      return { ...common, command };
  }
}

function readFlags(command: keyof typeof OPTIONS, args: string[]): Flags {
  try {
    const options: NonNullable<ParseArgsConfig['options']> = OPTIONS[command];
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values as Flags;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw usage(error.message.split('. ', 1)[0] ?? 'The command line cannot be read');
  }
}

function readCommon(flags: Flags, env: NodeJS.ProcessEnv): CommonSettings {
  const isProduction = env.NODE_ENV === 'production';
  const identity = env.TIDEGATE_MACHINE_ID;
  if (identity !== undefined && isProduction) {
    throw usage('TIDEGATE_MACHINE_ID is for tests and is refused in production.', 'Remove it from the environment.');
  }
  const stateDir = text(flags.state) ?? env.TIDEGATE_AGENT_STATE ?? defaultStateDir(env);
  return {
    stateDir: isAbsolute(stateDir) ? stateDir : resolve(stateDir),
    logLevel: check('--log-level', z.enum(LOG_LEVELS), flags['log-level'] ?? env.LOG_LEVEL ?? 'info'),
    machine: identity === undefined ? new SystemMachineIdentity() : new FixedMachineIdentity(identity),
    isProduction,
  };
}

function readRegister(
  flags: Flags,
  env: NodeJS.ProcessEnv,
  isProduction: boolean,
): Omit<RegisterSettings, 'command' | keyof CommonSettings> {
  const allowInsecure = flags['allow-insecure'] === true;
  if (allowInsecure && isProduction)
    throw usage('--allow-insecure is refused in production.', 'Use an https:// address.');
  const fingerprint = text(flags['root-fingerprint']);
  return {
    controlPlane: readControlPlane(text(flags['control-plane']) ?? env.TIDEGATE_CONTROL_PLANE, allowInsecure),
    name: check('--name', nameSchema, flags.name),
    region: check('--region', z.string().min(1).max(64), flags.region),
    memberName: check('--member-name', nameSchema, flags['member-name'] ?? hostname()),
    tenant: text(flags.tenant),
    joinToken: readSource(flags, 'join-token'),
    recoveryKey:
      flags['generate-recovery-key'] === true
        ? { from: 'generator' }
        : (readSource(flags, 'recovery-key') ?? { from: 'terminal' }),
    rootFingerprint:
      fingerprint === undefined ? undefined : check('--root-fingerprint', fingerprintSchema, fingerprint),
    caFile: text(flags['ca-file']) ?? env.TIDEGATE_CA_FILE,
    allowInsecure,
  };
}

function readSource(flags: Flags, name: 'join-token' | 'recovery-key'): SecretSource | undefined {
  const path = text(flags[`${name}-file`]);
  const fromStdin = flags[`${name}-stdin`] === true;
  if (path !== undefined && fromStdin) throw usage(`--${name}-file and --${name}-stdin exclude each other.`);
  if (path !== undefined) return { from: 'file', path };
  return fromStdin ? { from: 'stdin' } : undefined;
}

function readMovedControlPlane(flags: Flags, env: NodeJS.ProcessEnv): string | undefined {
  const value = text(flags['control-plane']) ?? env.TIDEGATE_CONTROL_PLANE;
  return value === undefined ? undefined : readControlPlane(value, false);
}

/** Secrets go over this address: plain http only to this very machine. */
function readControlPlane(value: string | undefined, allowInsecure: boolean): string {
  if (value === undefined || !URL.canParse(value))
    throw usage('--control-plane needs the address of the control plane.');
  const url = new URL(value);
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (isLoopback || allowInsecure))) {
    throw usage('--control-plane must be an https:// address.', 'For development, --allow-insecure takes plain http.');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw usage('--control-plane takes an address without user, query or fragment.');
  }
  return url.href;
}

function defaultStateDir(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return join(env.ProgramData ?? 'C:\\ProgramData', 'Tidegate', 'Agent');
  if (process.getuid?.() === 0) return '/var/lib/tidegate-agent';
  return join(env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'tidegate-agent');
}

function check<T>(name: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw usage(`${name}: ${value === undefined ? 'is missing' : (parsed.error.issues[0]?.message ?? 'is wrong')}.`);
}

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isCommand(command: string): command is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, command);
}

function usage(message: string, remedy = 'See `tidegate-agent help`.'): CommandError {
  return new CommandError('usage', message, remedy);
}
