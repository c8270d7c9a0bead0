import type { ConnectionDetails } from '../commands/connection-details.js';

/** The service leaves out the port that a source has anyway. By type, lower case. */
const USUAL_PORTS: Readonly<Record<string, string>> = { postgresql: ':5432' };

/** The service has one kind of source for both names, and shows this one. */
const SHOWN_AS: Readonly<Record<string, string>> = { file: 'folder', customconnector: 'web' };

/** Where details lead, in the form in which the service shows a connection. */
export function shownPath({ type, parameters }: ConnectionDetails): string {
  const port = USUAL_PORTS[type.toLowerCase()];
  return parameters
    .map(({ name, value }) => {
      const text = String(value).trim();
      const isUsual = name === 'server' && port !== undefined && text.endsWith(port);
      return isUsual ? text.slice(0, -port.length) : text;
    })
    .filter((text) => text !== '')
    .join(';');
}

/** Whether a connection leads there already. */
export function isSamePlace(
  wanted: ConnectionDetails,
  known: { readonly type: string; readonly path: string },
): boolean {
  const type = wanted.type.toLowerCase();
  return (SHOWN_AS[type] ?? type) === known.type.toLowerCase() && shownPath(wanted) === known.path;
}
