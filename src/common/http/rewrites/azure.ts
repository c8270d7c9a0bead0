/** Words of the addresses of Azure resources, spelled as they are routed. */
const WORDS: ReadonlyMap<string, string> = new Map(
  [
    'subscriptions',
    'resourceGroups',
    'providers',
    'Microsoft.Web',
    'connectionGateways',
    'locations',
    'connectionGatewayInstallations',
  ].map((word) => [word.toLowerCase(), word]),
);

/**
 * Azure Resource Manager takes the words of an address in any case, and so do its clients: azure-cli writes
 * `resourcegroups`, and two slashes before `connectionGateways`. Names and ids stay as they are: words and values take
 * turns, but for the namespace behind `providers`, which is a word too.
 */
export function rewriteAzure(url: string): string {
  if (!/^\/+subscriptions(?:[/?]|$)/i.test(url)) return url;
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  const parts = path.split('/').filter((part) => part !== '');
  const routed = parts.map((part, place) => {
    const isWord = place % 2 === 0 || parts[place - 1]?.toLowerCase() === 'providers';
    return (isWord && WORDS.get(part.toLowerCase())) || part;
  });
  return `/${routed.join('/')}${end < 0 ? '' : url.slice(end).replace(/([?&])api-version=/gi, '$1api-version=')}`;
}
