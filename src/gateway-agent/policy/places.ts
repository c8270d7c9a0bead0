import { isAbsolute, join } from 'node:path';
import type { Operation } from '../../contract/operations.js';
import type { Target } from '../../contract/targets.js';
import { splitPath } from '../connectors/filesystem/source-path.js';
import { joinPath } from '../connectors/http/target-path.js';
import { SourceError } from '../connectors/source-error.js';

export interface WebPlace {
  readonly origin: string;
  /** Without its query. */
  readonly path: string;
}

/** The places of the web that an operation asks; undefined for one that cannot be told. */
export function webPlacesOf(target: Target, operation: Operation): readonly (WebPlace | undefined)[] {
  if (target.kind !== 'http' && target.kind !== 'odata') return [];
  const asked = operation.name === 'httpRequest' ? joined(target.url, operation.path) : placeOf(target.url);
  return target.tokenEndpoint === undefined ? [asked] : [asked, placeOf(target.tokenEndpoint)];
}

/** The paths of this machine that an operation works with, as their words say; undefined for one that cannot be told. */
export function localPathOf(root: string, operation: Operation): readonly (string | undefined)[] {
  if (!isAbsolute(root)) return [undefined];
  const paths = 'path' in operation && operation.name !== 'httpRequest' ? [operation.path] : ['/'];
  if (operation.name === 'copyFile') paths.push(operation.destination);
  return paths.map((path) => known(() => join(root, ...splitPath(path, process.platform))));
}

function placeOf(text: string): WebPlace {
  const { origin, pathname } = new URL(text);
  return { origin, path: pathname };
}

function joined(url: string, path: string): WebPlace | undefined {
  return known(() => {
    const place = joinPath(url, path);
    return { origin: place.origin, path: place.path.split('?', 1)[0] ?? '' };
  });
}

/** What the connector would refuse has no place. */
function known<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
