import { hostname } from 'node:os';
import { nameSchema } from '../contract/registration.js';
import {
  check,
  readControlPlane,
  readFingerprint,
  readSource,
  text,
  usage,
  type Flags,
  type SecretSource,
} from './settings-values.js';

/** What every way of becoming a member needs to know. */
export interface Enrolment {
  readonly controlPlane: string;
  readonly memberName: string;
  readonly tenant: string | undefined;
  /** Undefined: a person signs in with a device code. */
  readonly joinToken: SecretSource | undefined;
  readonly rootFingerprint: string | undefined;
  readonly caFile: string | undefined;
  readonly allowInsecure: boolean;
}

export const ENROLMENT_OPTIONS = {
  'control-plane': { type: 'string' },
  tenant: { type: 'string' },
  'member-name': { type: 'string' },
  'join-token-file': { type: 'string' },
  'join-token-stdin': { type: 'boolean' },
  'recovery-key-file': { type: 'string' },
  'recovery-key-stdin': { type: 'boolean' },
  'root-fingerprint': { type: 'string' },
  'ca-file': { type: 'string' },
  'allow-insecure': { type: 'boolean' },
} as const;

/** @throws CommandError usage */
export function readEnrolment(flags: Flags, env: NodeJS.ProcessEnv, isProduction: boolean): Enrolment {
  const allowInsecure = flags['allow-insecure'] === true;
  if (allowInsecure && isProduction)
    throw usage('--allow-insecure is refused in production.', 'Use an https:// address.');
  return {
    controlPlane: readControlPlane(text(flags['control-plane']) ?? env.TIDEGATE_CONTROL_PLANE, allowInsecure),
    memberName: check('--member-name', nameSchema, flags['member-name'] ?? hostname()),
    tenant: text(flags.tenant),
    joinToken: readSource(flags, 'join-token'),
    rootFingerprint: readFingerprint(flags),
    caFile: text(flags['ca-file']) ?? env.TIDEGATE_CA_FILE,
    allowInsecure,
  };
}
