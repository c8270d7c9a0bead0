import { DomainError } from '../../common/errors/domain-error.js';

/**
 * Reads `host`, `host:port`, `[v6]`, `[v6]:port` or a bare IPv6 address.
 *
 * @throws DomainError VALIDATION_FAILED
 */
export function hostAndPort(server: string, defaultPort: number): { server: string; port: number } {
  const match = /^\[([0-9a-f:.]+)\](?::(\d{1,5}))?$/i.exec(server) ?? /^([^:\s/@;]+)(?::(\d{1,5}))?$/.exec(server);
  if (match?.[1] !== undefined) {
    return { server: match[1], port: match[2] === undefined ? defaultPort : Number(match[2]) };
  }
  if (/^[0-9a-f:]+$/i.test(server) && server.includes('::')) return { server, port: defaultPort };
  throw new DomainError('VALIDATION_FAILED', {
    path: 'connectionDetails.parameters.server',
    problem: 'host or host:port is needed',
  });
}

/** The same the other way round; the port only where it is not the usual one. */
export function showHost(server: string, port: number, defaultPort: number): string {
  const host = server.includes(':') ? `[${server}]` : server;
  return port === defaultPort ? host : `${host}:${port}`;
}
