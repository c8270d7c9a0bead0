import { DomainError } from '../../common/errors/domain-error.js';
import type { Target } from '../../contract/targets.js';

type DatabaseTarget = Extract<Target, { kind: 'postgresql' }>;

/**
 * Undoes the percent-encoding that is left after the router undid one layer: clients encode names of datasets and
 * tables once in some calls and twice in others. Never used for keys of rows: an encoded look there may be the key.
 */
export function decodeOnceMore(name: string): string {
  if (!/%[0-9a-f]{2}/i.test(name)) return name;
  try {
    return decodeURIComponent(name);
  } catch (error) {
    // A percent sign of the name itself, followed by digits that are no character: the router's reading was the right one.
    if (error instanceof URIError) return name;
    throw error;
  }
}

/** How a connection's only dataset is called: `server,database`, the port added where it is not the usual one. */
export function datasetName(target: Target): string {
  return target.kind === 'postgresql' ? `${serverName(target)},${target.database}` : 'default';
}

/** How a connection's only server is called. */
export function serverName({ server, port }: DatabaseTarget): string {
  return `${server}${port === 5432 ? '' : `:${port}`}`;
}

/** Whether a name means the server of the connection: hosts are alike in any case, and the port may stand or not. */
export function isServer(name: string, { server, port }: DatabaseTarget): boolean {
  const host = server.toLowerCase();
  return [host, `${host}:${port}`].includes(name.trim().toLowerCase());
}

/**
 * A connection leads to one database; a request that names another one must not be answered from this one.
 *
 * @throws DomainError TABLE_NOT_FOUND
 */
export function assertDataset(name: string, target: Target): void {
  if (name === 'default' || target.kind !== 'postgresql') return;
  const [server = '', ...rest] = name.split(',');
  if (isServer(server, target) && rest.join(',').trim() === target.database) return;
  throw new DomainError(
    'TABLE_NOT_FOUND',
    { dataset: name.slice(0, 200) },
    { hop: 'control-plane', outcome: 'not-sent', message: 'This connection has no such dataset.' },
  );
}
