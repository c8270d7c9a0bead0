import { DomainError } from '../../common/errors/domain-error.js';
import type { Target } from '../../contract/targets.js';
import { parameterValues } from '../connections/source-kinds.policy.js';

/** The two parts of a dataset's name, and how else its server may be called. */
export interface DatasetPlace {
  /** The port stands in it where it is not the usual one. */
  readonly server: string;
  readonly database: string;
  readonly aliases: readonly string[];
}

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

/** Where a connection with tables leads, in the words of datasets; undefined for one without. */
export function placeOf(target: Target): DatasetPlace | undefined {
  switch (target.kind) {
    case 'postgresql':
    case 'sql':
    case 'mysql': {
      const { server = target.server } = parameterValues(target);
      return { server, database: target.database, aliases: [target.server, `${target.server}:${target.port}`] };
    }
    case 'oracle': {
      const address = parameterValues(target)['server'] ?? target.server;
      const server = address.slice(0, address.lastIndexOf('/'));
      return { server, database: target.service, aliases: [target.server, `${target.server}:${target.port}`] };
    }
    case 'odata': {
      const { host, pathname } = new URL(target.url);
      return { server: host, database: pathname, aliases: [] };
    }
    case 'http':
    case 'filesystem':
    case 'sftp':
      return undefined;
  }
}

/** How a connection's only dataset is called: `server,database`, the port added where it is not the usual one. */
export function datasetName(target: Target): string {
  const place = placeOf(target);
  return place ? `${place.server},${place.database}` : 'default';
}

/** Whether a name means the server of the connection: hosts are alike in any case, and the port may stand or not. */
export function isServer(name: string, { server, aliases }: DatasetPlace): boolean {
  const wanted = name.trim().toLowerCase();
  return [server, ...aliases].some((known) => known.toLowerCase() === wanted);
}

/**
 * A connection leads to one database; a request that names another one must not be answered from this one.
 *
 * @throws DomainError TABLE_NOT_FOUND
 */
export function assertDataset(name: string, target: Target): void {
  const place = placeOf(target);
  if (name === 'default' || !place) return;
  const [server = '', ...rest] = name.split(',');
  if (isServer(server, place) && rest.join(',').trim() === place.database) return;
  throw new DomainError(
    'TABLE_NOT_FOUND',
    { dataset: name.slice(0, 200) },
    { hop: 'control-plane', outcome: 'not-sent', message: 'This connection has no such dataset.' },
  );
}
