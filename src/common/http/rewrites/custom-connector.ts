import { SOURCE_KINDS } from '../../../contract/targets.js';

/** Connectors of ours; the names of the kinds of source. */
const OWN: ReadonlySet<string> = new Set(SOURCE_KINDS);

const CALL = /^\/apim\/([^/?]+)(\/[^?]*)/;

/**
 * A custom connector has whatever name its maker gave it, and calls `/apim/<name>/<connection>/…`. Every name that is none
 * of ours leads to the web API of the connection: which connection it is says the id alone.
 */
export function rewriteCustomConnector(url: string): string {
  const [, name = '', rest] = CALL.exec(url) ?? [];
  if (rest === undefined || OWN.has(name.toLowerCase())) return url;
  return `/apim/http${url.slice('/apim/'.length + name.length)}`;
}
