import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Agent, EnvHttpProxyAgent, fetch as fetchWith, type Dispatcher } from 'undici';
import type { Fetch } from '../client/sender.js';
import { CommandError } from './exit-codes.js';
import { systemErrorCode } from './secret-file.js';
import type { Shell } from './shell.js';

/** Longest wait for the first byte of an answer; a connection test may take 110 s. */
const HEADERS_TIMEOUT_MS = 150_000;

const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * Sends requests, through the proxy of the environment where there is one.
 *
 * @param caFile certificate authority that is trusted besides the usual ones
 * @throws CommandError FILE_UNREADABLE
 */
export function createTransport(env: Shell['env'], caFile: string | undefined): Fetch {
  const tls = caFile === undefined ? {} : { ca: [...rootCertificates, readAuthority(caFile)] };
  const dispatcher: Dispatcher = PROXY_VARIABLES.some((name) => (env[name] ?? '') !== '')
    ? new EnvHttpProxyAgent({ connect: tls, requestTls: tls, headersTimeout: HEADERS_TIMEOUT_MS })
    : new Agent({ connect: tls, headersTimeout: HEADERS_TIMEOUT_MS });
  return async (request) => {
    const { url, method, headers, signal } = request;
    const body = request.body === null ? null : await request.arrayBuffer();
    try {
      const answer = await fetchWith(url, {
        method,
        headers: [...headers],
        body,
        signal,
        dispatcher,
        redirect: 'error',
      });
      // The same class from another copy of the library: only the types differ.
      return answer;
    } catch (cause) {
      throw unreachable(url, cause);
    }
  };
}

function readAuthority(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CommandError(`${path} cannot be read (${systemErrorCode(cause) ?? 'unknown'}).`, {
      code: 'FILE_UNREADABLE',
      remedy: 'Check --ca-file.',
      cause,
    });
  }
}

function unreachable(url: string, cause: unknown): CommandError {
  return new CommandError(`${new URL(url).origin} cannot be reached (${systemErrorCode(cause) ?? 'no answer'}).`, {
    code: 'UNREACHABLE',
    remedy: 'Check the address, the network and the proxy; a certificate of your own authority needs --ca-file.',
    cause,
  });
}
