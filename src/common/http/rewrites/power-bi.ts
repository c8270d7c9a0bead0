/** Words of Power BI's addresses in the spelling that is routed, by their lower case. */
const WORDS: ReadonlyMap<string, string> = new Map(
  [
    'v1.0',
    'v2.0',
    'myorg',
    'me',
    'gateways',
    'datasources',
    'status',
    'users',
    'credentials',
    'gatewayClusters',
    'memberGateways',
    'permissions',
    'gatewayPolicy',
    'gatewayInstallers',
  ].map((word) => [word.toLowerCase(), word]),
);

/** Collections whose entries early clients named in brackets: `gatewayclusters({id})`. */
const BRACKETED = /^([a-z]+)\((?:'|%27)?([^()']*?)(?:'|%27)?\)$/i;

/**
 * Power BI's clients write its addresses in several ways: `gatewayClusters` and `gatewayclusters`, an id as a segment or
 * in brackets, a slash too many. All of them are routed as one.
 */
export function rewritePowerBi(url: string): string {
  if (!/^\/+v[12]\.0(\/|$)/i.test(url)) return url;
  const end = url.search(/[?#]/);
  const path = end === -1 ? url : url.slice(0, end);
  const segments = path.split('/').filter((segment) => segment !== '');
  const routed: string[] = [];
  for (const segment of segments.flatMap(unbracketed)) {
    // Whoever is named there may be called like one of the words.
    const isName = routed.at(-1) === 'users';
    routed.push(isName ? segment : (WORDS.get(segment.toLowerCase()) ?? segment));
  }
  return `/${routed.join('/')}${end === -1 ? '' : url.slice(end)}`;
}

function unbracketed(segment: string): string[] {
  const [, word = '', id = ''] = BRACKETED.exec(segment) ?? [];
  return WORDS.has(word.toLowerCase()) && id !== '' ? [word, id] : [segment];
}
