import fc from 'fast-check';

/** A row that filters are tried on. Fractions are quarters: floating point holds them exactly. */
export interface Sample {
  readonly id: number;
  readonly a: number | null;
  readonly c: number | null;
  readonly b: number | null;
  readonly f: number | null;
  readonly s: string | null;
  readonly t: string | null;
  readonly d: string | null;
  readonly ts: string | null;
}

/** A filter and what it means. */
export interface Evaluation {
  readonly text: string;
  readonly holds: (row: Sample) => boolean;
}

type Value = number | string | null;
type Compare = (left: Value, right: Value) => boolean;

const int = fc.integer({ min: -6, max: 6 });
const quarter = fc.integer({ min: -24, max: 24 }).map((n) => n / 4);
// One character outside of the basic plane; none whose case depends on the server's locale.
const letters = fc.array(fc.constantFrom('a', 'b', 'A', 'B', ' ', '%', '_', "'", '€', '😀'), { maxLength: 6 });
const word = letters.map((each) => each.join(''));
const day = fc.integer({ min: 0, max: 800 }).map((n) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10));
const moment = fc
  .integer({ min: 0, max: 800 * 86_400 })
  .map((n) => new Date(Date.UTC(2020, 0, 1) + n * 1000).toISOString().replace('.000', ''));
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 5 });

export function randomRows(size: number): fc.Arbitrary<readonly Sample[]> {
  const row = fc.record({
    ...{ a: orNull(int), c: orNull(int), b: orNull(quarter), f: orNull(quarter) },
    ...{ s: orNull(word), t: orNull(word), d: orNull(day), ts: orNull(moment) },
  });
  const rows = fc.array(row, { minLength: size, maxLength: size });
  return rows.map((list) => list.map((each, index) => ({ id: index + 1, ...each })));
}

/** OData's: nulls equal each other, and are neither less nor greater than anything. */
const COMPARE: Readonly<Record<string, Compare>> = {
  eq: (l, r) => l === r,
  ne: (l, r) => l !== r,
  lt: (l, r) => l !== null && r !== null && l < r,
  le: (l, r) => l !== null && r !== null && l <= r,
  gt: (l, r) => l !== null && r !== null && l > r,
  ge: (l, r) => l !== null && r !== null && l >= r,
};
const operator = fc.constantFrom(...Object.keys(COMPARE));

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const written = (value: Value): string => (typeof value === 'string' ? quoted(value) : String(value));

/** Null where a part is null. */
const map =
  <A extends Value, B extends Value>(compute: (value: NonNullable<A>) => B) =>
  (value: A): B | null =>
    value === null ? null : compute(value);
const both =
  <A extends Value>(compute: (x: NonNullable<A>, y: NonNullable<A>) => Value) =>
  (x: A, y: A): Value =>
    x === null || y === null ? null : compute(x, y);

/** Compares what a call yields with values that it may have. */
function compared(call: string, of: (row: Sample) => Value, values: fc.Arbitrary<Value>): fc.Arbitrary<Evaluation> {
  return fc.tuple(operator, values).map(([name, value]) => ({
    text: `${call} ${name} ${written(value)}`,
    holds: (row) => COMPARE[name]!(of(row), value),
  }));
}

/** Equal or not only: how texts are ordered is the server's affair. */
function sameAs(
  call: string,
  of: (row: Sample) => Value,
  other: string,
  to: (row: Sample) => Value,
): fc.Arbitrary<Evaluation> {
  return fc.constantFrom('eq', 'ne').map((name) => ({
    text: `${call} ${name} ${other}`,
    holds: (row) => COMPARE[name]!(of(row), to(row)),
  }));
}

const test = (name: string, holds: (text: string, part: string) => boolean): fc.Arbitrary<Evaluation> =>
  fc.oneof(
    word.map((part) => ({
      text: name === 'substringof' ? `substringof(${quoted(part)},s)` : `${name}(s,${quoted(part)})`,
      holds: (row: Sample) => row.s !== null && holds(row.s, part),
    })),
    fc.constant({
      text: name === 'substringof' ? 'substringof(t,s)' : `${name}(s,t)`,
      holds: (row: Sample) => row.s !== null && row.t !== null && holds(row.s, row.t),
    }),
  );

const comparison = (name: string): fc.Arbitrary<Evaluation> =>
  fc.oneof(
    int.map((n) => ({ text: `a ${name} ${n}`, holds: (row: Sample) => COMPARE[name]!(row.a, n) })),
    quarter.map((n) => ({ text: `${n} ${name} b`, holds: (row: Sample) => COMPARE[name]!(n, row.b) })),
    fc.constant({ text: `a ${name} c`, holds: (row: Sample) => COMPARE[name]!(row.a, row.c) }),
    fc.constant({ text: `b ${name} f`, holds: (row: Sample) => COMPARE[name]!(row.b, row.f) }),
    moment.map((at) => ({ text: `ts ${name} ${at}`, holds: (row: Sample) => COMPARE[name]!(row.ts, at) })),
  );

const arithmetic = (name: string, compute: (x: number, y: number) => number): fc.Arbitrary<Evaluation> =>
  fc.oneof(
    int.chain((n) => compared(`a ${name} ${n}`, (row) => map<number | null, Value>((a) => compute(a, n))(row.a), int)),
    compared(`a ${name} c`, (row) => both<number | null>(compute)(row.a, row.c), int),
    compared(`(b ${name} a)`, (row) => both<number | null>(compute)(row.b, row.a), quarter),
    compared(`(f ${name} b)`, (row) => both<number | null>(compute)(row.f, row.b), quarter),
  );

const divisor = fc.constantFrom(-4, -2, -1, 1, 2, 4);
const points = (text: string): string[] => [...text];
const indexOf = (text: string, part: string): number => {
  const at = text.indexOf(part);
  return at === -1 ? -1 : points(text.slice(0, at)).length;
};
const away = (n: number): number => Math.sign(n) * Math.floor(Math.abs(n) + 0.5) + 0;
const partOf = (from: number, to: number) => (row: Sample) =>
  map<string | null, Value>((ts) => Number(ts.slice(from, to)))(row.ts);
const dayPart = (from: number, to: number) => (row: Sample) =>
  map<string | null, Value>((d) => Number(d.slice(from, to)))(row.d);
const logic = (name: 'and' | 'or'): fc.Arbitrary<Evaluation> =>
  fc.tuple(comparison('gt'), comparison('ne')).map(([x, y]) => ({
    text: `${x.text} ${name} ${y.text}`,
    holds: (row) => (name === 'and' ? x.holds(row) && y.holds(row) : x.holds(row) || y.holds(row)),
  }));
const ofText = (call: (arg: string) => string, compute: (text: string) => Value, values: fc.Arbitrary<Value>) =>
  fc.oneof(
    compared(call('s'), (row) => map<string | null, Value>(compute)(row.s), values),
    compared(call("concat(s,'b ')"), (row) => map<string | null, Value>((s) => compute(`${s}b `))(row.s), values),
  );
const trimmed = (text: string): string => text.replace(/^ +| +$/g, '');

/** For every declared function, filters that use it. */
export const evaluators: Readonly<Record<string, fc.Arbitrary<Evaluation>>> = {
  and: logic('and'),
  or: logic('or'),
  not: comparison('lt').map(({ text, holds }) => ({ text: `not ${text}`, holds: (row) => !holds(row) })),
  null: fc.oneof(
    fc
      .constantFrom('eq', 'ne')
      .map((name) => ({ text: `s ${name} null`, holds: (row: Sample) => COMPARE[name]!(row.s, null) })),
    operator.map((name) => ({
      text: `(a add c) ${name} null`,
      holds: (row: Sample) => COMPARE[name]!(both<number | null>((x, y) => x + y)(row.a, row.c), null),
    })),
  ),
  ...Object.fromEntries(Object.keys(COMPARE).map((name) => [name, comparison(name)])),
  contains: test('contains', (text, part) => text.includes(part)),
  substringof: test('substringof', (text, part) => text.includes(part)),
  startswith: test('startswith', (text, part) => text.startsWith(part)),
  endswith: test('endswith', (text, part) => text.endsWith(part)),
  add: arithmetic('add', (x, y) => x + y),
  sub: arithmetic('sub', (x, y) => x - y),
  mul: arithmetic('mul', (x, y) => x * y),
  div: divisor.chain((n) =>
    fc.oneof(
      compared(`a div ${n}`, (row) => map<number | null, Value>((a) => Math.trunc(a / n) + 0)(row.a), int),
      compared(`b div ${n}`, (row) => map<number | null, Value>((b) => b / n + 0)(row.b), quarter),
      compared(`f div ${n}`, (row) => map<number | null, Value>((f) => f / n + 0)(row.f), quarter),
    ),
  ),
  mod: divisor.chain((n) =>
    fc.oneof(
      compared(`a mod ${n}`, (row) => map<number | null, Value>((a) => (a % n) + 0)(row.a), int),
      compared(`f mod ${n}`, (row) => map<number | null, Value>((f) => (f % n) + 0)(row.f), quarter),
    ),
  ),
  negate: fc.oneof(
    compared('-a', (row) => map<number | null, Value>((a) => 0 - a)(row.a), int),
    compared('-(a sub c)', (row) => both<number | null>((x, y) => y - x)(row.a, row.c), int),
  ),
  round: fc.oneof(
    compared('round(b)', (row) => map<number | null, Value>(away)(row.b), int),
    compared('round(f)', (row) => map<number | null, Value>(away)(row.f), int),
  ),
  floor: compared('floor(b)', (row) => map<number | null, Value>(Math.floor)(row.b), int),
  ceiling: compared('ceiling(f)', (row) => map<number | null, Value>((f) => Math.ceil(f) + 0)(row.f), int),
  length: ofText(
    (arg) => `length(${arg})`,
    (text) => points(text).length,
    int,
  ),
  indexof: word.chain((part) =>
    ofText(
      (arg) => `indexof(${arg},${quoted(part)})`,
      (text) => indexOf(text, part),
      int,
    ),
  ),
  substring: fc.tuple(fc.integer({ min: -2, max: 5 }), fc.integer({ min: 0, max: 4 })).chain(([from, size]) => {
    const cut = (text: string, to?: number): string => points(text).slice(Math.max(from, 0), to).join('');
    const until = Math.max(from, 0) + size;
    return fc.oneof(
      sameAs(
        `substring(s,${from})`,
        (row) => map<string | null, Value>((s) => cut(s))(row.s),
        't',
        (row) => row.t,
      ),
      sameAs(
        `substring(s,${from},${size})`,
        (row) => map<string | null, Value>((s) => cut(s, until))(row.s),
        "'a'",
        () => 'a',
      ),
    );
  }),
  replace: fc.tuple(word, word).chain(([from, to]) =>
    sameAs(
      `replace(s,${quoted(from)},${quoted(to)})`,
      (row) => map<string | null, Value>((s) => (from === '' ? s : s.replaceAll(from, () => to)))(row.s),
      's',
      (row) => row.s,
    ),
  ),
  tolower: sameAs(
    'tolower(s)',
    (row) => map<string | null, Value>((s) => s.toLowerCase())(row.s),
    'tolower(t)',
    (row) => map<string | null, Value>((t) => t.toLowerCase())(row.t),
  ),
  toupper: sameAs(
    'toupper(s)',
    (row) => map<string | null, Value>((s) => s.toUpperCase())(row.s),
    's',
    (row) => row.s,
  ),
  trim: sameAs(
    'trim(s)',
    (row) => map<string | null, Value>(trimmed)(row.s),
    's',
    (row) => row.s,
  ),
  concat: word.chain((part) =>
    sameAs(
      `concat(s,t)`,
      (row) => both<string | null>((s, t) => s + t)(row.s, row.t),
      quoted(part),
      () => part,
    ),
  ),
  year: compared('year(d)', dayPart(0, 4), fc.integer({ min: 2019, max: 2023 })),
  month: compared('month(ts)', partOf(5, 7), fc.integer({ min: 0, max: 13 })),
  day: compared('day(d)', dayPart(8, 10), fc.integer({ min: 0, max: 32 })),
  hour: compared('hour(ts)', partOf(11, 13), fc.integer({ min: 0, max: 24 })),
  minute: compared('minute(ts)', partOf(14, 16), fc.integer({ min: 0, max: 60 })),
  second: compared('second(ts)', partOf(17, 19), fc.integer({ min: 0, max: 60 })),
  date: fc.oneof(
    fc.tuple(operator, day).map(([name, at]) => ({
      text: `date(ts) ${name} ${at}`,
      holds: (row: Sample) => COMPARE[name]!(map<string | null, Value>((ts) => ts.slice(0, 10))(row.ts), at),
    })),
    fc.constant({
      text: 'date(ts) le d',
      holds: (row: Sample) => row.ts !== null && row.d !== null && row.ts.slice(0, 10) <= row.d,
    }),
  ),
  now: fc.oneof(
    fc.constant({ text: 'ts lt now()', holds: (row: Sample) => row.ts !== null }),
    fc.constant({ text: 'now() lt ts', holds: () => false }),
    fc.constant({ text: 'year(now()) ge 2024 and a eq a', holds: () => true }),
  ),
};
