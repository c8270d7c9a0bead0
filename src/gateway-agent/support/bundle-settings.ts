import { isAbsolute, resolve } from 'node:path';
import { DOCTOR_OPTIONS, readNamedControlPlane, type NamedControlPlane } from '../doctor/doctor-settings.js';
import { text, usage, type Flags } from '../settings-values.js';

export const BUNDLE_OPTIONS = {
  'control-plane': DOCTOR_OPTIONS['control-plane'],
  'ca-file': DOCTOR_OPTIONS['ca-file'],
  out: { type: 'string' },
  yes: { type: 'boolean' },
  'include-policy': { type: 'boolean' },
  'log-dir': { type: 'string' },
  'report-dir': { type: 'string' },
} as const;

export interface BundleOrder extends NamedControlPlane {
  readonly out: string;
  /** Written without asking. */
  readonly isConfirmed: boolean;
  readonly includesPolicy: boolean;
  /** Where the agent writes its log files and reports; undefined: they stay out. */
  readonly logDir: string | undefined;
  readonly reportDir: string | undefined;
}

/** @throws CommandError usage */
export function readBundleOrder(flags: Flags, env: NodeJS.ProcessEnv, isProduction: boolean): BundleOrder {
  const out = path(flags.out);
  if (out === undefined) throw usage('--out needs the file to write.');
  return {
    ...readNamedControlPlane(flags, env, isProduction),
    out,
    isConfirmed: flags.yes === true,
    includesPolicy: flags['include-policy'] === true,
    logDir: path(flags['log-dir']),
    reportDir: path(flags['report-dir']),
  };
}

function path(value: Flags[string]): string | undefined {
  const given = text(value);
  return given === undefined || given === '' || isAbsolute(given) ? given || undefined : resolve(given);
}
