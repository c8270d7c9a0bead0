import { readRelayHost } from '../network/network-options.js';
import { readControlPlane, text, type Flags } from '../settings-values.js';

export const DOCTOR_OPTIONS = {
  'control-plane': { type: 'string' },
  'ca-file': { type: 'string' },
  relay: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** What the command line says of the control plane, for a machine that is not registered yet. */
export interface NamedControlPlane {
  /** Before registration, or to try another one. Undefined: the one that is registered. */
  readonly controlPlane: string | undefined;
  readonly caFile: string | undefined;
}

/** What the command line says of the relay, which a machine that is not registered cannot know. */
export interface NamedRelay {
  readonly relayHost?: string | undefined;
}

export interface DoctorOrder extends NamedControlPlane, NamedRelay {
  readonly json: boolean;
}

/** @throws CommandError usage */
export function readDoctorOrder(flags: Flags, env: NodeJS.ProcessEnv, isProduction: boolean): DoctorOrder {
  return {
    ...readNamedControlPlane(flags, env, isProduction),
    relayHost: readRelayHost(flags),
    json: flags.json === true,
  };
}

/** @throws CommandError usage */
export function readNamedControlPlane(flags: Flags, env: NodeJS.ProcessEnv, isProduction: boolean): NamedControlPlane {
  const address = text(flags['control-plane']) ?? env.TIDEGATE_CONTROL_PLANE;
  return {
    controlPlane: address === undefined ? undefined : readControlPlane(address, !isProduction),
    caFile: text(flags['ca-file']) ?? env.TIDEGATE_CA_FILE,
  };
}
