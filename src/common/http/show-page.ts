import type { Page } from '../page.js';

/** A page as Fabric shows it; both words about the next one are absent on the last. */
export interface FabricPage<T> {
  readonly value: T[];
  readonly continuationToken?: string;
  readonly continuationUri?: string;
}

/** @param address of the list, absolute, with the query that narrowed it */
export function showPage<T, S>(page: Page<T>, address: string, show: (item: T) => S): FabricPage<S> {
  const value = page.value.map(show);
  const { continuationToken } = page;
  if (continuationToken === undefined) return { value };
  const next = new URL(address);
  next.searchParams.set('continuationToken', continuationToken);
  return { value, continuationToken, continuationUri: next.href };
}
