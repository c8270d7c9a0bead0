import type { IncomingMessage } from 'node:http';
import { rewriteAzure } from './azure.js';
import { rewriteConnector } from './connector.js';
import { rewriteCustomConnector } from './custom-connector.js';
import { rewritePowerBi } from './power-bi.js';

/** Gives the address under which a request is routed; the original for requests that are not its own. */
export type Rewrite = (url: string, request: IncomingMessage) => string;

/** Spellings that clients of some surfaces use beside the one that is routed, a file a surface. */
const REWRITES: readonly Rewrite[] = [rewritePowerBi, rewriteConnector, rewriteCustomConnector, rewriteAzure];

/** What the router is given in place of the address as it was sent. */
export function rewriteUrl(request: IncomingMessage): string {
  const url = request.url ?? '/';
  return REWRITES.reduce((at, rewrite) => rewrite(at, request), url);
}
