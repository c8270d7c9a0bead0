import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import { key32Schema, nameSchema } from '../contract/registration.js';
import { DOCTOR_OPTIONS, readDoctorOrder, type DoctorOrder } from './doctor/doctor-settings.js';
import { ENROLMENT_OPTIONS, readEnrolment, type Enrolment } from './enrolment-settings.js';
import { LOG_LEVELS, type LogLevel } from './log.js';
import { FixedMachineIdentity, SystemMachineIdentity, type MachineIdentity } from './machine-identity.js';
import {
  NETWORK_OPTIONS,
  PORTS_OPTIONS,
  readNetworkOrder,
  readPortsOrder,
  type NetworkOrder,
  type PortsOrder,
} from './network/network-options.js';
import { portsSchema, type NetworkFlags } from './network/network-settings.js';
import type { Transport } from './network/relay-place.js';
import {
  OBSERVABILITY_OPTIONS,
  readObservability,
  type ObservabilitySettings,
} from './observability/observability-settings.js';
import { readTopOrder, TOP_OPTIONS, type TopOrder } from './observability/top.js';
import {
  readAssignedKey,
  readSharesAction,
  SHARE_FILE_OPTION,
  SHARES_OPTIONS,
  type RecoveryKeySource,
  type SharesAction,
} from './recovery/share-settings.js';
import { POLICY_OPTIONS, readPolicyOrder, type PolicyOrder } from './policy/policy-settings.js';
import { readServiceOrder, SERVICE_OPTIONS, splitRunFlags, type ServiceOrder } from './service/service-settings.js';
import { MAX_BUFFERED_MIB, MAX_PER_CONNECTION } from './admission/admission-limits.js';
import { BUNDLE_OPTIONS, readBundleOrder, type BundleOrder } from './support/bundle-settings.js';
import { check, readControlPlane, readSource, text, usage, type Flags, type SecretSource } from './settings-values.js';

export type { SecretSource } from './settings-values.js';

/** Requests under way at once on one member; beyond, it says that it is busy. */
const MAX_IN_FLIGHT = 200;

export interface CommonSettings {
  readonly stateDir: string;
  readonly logLevel: LogLevel;
  readonly machine: MachineIdentity;
  readonly isProduction: boolean;
  /** Where the operator's policy is, if not in the state folder. */
  readonly policyFile?: string | undefined;
  /** Where it is said how the cloud is reached, beside the state folder. */
  readonly network?: NetworkFlags | undefined;
}

export interface RegisterSettings extends CommonSettings, Enrolment {
  readonly command: 'register';
  readonly name: string;
  readonly region: string;
  /** To do nothing where a gateway is registered already. */
  readonly ifUnregistered?: boolean;
  readonly recoveryKey: SecretSource | { readonly from: 'terminal' } | { readonly from: 'generator' };
}

/** Becoming a member of a gateway that exists. */
export interface AdmissionSettings extends CommonSettings, Enrolment {
  readonly command: 'join' | 'restore' | 'takeover';
  /** Name or id. */
  readonly gateway: string;
  /** Name or id of the member whose place is taken. Undefined: the only one, or the one that was on this machine. */
  readonly replaces: string | undefined;
  readonly recoveryKey: RecoveryKeySource;
}

export interface DrillSettings extends CommonSettings {
  readonly command: 'drill';
  readonly recoveryKey: RecoveryKeySource;
}

export interface ChangeRecoveryKeySettings extends CommonSettings {
  readonly command: 'change-recovery-key';
  readonly recoveryKey: RecoveryKeySource;
  readonly newRecoveryKey: SecretSource | { readonly from: 'terminal' };
}

export type SharesSettings = CommonSettings & { readonly command: 'recovery-shares' } & SharesAction;

export interface RunSettings extends CommonSettings {
  readonly command: 'run';
  /** The control plane moved: where it is from now on. Undefined: where it was. */
  readonly controlPlane: string | undefined;
  readonly maxInFlight: number;
  /** Requests under way at once of one connection. */
  readonly maxPerConnection: number;
  /** Bytes of answers that may wait for the relay, of all requests. */
  readonly maxBufferedBytes: number;
  readonly transport: Transport | 'auto';
  /** What is to be seen of the agent while it runs. */
  readonly observability: ObservabilitySettings;
  /** To be started as a launcher, which can change the version that runs. */
  readonly managed: boolean;
  /** End when standard input ends: how the host of a Windows service asks for it. */
  readonly stopsWithStdin: boolean;
  /** Started by the launcher. */
  readonly launched: boolean;
  /** With what the launcher starts the agent. */
  readonly launchedArgs: readonly string[];
  /** False: orders to update are refused on this machine. */
  readonly remoteUpdates: boolean;
}

export type ServiceSettings = CommonSettings & { readonly command: 'service' } & ServiceOrder;

export type Settings =
  | ServiceSettings
  | RegisterSettings
  | AdmissionSettings
  | DrillSettings
  | ChangeRecoveryKeySettings
  | SharesSettings
  | RunSettings
  | (CommonSettings & { readonly command: 'doctor' } & DoctorOrder)
  | (CommonSettings & { readonly command: 'support-bundle' } & BundleOrder)
  | (CommonSettings & NetworkOrder)
  | (CommonSettings & { readonly command: 'policy' } & PolicyOrder)
  | (CommonSettings & PortsOrder)
  | (CommonSettings & { readonly command: 'status'; readonly json: boolean })
  | (CommonSettings & { readonly command: 'top' } & TopOrder)
  | (CommonSettings & { readonly command: 'unregister' | 'reprotect' })
  | (CommonSettings & { readonly command: 'trust'; readonly rootFingerprint: string })
  | { readonly command: 'help' | 'version' };

const COMMON = {
  state: { type: 'string' },
  'log-level': { type: 'string' },
  network: { type: 'string' },
  policy: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
const RECOVERY_KEY = {
  ...SHARE_FILE_OPTION,
  'recovery-key-file': { type: 'string' },
  'recovery-key-stdin': { type: 'boolean' },
} as const;
const REPLACEMENT = {
  ...COMMON,
  ...ENROLMENT_OPTIONS,
  ...SHARE_FILE_OPTION,
  gateway: { type: 'string' },
  replaces: { type: 'string' },
} as const;
const OPTIONS = {
  register: {
    ...COMMON,
    ...ENROLMENT_OPTIONS,
    name: { type: 'string' },
    region: { type: 'string' },
    'if-unregistered': { type: 'boolean' },
    'generate-recovery-key': { type: 'boolean' },
  },
  join: { ...COMMON, ...ENROLMENT_OPTIONS, ...SHARE_FILE_OPTION, gateway: { type: 'string' } },
  restore: REPLACEMENT,
  takeover: REPLACEMENT,
  drill: { ...COMMON, ...RECOVERY_KEY },
  'change-recovery-key': {
    ...COMMON,
    ...RECOVERY_KEY,
    'new-recovery-key-file': { type: 'string' },
    'new-recovery-key-stdin': { type: 'boolean' },
  },
  'recovery-shares': { ...COMMON, ...SHARES_OPTIONS },
  trust: { ...COMMON, 'root-fingerprint': { type: 'string' } },
  reprotect: COMMON,
  run: {
    ...COMMON,
    'control-plane': { type: 'string' },
    'max-in-flight': { type: 'string' },
    'max-per-connection': { type: 'string' },
    'max-buffered-mb': { type: 'string' },
    transport: { type: 'string' },
    ports: { type: 'string' },
    managed: { type: 'boolean' },
    'stop-with-stdin': { type: 'boolean' },
    launched: { type: 'boolean' },
    'no-remote-updates': { type: 'boolean' },
    ...OBSERVABILITY_OPTIONS,
  },
  status: { ...COMMON, json: { type: 'boolean' } },
  top: { ...COMMON, ...TOP_OPTIONS },
  service: { ...COMMON, ...SERVICE_OPTIONS },
  doctor: { ...COMMON, ...DOCTOR_OPTIONS },
  'support-bundle': { ...COMMON, ...BUNDLE_OPTIONS },
  unregister: COMMON,
  network: { ...COMMON, ...NETWORK_OPTIONS },
  ports: { ...COMMON, ...PORTS_OPTIONS },
  policy: { ...COMMON, ...POLICY_OPTIONS },
} as const;

/** Commands whose next word says what of it is to be done. */
const WITH_ACTION: readonly string[] = ['recovery-shares', 'service', 'policy'];

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
  const action = WITH_ACTION.includes(command) && rest[0]?.startsWith('-') === false ? rest.shift() : undefined;
  const { own, runFlags } = command === 'service' ? splitRunFlags(rest) : { own: rest, runFlags: [] };
  const flags = readFlags(command, own);
  if (flags.help === true) return { command: 'help' };
  const common = readCommon(flags, env);
  switch (command) {
    case 'register':
      return {
        ...common,
        command,
        ...readEnrolment(flags, env, common.isProduction),
        name: check('--name', nameSchema, flags.name),
        region: check('--region', z.string().min(1).max(64), flags.region),
        ...(flags['if-unregistered'] === true ? { ifUnregistered: true } : {}),
        recoveryKey: flags['generate-recovery-key'] === true ? { from: 'generator' } : readRecoveryKey(flags),
      };
    case 'join':
    case 'restore':
    case 'takeover':
      return {
        ...common,
        command,
        ...readEnrolment(flags, env, common.isProduction),
        gateway: check('--gateway', nameSchema, flags.gateway),
        replaces: text(flags.replaces),
        recoveryKey: readAssignedKey(flags),
      };
    case 'drill':
      return { ...common, command, recoveryKey: readAssignedKey(flags) };
    case 'change-recovery-key':
      return {
        ...common,
        command,
        recoveryKey: readAssignedKey(flags),
        newRecoveryKey: readRecoveryKey(flags, 'new-recovery-key'),
      };
    case 'recovery-shares':
      return { ...common, command, ...readSharesAction(action, flags) };
    case 'run':
      return {
        ...common,
        command,
        controlPlane: readMovedControlPlane(flags, env),
        maxInFlight: check('--max-in-flight', wholeNumber, flags['max-in-flight'] ?? MAX_IN_FLIGHT),
        maxPerConnection: check('--max-per-connection', wholeNumber, flags['max-per-connection'] ?? MAX_PER_CONNECTION),
        maxBufferedBytes: check('--max-buffered-mb', wholeNumber, flags['max-buffered-mb'] ?? MAX_BUFFERED_MIB) * 1024 * 1024,
        transport: check('--transport', z.enum(['auto', 'websockets', 'amqp']), flags.transport ?? env.TIDEGATE_TRANSPORT ?? 'auto'),
        observability: readObservability(flags),
        managed: flags.managed === true,
        stopsWithStdin: flags['stop-with-stdin'] === true,
        launched: flags.launched === true,
        launchedArgs: ['run', '--launched', ...rest.filter((arg) => arg !== '--managed' && arg !== '--stop-with-stdin')],
        remoteUpdates: flags['no-remote-updates'] !== true,
      }; // prettier-ignore
    case 'doctor':
      return { ...common, command, ...readDoctorOrder(flags, env, common.isProduction) };
    case 'support-bundle':
      return { ...common, command, ...readBundleOrder(flags, env, common.isProduction) };
    case 'network':
      return { ...common, ...readNetworkOrder(flags) };
    case 'ports':
      return { ...common, ...readPortsOrder(flags) };
    case 'policy':
      return { ...common, command, ...readPolicyOrder(action, flags) };
    case 'status':
      return { ...common, command, json: flags.json === true };
    case 'top':
      return { ...common, command, ...readTopOrder(flags) };
    case 'service':
      // What would stop the service at its every start is better said now.
      if (runFlags.length > 0) readFlags('run', runFlags);
      return { ...common, command, ...readServiceOrder(action, flags, runFlags, env) };
    case 'trust':
      return {
        ...common,
        command,
        rootFingerprint: check('--root-fingerprint', key32Schema, flags['root-fingerprint']),
      };
    case 'unregister':
    case 'reprotect':
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
    network: readNetworkFlags(flags, env),
    ...readPolicyFile(flags, env),
  };
}

function readPolicyFile(flags: Flags, env: NodeJS.ProcessEnv): Pick<CommonSettings, 'policyFile'> {
  const path = text(flags.policy) ?? env.TIDEGATE_POLICY_FILE;
  return path === undefined ? {} : { policyFile: resolve(path) };
}

/** The environment as every program reads it: the lower-case name first. */
function readNetworkFlags(flags: Flags, env: NodeJS.ProcessEnv): NetworkFlags {
  const ports = text(flags.ports);
  return {
    file: text(flags.network),
    httpsProxy: env.https_proxy ?? env.HTTPS_PROXY,
    noProxy: env.no_proxy ?? env.NO_PROXY,
    ports: ports === undefined ? undefined : check('--ports', portsSchema, ports.split(',')),
  };
}

function readRecoveryKey(flags: Flags, name = 'recovery-key'): SecretSource | { readonly from: 'terminal' } {
  return readSource(flags, name) ?? { from: 'terminal' };
}

function readMovedControlPlane(flags: Flags, env: NodeJS.ProcessEnv): string | undefined {
  const value = text(flags['control-plane']) ?? env.TIDEGATE_CONTROL_PLANE;
  return value === undefined ? undefined : readControlPlane(value, false);
}

function defaultStateDir(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return join(env.ProgramData ?? 'C:\\ProgramData', 'Tidegate', 'Agent');
  if (process.getuid?.() === 0) return '/var/lib/tidegate-agent';
  return join(env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'tidegate-agent');
}

function isCommand(command: string): command is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, command);
}
