import type { TidegateClient } from '../../../src/client/tidegate-client.js';

type Untyped = (path: string, init?: object) => Promise<unknown>;

/** Reads an answer whose shape is checked here and not known from the description of the API. */
export function untypedGet(client: TidegateClient): Untyped {
  return client.get as unknown as Untyped;
}
