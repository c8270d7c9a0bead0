/**
 * The address of a request, with one parameter of its query put in place of the one it had.
 *
 * @param url path and query as they were sent; what else stands in them is kept to the letter
 */
export function addressWith(publicUrl: string, url: string, [name, value]: readonly [string, string]): string {
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  const kept = query.split('&').filter((part) => part !== '' && part.split('=')[0] !== name);
  return `${publicUrl}${path}?${[...kept, `${name}=${encodeURIComponent(value)}`].join('&')}`;
}
