import { DomainError } from '../../common/errors/domain-error.js';
import { HOP_BY_HOP_HEADERS } from '../../contract/http-headers.js';
import {
  isTokenEndpoint,
  type CredentialType,
  type HttpTarget,
  type ODataTarget,
  type Target,
} from '../../contract/targets.js';

type WebTarget = HttpTarget | ODataTarget;
type SignInParameter = 'apiKeyName' | 'apiKeyIn' | 'tokenEndpoint' | 'scope';

/** Which parameters say how a credential of a type is used. A parameter that means nothing is a mistake. */
const MEANT_FOR: Readonly<Record<SignInParameter, CredentialType>> = {
  apiKeyName: 'Key',
  apiKeyIn: 'Key',
  tokenEndpoint: 'OAuth2',
  scope: 'OAuth2',
};

/** Headers that HTTP itself needs; a key in one of them would break the request. */
const RESERVED = new Set([...HOP_BY_HOP_HEADERS, 'host', 'content-length', 'content-type', 'expect']);

/**
 * Whether an address and a way to sign in fit together.
 *
 * @throws DomainError VALIDATION_FAILED
 */
export function assertSignIn(target: Target, credentialType: CredentialType): void {
  if (target.kind !== 'http' && target.kind !== 'odata') return;
  for (const [name, type] of Object.entries(MEANT_FOR) as [SignInParameter, CredentialType][]) {
    if (target[name] !== undefined && type !== credentialType)
      throw invalid(name, `is for credentials of type ${type}`);
  }
  if (credentialType === 'Key') assertKey(target);
  if (credentialType === 'OAuth2') assertTokens(target);
}

function assertKey({ apiKeyName, apiKeyIn = 'header' }: WebTarget): void {
  if (apiKeyName === undefined) throw invalid('apiKeyName', 'must say which header or parameter carries the key');
  if (apiKeyIn === 'header' && RESERVED.has(apiKeyName.toLowerCase())) {
    throw invalid('apiKeyName', 'is a header that HTTP needs for itself');
  }
}

function assertTokens({ tokenEndpoint, scope }: WebTarget): void {
  if (tokenEndpoint === undefined) {
    if (scope !== undefined) throw invalid('scope', 'needs a tokenEndpoint');
    return;
  }
  if (!isTokenEndpoint(tokenEndpoint)) {
    throw invalid('tokenEndpoint', 'must be an https address without a user name, a password and a fragment');
  }
}

function invalid(name: string, problem: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { path: `connectionDetails.parameters.${name}`, problem });
}
