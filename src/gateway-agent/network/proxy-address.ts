import { z } from 'zod';

/** An HTTP proxy through which everything outbound to the cloud goes. */
export interface ProxyAddress {
  readonly host: string;
  readonly port: number;
  /** The way to the proxy itself is TLS. */
  readonly isSecure: boolean;
  /** Whole value of `Proxy-Authorization`; a secret. Not enumerable, so that no log or dump shows it. */
  readonly authorization: string | undefined;
}

export interface ProxyLogin {
  readonly username: string;
  readonly password: string;
}

/** Longest name of a user and longest password, in characters; both travel in one header. */
const MAX_LOGIN_CHARACTERS = 512;

export const proxyUrlSchema = z
  .string()
  .max(2048)
  .refine(isProxyUrl, { message: 'must be http://host:port or https://host:port' });

export const loginTextSchema = z
  .string()
  .min(1)
  .max(MAX_LOGIN_CHARACTERS)
  // A line break would end the header.
  .refine((value) => !/[\u0000-\u001f\u007f]/.test(value), { message: 'must not hold control characters' });

/** @param url as `proxyUrlSchema` takes it; a user in it is taken unless `login` names another */
export function proxyAddress(url: string, login?: ProxyLogin): ProxyAddress {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isSecure = protocol === 'https:';
  const known = login ?? (username === '' ? undefined : { username: decode(username), password: decode(password) });
  const address = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
    isSecure,
  };
  const authorization = known && `Basic ${Buffer.from(`${known.username}:${known.password}`).toString('base64')}`;
  return Object.defineProperty(address, 'authorization', { value: authorization }) as typeof address & {
    authorization: string | undefined;
  };
}

/** For people: where it is, never who signs in there. */
export function describeProxy({ host, port, isSecure }: ProxyAddress): string {
  return `${isSecure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function isProxyUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && hostname !== '' && pathname === '/' && search === '' && hash === '';
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}
