import type { AnswerOf, InitOf, PathOf, TidegateClient } from './tidegate-client.js';

type Listed = { readonly value: readonly unknown[]; readonly continuationToken?: string };

/** Paths whose answer is a page of a list. */
export type ListPath = {
  [Path in PathOf<'get'>]: AnswerOf<'get', Path> extends Listed ? Path : never;
}[PathOf<'get'>];

type ItemOf<Path extends ListPath> = AnswerOf<'get', Path> extends { value: (infer Item)[] } ? Item : never;

interface ListInit {
  readonly params?: { readonly path?: object; readonly query?: object };
}

/** The pages of a list, one request each, as far as they are asked for. */
export async function* pages<Path extends ListPath>(
  client: TidegateClient,
  path: Path,
  init?: InitOf<'get', Path>,
): AsyncGenerator<ItemOf<Path>[], void> {
  let continuationToken: string | undefined;
  do {
    const { params, ...rest }: ListInit = init ?? {};
    const query = { ...params?.query, ...(continuationToken === undefined ? {} : { continuationToken }) };
    const next = { ...rest, params: { ...params, query } };
    const page = (await (client.get as (path: Path, init: object) => Promise<unknown>)(path, next)) as Listed;
    yield page.value as ItemOf<Path>[];
    continuationToken = page.continuationToken;
  } while (continuationToken !== undefined);
}

/** Everything of a list, page by page as it is taken. */
export async function* items<Path extends ListPath>(
  client: TidegateClient,
  path: Path,
  init?: InitOf<'get', Path>,
): AsyncGenerator<ItemOf<Path>, void> {
  for await (const page of pages(client, path, init)) yield* page;
}
