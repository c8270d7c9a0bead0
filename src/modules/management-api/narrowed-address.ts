/** Address of a list as it was narrowed, without the place in it: what the next page is asked by. */
export function addressOf(base: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const address = new URL(base);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && name !== 'continuationToken') address.searchParams.set(name, String(value));
  }
  return address.href;
}
