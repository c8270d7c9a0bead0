/** Everything of a list that comes page by page. */
export async function gather<Item>(source: AsyncIterable<Item>, limit = Number.POSITIVE_INFINITY): Promise<Item[]> {
  const all: Item[] = [];
  if (limit < 1) return all;
  for await (const item of source) {
    all.push(item);
    if (all.length >= limit) break;
  }
  return all;
}
