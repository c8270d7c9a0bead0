import fc, { type Arbitrary } from 'fast-check';
import type { Route } from '../openapi.js';
import { sample } from '../sample.js';
import { brokenContinuation, valueOf, word, type Known, type Schema } from './values.js';

/** One request to be sent. */
export interface FuzzRequest {
  /** For reports, which show no token. */
  readonly who: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Who calls, how often, and with which `Authorization`. */
export type Callers = readonly {
  readonly who: string;
  readonly weight: number;
  readonly authorization: string | undefined;
}[];

export interface FuzzWorld {
  readonly callers: (route: Route) => Callers;
  readonly known: (route: Route) => Known;
  /** Beyond every limit, in bytes. */
  readonly oversizedBytes: number;
}

/** Nested deeper than any stack is. */
const DEEP = [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, `${'{"seal":'.repeat(30_000)}1${'}'.repeat(30_000)}`];

/** One place in so many is spoilt in requests that are meant to be wrong. */
const SPOILT = 5;

/** Requests to one operation: half of them as the document wants them, the rest wrong somewhere. */
export function requestsTo(route: Route, world: FuzzWorld): Arbitrary<FuzzRequest> {
  const one = (oneIn: number): Arbitrary<FuzzRequest> =>
    fc
      .record({
        path: pathOf(route, world, oneIn),
        query: queryOf(route, world, oneIn),
        caller: callerOf(route, world),
        sent: bodyOf(route, world, oneIn),
        headers: headersOf(route, world, oneIn),
      })
      .map(({ path, query, caller: { who, authorization }, sent, headers }) => ({
        who,
        method: route.method.toUpperCase(),
        path: path + query,
        headers: {
          ...headers,
          ...sent.headers,
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: sent.body,
      }));
  return fc.oneof(one(0), one(SPOILT));
}

function pathOf(route: Route, world: FuzzWorld, oneIn: number): Arbitrary<string> {
  const known = world.known(route);
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const schemas = new Map((route.operation.parameters ?? []).map((each) => [each.name, each.schema as Schema]));
  const words = names.map((name) => word(schemas.get(name) ?? { type: 'string' }, { known, oneIn }, name));
  return fc.tuple(...words).map((values) => {
    const left = values.values();
    // Longer ones do not even fit into the request line: there another limit answers.
    return route.path.replace(/\{\w+\}/g, () => encoded((left.next().value ?? '').slice(0, 500)) || '%20');
  });
}

function queryOf(route: Route, world: FuzzWorld, oneIn: number): Arbitrary<string> {
  const known = world.known(route);
  const declared = (route.operation.parameters ?? []).filter((each) => each.in === 'query');
  const pairs = declared.map(({ name, required, schema }) => {
    const value = word(schema, { known, oneIn }, name);
    const fitting = name === 'continuationToken' ? fc.constant(undefined) : fc.option(value, { nil: undefined });
    const text =
      oneIn === 0 ? (required ? value : fitting) : fc.option(fc.oneof(value, brokenContinuation), { nil: undefined });
    return text.map((made) => (made === undefined ? [] : [`${encoded(name)}=${encoded(made.slice(0, 3_000))}`]));
  });
  const stray = fc.constantFrom(
    '$frobnicate=1',
    '$filter=((',
    '$top=-1',
    '=',
    '&&',
    'a[b]=c',
    '%zz',
    'continuationToken=a&continuationToken=b',
  );
  const more = oneIn === 0 ? fc.constant([]) : fc.option(stray, { nil: undefined }).map((made) => (made ? [made] : []));
  return fc.tuple(...pairs, more).map((parts) => {
    const text = parts.flat().join('&');
    return text === '' ? '' : `?${text}`;
  });
}

function callerOf(route: Route, world: FuzzWorld): Arbitrary<Callers[number]> {
  return fc.oneof(...world.callers(route).map((caller) => ({ weight: caller.weight, arbitrary: fc.constant(caller) })));
}

function headersOf(route: Route, world: FuzzWorld, oneIn: number): Arbitrary<Record<string, string>> {
  const declared = (route.operation.parameters ?? []).filter((each) => each.in === 'header');
  const values = declared.map(({ name, schema }) =>
    fc
      .option(word(schema as Schema, { known: world.known(route), oneIn }, name), { nil: undefined })
      .map((made) => (made === undefined ? [] : [[name, headerText(made)] as const])),
  );
  return fc.tuple(...values).map((pairs) => Object.fromEntries(pairs.flat()));
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

function bodyOf(route: Route, world: FuzzWorld, oneIn: number): Arbitrary<Sent> {
  const contents = Object.entries(route.operation.requestBody?.content ?? {});
  if (contents.length === 0) return fc.constant({ headers: {}, body: undefined });
  const fitting = contents.map(([type, { schema }]) => {
    const value = valueOf(schema, { known: world.known(route), oneIn });
    const isJson = type.includes('json');
    const contentType = type === '*/*' ? 'application/octet-stream' : type;
    const written = value.map((made) => (isJson || typeof made !== 'string' ? (JSON.stringify(made) ?? '') : made));
    return written.map((body) => ({ headers: { 'content-type': contentType }, body }));
  });
  if (oneIn === 0) return fc.oneof(...fitting);
  const json = { 'content-type': 'application/json' };
  const wrong = fc.oneof(
    fc
      .constantFrom('', '{', '[1,', '"\\ud800"', 'nul', '{"a":1}{', '{"__proto__":{"x":1}}', '\u0000', ...DEEP)
      .map((body) => ({ headers: json, body })),
    fc
      .constantFrom('text/plain', 'application/xml', 'multipart/form-data', 'x', 'application/json; charset=utf-7')
      .map((type) => ({ headers: { 'content-type': type }, body: '{}' })),
    fc.constant({ headers: {}, body: undefined }),
  );
  const oversized = fc.constant({ headers: json, body: `"${'x'.repeat(world.oversizedBytes)}"` });
  return fc.oneof(
    { weight: 30, arbitrary: fc.oneof(...fitting) },
    { weight: 9, arbitrary: wrong },
    { weight: 1, arbitrary: oversized },
  );
}

/** Percent-encodes; halves of characters, which cannot be, as their replacement. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** What may stand in a header at all: the rest does not leave the client. */
function headerText(text: string): string {
  return text
    .replace(/[^\t\x20-\x7e]/g, '?')
    .trim()
    .slice(0, 4_000);
}

/** The request that an operation is made for, as far as names alone tell: what exists, asked by who may. */
export function plainRequest(route: Route, world: FuzzWorld): FuzzRequest {
  const firsts = Object.fromEntries(Object.entries(world.known(route)).map(([name, [first]]) => [name, first]));
  const { parameters = [], requestBody } = route.operation;
  const first = (name: string) => (typeof firsts[name] === 'string' ? firsts[name] : 'x');
  const query = parameters
    .filter(({ in: place, required }) => place === 'query' && required)
    .map(({ name, schema }) => `${encoded(name)}=${encoded(String(sample(schema, firsts, name)))}`);
  const path = route.path.replace(/\{(\w+)\}/g, (_part, name: string) => encoded(first(name)));
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const [{ who, authorization } = { who: 'nobody', authorization: undefined }] = world.callers(route);
  return {
    who,
    method: route.method.toUpperCase(),
    path: query.length === 0 ? path : `${path}?${query.join('&')}`,
    headers: {
      ...(authorization !== undefined && { authorization }),
      ...(type !== undefined && { 'content-type': type === '*/*' ? 'application/octet-stream' : type }),
    },
    body: content && JSON.stringify(sample(content.schema, firsts)),
  };
}
