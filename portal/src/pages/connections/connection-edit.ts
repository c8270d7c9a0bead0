import type { SealedValue } from '../../../../src/client/sealed-value.js';
import {
  addressParameters,
  detailsOf,
  missingParameters,
  parametersOf,
  signInParameters,
  type Connection,
  type ConnectionDraft,
  type CreationMethod,
  type SourceType,
} from './connection-draft.js';

/** What is stored, as a form shows it. */
export function draftOf(connection: Connection): ConnectionDraft {
  const { credentialDetails } = connection;
  return {
    gatewayId: connection.gatewayId,
    type: connection.connectionDetails.type,
    method: '',
    displayName: connection.displayName,
    parameters: parametersOf(connection),
    credentialType: credentialDetails.credentialType,
    encryption: credentialDetails.connectionEncryption,
    privacyLevel: connection.privacyLevel,
    environmentIds: connection.environmentIds,
    skipTest: false,
  };
}

/** The way to connect whose parameters are those of the stored connection. */
export function methodOf(type: SourceType | undefined, { parameters }: ConnectionDraft): CreationMethod | undefined {
  const methods = type?.creationMethods ?? [];
  const names = Object.keys(parameters);
  return methods.find((method) => names.every((name) => method.parameters.some((one) => one.name === name)));
}

/** Whether the credential would be used at another place or in another way: then it has to be sealed again. */
export function leadsElsewhere(before: ConnectionDraft, after: ConnectionDraft, method: CreationMethod): boolean {
  const use = (draft: ConnectionDraft) =>
    JSON.stringify([detailsOf(draft, method), draft.credentialType, draft.encryption]);
  return use(before) !== use(after);
}

/** Names of fields that are needed and empty. */
export function missingInEdit(draft: ConnectionDraft, method: CreationMethod): readonly string[] {
  const parameters = [...addressParameters(method), ...signInParameters(method, draft.credentialType)];
  const missing = missingParameters(parameters, draft.parameters);
  return draft.displayName.trim() === '' ? ['displayName', ...missing] : missing;
}

/** Body with what is different, and nothing else: what somebody else changed meanwhile stays. */
export function changeOf(
  before: ConnectionDraft,
  after: ConnectionDraft,
  { method, sealed }: { readonly method: CreationMethod; readonly sealed: SealedValue | undefined },
) {
  const isElsewhere = leadsElsewhere(before, after, method);
  const isNamed = after.displayName.trim() !== before.displayName;
  return {
    ...(isNamed && { displayName: after.displayName.trim() }),
    ...(after.privacyLevel !== before.privacyLevel && { privacyLevel: after.privacyLevel }),
    ...(isElsewhere && { connectionDetails: detailsOf(after, method) }),
    ...((isElsewhere || sealed) && {
      credentialDetails: {
        connectionEncryption: after.encryption,
        skipTestConnection: after.skipTest,
        ...(after.credentialType !== '' && {
          credentials: { credentialType: after.credentialType, values: sealed ? [sealed] : [] },
        }),
      },
    }),
  };
}
