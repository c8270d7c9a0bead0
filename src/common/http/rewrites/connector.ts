import type { IncomingMessage } from 'node:http';
import { enterTunnel, isInvoke } from './invoke.js';

/** A call to a database: what stands before the version, the version, the path behind it, and the query. */
const DATABASE_CALL = /^(\/apim\/postgresql\/[^/?]+)(?:\/v2)?(\/[^?]*)(\?.*)?$/i;

/** Served beside the version and not below it. */
const UNVERSIONED = /^\/(?:servers|testconnection)\/?$/;

/** Sections of a path in their order, each a word and a name. */
const SECTIONS: readonly (readonly string[])[] = [['datasets'], ['tables', 'procedures', 'query'], ['items']];

/** Metadata of one operation on a table: with us it is the table's. */
const OPERATION_METADATA = /^(\/\$metadata\.json\/datasets\/[^/]+\/tables\/[^/]+)\/(?:getitem|postitem|patchitem)$/;

/**
 * Spellings of the connector surface beside the one that is routed: calls in a tunnel (`POST /invoke`), paths without
 * `/v2`, sections as OData writes them (`datasets('a')/tables('b')/items('c')`), and `alltables`.
 */
export function rewriteConnector(url: string, request: IncomingMessage): string {
  const called = isInvoke(request) ? (enterTunnel(request) ?? url) : url;
  const call = DATABASE_CALL.exec(called);
  if (!call) return called;
  const [, base = '', path = '', query = ''] = call;
  if (UNVERSIONED.test(path)) return `${base}${path}${query}`;
  return `${base}/v2${plainPath(path)}${query}`;
}

function plainPath(path: string): string {
  const from = path.split('/').slice(1);
  const to: string[] = [];
  if (/^(?:\$|%24)metadata\.json$/i.test(from[0] ?? '')) {
    from.shift();
    to.push('$metadata.json');
  }
  for (const words of SECTIONS) {
    const head = from.shift();
    if (head === undefined) break;
    const section = readSection(head, words);
    if (section) to.push(...section);
    else if (words.includes(head) && from.length > 0) to.push(head, from.shift() ?? '');
    else {
      to.push(head === 'alltables' ? 'tables' : head);
      break;
    }
  }
  return `/${[...to, ...from].join('/')}`.replace(OPERATION_METADATA, '$1');
}

/** Reads `word('name')` or `word(name)`; undefined for anything else, and for a name that cannot be decoded. */
function readSection(segment: string, words: readonly string[]): readonly [string, string] | undefined {
  const [, word = '', written = ''] = /^([a-z]+)(?:\(|%28)(.*)(?:\)|%29)$/i.exec(segment) ?? [];
  if (!words.includes(word)) return undefined;
  try {
    const text = decodeURIComponent(written);
    const quoted = /^'(.*)'$/s.exec(text)?.[1];
    return [word, encodeURIComponent(quoted === undefined ? text : quoted.replaceAll("''", "'"))];
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
