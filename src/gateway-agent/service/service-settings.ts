import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { readAssignedKey, SHARE_FILE_OPTION, type RecoveryKeySource } from '../recovery/share-settings.js';
import { check, text, usage, type Flags } from '../settings-values.js';

export const SERVICE_ACTIONS = ['install', 'uninstall', 'start', 'stop', 'status', 'set-account'] as const;
export type ServiceAction = (typeof SERVICE_ACTIONS)[number];

/** What is to be done with the service. */
export interface ServiceOrder {
  readonly action: ServiceAction;
  /** The account that the agent runs under. Undefined: the default one, or the one it has. */
  readonly account: string | undefined;
  /** Of a Windows account that has one. */
  readonly passwordFile: string | undefined;
  readonly recoveryKey: RecoveryKeySource;
  /** Show what would be done, and do nothing. */
  readonly print: boolean;
  readonly json: boolean;
  /** Start it after installing it. */
  readonly start: boolean;
  /** Folders outside the state folder that connectors may write to. */
  readonly writePaths: readonly string[];
  /** Files that only the service manager can read, by the name under which the agent sees them. */
  readonly credentials: readonly { readonly name: string; readonly path: string }[];
  /** Flags of `run`, from behind `--`. */
  readonly runFlags: readonly string[];
  /** Where Windows lies. */
  readonly windir: string;
}

export const SERVICE_OPTIONS = {
  ...SHARE_FILE_OPTION,
  'recovery-key-file': { type: 'string' },
  'recovery-key-stdin': { type: 'boolean' },
  account: { type: 'string' },
  'password-file': { type: 'string' },
  print: { type: 'boolean' },
  json: { type: 'boolean' },
  'no-start': { type: 'boolean' },
  'write-path': { type: 'string', multiple: true },
  credential: { type: 'string', multiple: true },
} as const;

/** Names go into unit files, scripts and command lines: nothing that means something there. */
const accountSchema = z
  .string()
  .max(256)
  .regex(/^[\p{L}\p{N}_.][\p{L}\p{N}_.@ -]*(\\[\p{L}\p{N}_.][\p{L}\p{N}_. -]*)?\$?$/u, 'is not the name of an account');
const CREDENTIAL = /^([a-z][a-z0-9._-]{0,63})=(\/[^\n"]+)$/;

/** Splits the flags of `run` off. */
export function splitRunFlags(args: readonly string[]): { own: string[]; runFlags: string[] } {
  const at = args.indexOf('--');
  return at === -1 ? { own: [...args], runFlags: [] } : { own: args.slice(0, at), runFlags: args.slice(at + 1) };
}

/** @throws CommandError usage */
export function readServiceOrder(
  action: string | undefined,
  flags: Flags,
  runFlags: readonly string[],
  env: NodeJS.ProcessEnv,
): ServiceOrder {
  const known = SERVICE_ACTIONS.find((name) => name === action);
  if (known === undefined) throw usage(`service needs to be told what to do: ${SERVICE_ACTIONS.join(', ')}.`);
  if (known !== 'install' && runFlags.length > 0) throw usage('Flags of `run` go to `service install`.');
  const account = text(flags.account);
  // These are the service's own to set.
  const taken = runFlags.find((flag) => /^--(state|managed|launched|stop-with-stdin)(=|$)/.test(flag));
  if (taken !== undefined) throw usage(`${taken} is set by the service itself: leave it out of the flags of run.`);
  if (known === 'set-account' && account === undefined) throw usage('--account: is missing.');
  return {
    action: known,
    account: account === undefined ? undefined : check('--account', accountSchema, account),
    passwordFile: text(flags['password-file']),
    recoveryKey: readAssignedKey(flags),
    print: flags.print === true,
    json: flags.json === true,
    start: flags['no-start'] !== true,
    writePaths: many(flags['write-path']).map(readFolder),
    credentials: many(flags.credential).map(readCredential),
    runFlags,
    windir: env.SystemRoot ?? 'C:\\Windows',
  };
}

function many(value: Flags[string]): readonly string[] {
  return typeof value === 'object' ? value : [];
}

function readFolder(path: string): string {
  if (!isAbsolute(path) || /[\n"]/.test(path)) throw usage('--write-path takes the absolute path of a folder.');
  return path;
}

function readCredential(value: string): { name: string; path: string } {
  const [, name, path] = CREDENTIAL.exec(value) ?? [];
  if (name === undefined || path === undefined) throw usage('--credential takes NAME=FILE, with an absolute path.');
  return { name, path };
}
