import type { HeaderList } from '../../../contract/operations.js';
import type { HttpTarget } from '../../../contract/targets.js';
import type { ConnectorRequest, SecretName } from '../connector.js';
import { SourceError } from '../source-error.js';
import type { ClientGrant } from './client-grant.js';

/** What a request carries so that the source knows who asks. Never shown to the caller. */
export type SignIn =
  | { readonly in: 'nothing' }
  | { readonly in: 'header'; readonly name: string; readonly value: string }
  | { readonly in: 'query'; readonly name: string; readonly value: string };

/** How the credential of a connection is used; every kind of source that is reached over HTTP says it alike. */
export type SignInTarget = Pick<HttpTarget, 'apiKeyName' | 'apiKeyIn' | 'tokenEndpoint' | 'scope'>;

/** The parts of a request that tell who asks. */
type Asked = Pick<ConnectorRequest, 'connectionId' | 'credentialType' | 'secret'>;

const NOTHING: SignIn = { in: 'nothing' };

/**
 * How a request signs in with what the credential holds; a grant where a token has to be fetched first.
 *
 * @throws SourceError VALIDATION_FAILED when the credential does not hold what its type says
 */
export function readSignIn(request: Asked, target: SignInTarget): SignIn | { readonly grant: ClientGrant } {
  const { credentialType, secret } = request;
  switch (credentialType) {
    case 'Anonymous':
      return NOTHING;
    case 'Basic': {
      const pair = `${secret.get('username') ?? ''}:${secret.get('password') ?? ''}`;
      return authorization(`Basic ${Buffer.from(pair).toString('base64')}`);
    }
    case 'Key':
      return keyOf(target, field(request, 'key'));
    case 'OAuth2':
      if (target.tokenEndpoint === undefined) return bearer(field(request, 'accesstoken'));
      return {
        grant: {
          connectionId: request.connectionId,
          endpoint: target.tokenEndpoint,
          scope: target.scope,
          clientId: field(request, 'clientid'),
          clientSecret: field(request, 'clientsecret'),
        },
      };
    case 'Windows':
      throw new SourceError('VALIDATION_FAILED', 'A web API is not reached with a Windows account.', {
        details: { credentialType },
      });
  }
}

export function bearer(token: string): SignIn {
  return authorization(`Bearer ${token}`);
}

/** The path with the sign-in in its query; a parameter of that name that the caller sent goes, as its headers do. */
export function signedPath(path: string, signIn: SignIn): string {
  if (signIn.in !== 'query') return path;
  const [place = '', ...rest] = path.split('?');
  const kept = rest
    .join('?')
    .split('&')
    .filter((part) => part !== '' && nameOf(part) !== signIn.name);
  return `${place}?${[...kept, pairOf(signIn)].join('&')}`;
}

/** A source that redirects or links repeats the query it was asked with; the key in it is not the caller's. */
export function withoutKey(headers: HeaderList, signIn: SignIn): HeaderList {
  if (signIn.in !== 'query') return headers;
  const pair = pairOf(signIn);
  const forms = [pair, `${signIn.name}=${signIn.value}`, encodeURIComponent(pair)];
  const clean = (value: string): string => forms.reduce((text, form) => text.replaceAll(form, ''), value);
  return headers.map(([name, value]) => [name, clean(value)]);
}

function keyOf({ apiKeyName, apiKeyIn = 'header' }: SignInTarget, value: string): SignIn {
  if (apiKeyName === undefined) throw malformed('The connection does not say where the key goes.');
  if (apiKeyIn === 'header' && !isHeaderValue(value)) throw malformed('The key holds characters that no header takes.');
  return { in: apiKeyIn, name: apiKeyName, value };
}

function authorization(value: string): SignIn {
  if (!isHeaderValue(value)) throw malformed('The credential holds characters that no header takes.');
  return { in: 'header', name: 'authorization', value };
}

function field({ secret }: Asked, name: SecretName): string {
  const value = secret.get(name);
  if (value === undefined || value === '') throw malformed(`The credential has no field ${name}.`);
  return value;
}

function malformed(message: string): SourceError {
  return new SourceError('VALIDATION_FAILED', message);
}

function isHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

function pairOf({ name, value }: { readonly name: string; readonly value: string }): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}

/** The name of a parameter as servers read it. */
function nameOf(part: string): string {
  const name = (part.split('=')[0] ?? '').replaceAll('+', ' ');
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (error instanceof URIError) return name;
    throw error;
  }
}
