import createClient, {
  type Client,
  type ClientPathsWithMethod,
  type MaybeOptionalInit,
  type MethodResponse,
} from 'openapi-fetch';
import type { paths } from './schema.js';
import { createSender, type Fetch } from './sender.js';

interface TidegateClientOptions {
  /** Address of the control plane, such as `https://tidegate.example`. */
  readonly baseUrl: string;
  /** Gives an access token that is valid now; it is asked before every call. */
  readonly token: () => Promise<string>;
  /** In place of the platform's `fetch`. */
  readonly fetch?: Fetch;
}

type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

/** Paths of the API that have an operation of this method. */
export type PathOf<M extends Method> = ClientPathsWithMethod<Client<paths>, M>;

/** What an operation takes: `params.path`, `params.query`, `body`, and everything that `fetch` takes. */
export type InitOf<M extends Method, Path extends PathOf<M>> = MaybeOptionalInit<paths[Path], M>;

/** Body of an operation's success. */
export type AnswerOf<M extends Method, Path extends PathOf<M>, Init = unknown> = MethodResponse<
  Client<paths>,
  M,
  Path,
  Init
>;

type InitParam<Init> = Record<never, never> extends Init ? [init?: Init] : [init: Init];

/** Calls one operation. Gives the body of the answer. */
type Call<M extends Method> = <Path extends PathOf<M>, Init extends InitOf<M, Path>>(
  path: Path,
  ...init: InitParam<Init>
) => Promise<AnswerOf<M, Path, Init>>;

type Untyped = (method: Method, path: string, init?: object) => Promise<{ readonly data?: unknown }>;

/**
 * The API, a function for each method. Runs in a browser as well.
 *
 * Each throws `ApiError` where the control plane refuses, and what `fetch` throws where it cannot be reached.
 */
export interface TidegateClient {
  readonly get: Call<'get'>;
  readonly put: Call<'put'>;
  readonly post: Call<'post'>;
  readonly patch: Call<'patch'>;
  readonly delete: Call<'delete'>;
}

export function createTidegateClient({ baseUrl, token, fetch }: TidegateClientOptions): TidegateClient {
  // A browser's fetch may not be called as a method of anything else.
  const send = createSender({ token, fetch: fetch ?? ((request) => globalThis.fetch(request)) });
  // What path and body have to do with each other is said by the signature of each method; here they only pass through.
  const request = createClient<paths>({ baseUrl, fetch: send }).request as Untyped;
  const call = (method: Method) => async (path: string, init?: object) => (await request(method, path, init)).data;
  return {
    get: call('get'),
    put: call('put'),
    post: call('post'),
    patch: call('patch'),
    delete: call('delete'),
  } as TidegateClient;
}
