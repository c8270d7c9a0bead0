import { ApiError } from '../../../../../src/client/api-error.js';
import {
  addressParameters,
  missingParameters,
  signInParameters,
  type ConnectionDraft,
  type CreationMethod,
  type SourceType,
} from '../connection-draft.js';

const SOURCE_STEP = 0;
const ADDRESS_STEP = 1;
export const SIGN_IN_STEP = 2;
const ENVIRONMENTS_STEP = 3;

export interface Chosen {
  readonly type: SourceType | undefined;
  readonly method: CreationMethod | undefined;
}

/** What every step gets. */
export interface StepProps extends Chosen {
  readonly draft: ConnectionDraft;
  readonly onChange: (part: Partial<ConnectionDraft>) => void;
  /** Names of fields that are still to be filled. */
  readonly missing: readonly string[];
}

/** The kind of source and the way to connect that a draft names; the first way where it names none. */
export function chosenOf(draft: ConnectionDraft, types: readonly SourceType[]): Chosen {
  const type = types.find((one) => one.type === draft.type);
  const methods = type?.creationMethods ?? [];
  return { type, method: methods.find(({ name }) => name === draft.method) ?? methods[0] };
}

/** Names of the fields of a step that are needed and empty. */
export function missingIn(step: number, draft: ConnectionDraft, { type, method }: Chosen): readonly string[] {
  switch (step) {
    case SOURCE_STEP:
      return [...(draft.gatewayId === '' ? ['gatewayId'] : []), ...(type ? [] : ['type'])];
    case ADDRESS_STEP:
      return [
        ...(draft.displayName.trim() === '' ? ['displayName'] : []),
        ...missingParameters(addressParameters(method), draft.parameters),
      ];
    case SIGN_IN_STEP:
      if (draft.credentialType === '') return ['credentialType'];
      return missingParameters(signInParameters(method, draft.credentialType), draft.parameters);
    default:
      return [];
  }
}

/** The step at which a refused creation can be mended; undefined where it says nothing of one. */
export function stepOfFailure(error: unknown): number | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { code, details } = error;
  const path = details['path'] ?? '';
  if (/^(CREDENTIAL|RESEAL)/.test(code) || path.startsWith('credentialDetails')) return SIGN_IN_STEP;
  if (/parameters\.(apiKey|tokenEndpoint|scope)/.test(path)) return SIGN_IN_STEP;
  if (code === 'CONNECTION_NAME_TAKEN' || code === 'CONNECTION_DETAILS_INVALID') return ADDRESS_STEP;
  if (path.startsWith('connectionDetails') || path === 'displayName') return ADDRESS_STEP;
  if (code === 'REGION_MISMATCH' || code === 'ENVIRONMENT_NOT_FOUND') return ENVIRONMENTS_STEP;
  return /^GATEWAY/.test(code) ? SOURCE_STEP : undefined;
}
