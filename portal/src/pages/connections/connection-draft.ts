import type { CredentialPair } from '../../../../src/contract/sealed-credential.js';
import type { SealedValue } from '../../../../src/client/sealed-value.js';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';

export type SourceType = AnswerOf<'get', '/v1/connections/supportedConnectionTypes'>['value'][number];
export type CreationMethod = SourceType['creationMethods'][number];
export type Parameter = CreationMethod['parameters'][number];
export type CredentialType = SourceType['supportedCredentialTypes'][number];
export type Encryption = SourceType['supportedConnectionEncryptionTypes'][number];
export type Connection = AnswerOf<'get', '/v1/connections/{connectionId}'>;
export type PrivacyLevel = Connection['privacyLevel'];
export type SecretName = 'username' | 'password' | 'key' | 'accessToken' | 'clientId' | 'clientSecret';

export const PRIVACY_LEVELS = [
  'None',
  'Private',
  'Organizational',
  'Public',
] as const satisfies readonly PrivacyLevel[];

/** What a person has said of a connection. Never holds a secret. */
export interface ConnectionDraft {
  readonly gatewayId: string;
  readonly type: string;
  readonly method: string;
  readonly displayName: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly credentialType: CredentialType | '';
  readonly encryption: Encryption;
  readonly privacyLevel: PrivacyLevel;
  readonly environmentIds: readonly string[];
  readonly skipTest: boolean;
}

export function emptyDraft(gatewayId: string, type: string): ConnectionDraft {
  return {
    gatewayId,
    type,
    method: '',
    displayName: '',
    parameters: {},
    credentialType: '',
    encryption: 'Any',
    privacyLevel: 'Organizational',
    environmentIds: [],
    skipTest: false,
  };
}

/** Parameters that say how a credential is used, by the only authentication for which they mean something. */
const SIGN_IN_PARAMETERS: Readonly<Record<string, CredentialType>> = {
  apiKeyName: 'Key',
  apiKeyIn: 'Key',
  tokenEndpoint: 'OAuth2',
  scope: 'OAuth2',
};

/** Parameters that say where the source is. */
export function addressParameters(method: CreationMethod | undefined): readonly Parameter[] {
  return (method?.parameters ?? []).filter(({ name }) => !(name in SIGN_IN_PARAMETERS));
}

/** Parameters that say how the credential is used there. */
export function signInParameters(
  method: CreationMethod | undefined,
  credentialType: CredentialType | '',
): readonly Parameter[] {
  const own = (method?.parameters ?? []).filter(({ name }) => SIGN_IN_PARAMETERS[name] === credentialType);
  // A key without a name cannot be sent, though other kinds of credentials do without.
  return own.map((parameter) => (parameter.name === 'apiKeyName' ? { ...parameter, required: true } : parameter));
}

/** What has to be typed for a kind of authentication, in the order in which it is sealed. */
export function secretsOf({
  credentialType,
  parameters,
}: Pick<ConnectionDraft, 'credentialType' | 'parameters'>): readonly SecretName[] {
  switch (credentialType) {
    case 'Basic':
    case 'Windows':
      return ['username', 'password'];
    case 'Key':
      return ['key'];
    case 'OAuth2':
      return isSet(parameters['tokenEndpoint']) ? ['clientId', 'clientSecret'] : ['accessToken'];
    case 'Anonymous':
    case '':
      return [];
  }
}

/** Whether what stands in the field may be seen while it is typed. */
export function isShown(secret: SecretName): boolean {
  return secret === 'username' || secret === 'clientId';
}

export function missingParameters(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, string>>,
): readonly string[] {
  return parameters.filter(({ name, required }) => required && !isSet(values[name])).map(({ name }) => name);
}

/** @returns the details of a connection as the API takes them, with only those parameters that mean something */
export function detailsOf(draft: ConnectionDraft, method: CreationMethod) {
  const meant = [...addressParameters(method), ...signInParameters(method, draft.credentialType)];
  return {
    type: draft.type,
    creationMethod: method.name,
    parameters: meant.flatMap(({ name, dataType }) => {
      const value = draft.parameters[name];
      return isSet(value) ? [{ name, dataType, value: value.trim() }] : [];
    }),
  };
}

/** Body that creates the connection. */
export function creationOf(draft: ConnectionDraft, method: CreationMethod, sealed: SealedValue | undefined) {
  return {
    connectivityType: 'OnPremisesGateway' as const,
    gatewayId: draft.gatewayId,
    displayName: draft.displayName.trim(),
    privacyLevel: draft.privacyLevel,
    connectionDetails: detailsOf(draft, method),
    credentialDetails: {
      singleSignOnType: 'None' as const,
      connectionEncryption: draft.encryption,
      skipTestConnection: draft.skipTest,
      credentials: {
        credentialType: draft.credentialType === '' ? ('Anonymous' as const) : draft.credentialType,
        values: sealed ? [sealed] : [],
      },
    },
    environmentIds: [...draft.environmentIds],
  };
}

/** The parameters of a stored connection, which are shown joined by semicolons and without those that are not set. */
export function parametersOf({ connectionDetails, credentialDetails }: Connection): Record<string, string> {
  const { type, path } = connectionDetails;
  if (type === 'PostgreSQL') {
    const [, server = path, database = ''] = /^([^;]*);(.*)$/s.exec(path) ?? [];
    return { server, database };
  }
  if (type !== 'Web') return { path };
  if (credentialDetails.credentialType === 'Key') {
    // From the end: an address may hold semicolons, a name of a header may not.
    const placed = /^(.*);([^;]+);(header|query)$/s.exec(path) ?? /^(.*);([^;]+)$/s.exec(path) ?? [];
    const [, url = path, apiKeyName = '', apiKeyIn] = placed;
    return { url, apiKeyName, ...(apiKeyIn !== undefined && { apiKeyIn }) };
  }
  if (credentialDetails.credentialType === 'OAuth2') {
    const [, url = path, tokenEndpoint, scope] = /^(.*?);(https?:\/\/[^;]*)(?:;(.*))?$/s.exec(path) ?? [];
    return { url, ...(tokenEndpoint !== undefined && { tokenEndpoint }), ...(scope !== undefined && { scope }) };
  }
  return { url: path };
}

/** @returns what is sealed: everything that was typed, by name */
export function pairsOf(secrets: readonly SecretName[], typed: ReadonlyMap<string, string>): CredentialPair[] {
  return secrets.map((name) => ({ name, value: typed.get(name) ?? '' }));
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}
