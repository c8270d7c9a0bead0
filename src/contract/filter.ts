import { z } from 'zod';

/**
 * A row filter as a typed tree. The control plane parses `$filter` into it; the agent compiles it to bound parameters.
 * Text of a request never becomes text of a statement.
 */

/** Values a filter may compare with. `number` carries the digits as written, so that 38-digit decimals survive JSON. */
export const filterValueSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('null') }),
  z.object({ type: z.literal('boolean'), value: z.boolean() }),
  z.object({ type: z.literal('number'), value: z.string().regex(/^-?\d{1,100}(\.\d{1,100})?([eE][+-]?\d{1,3})?$/) }),
  z.object({ type: z.literal('string'), value: z.string().max(8192) }),
  z.object({ type: z.literal('date'), value: z.iso.date() }),
  z.object({ type: z.literal('dateTime'), value: z.iso.datetime({ offset: true }) }),
  z.object({ type: z.literal('guid'), value: z.guid() }),
]);
export type FilterValue = z.infer<typeof filterValueSchema>;

export const COMPARISON_OPERATORS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const;
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

/** Text functions; each takes a column and a string and yields a condition. */
export const TEXT_FUNCTIONS = ['contains', 'startswith', 'endswith'] as const;
export type TextFunction = (typeof TEXT_FUNCTIONS)[number];

/** Functions and operators that yield a value, with the numbers of operands that they take. `negate` is written as a minus. */
export const VALUE_FUNCTIONS = {
  add: [2],
  sub: [2],
  mul: [2],
  div: [2],
  mod: [2],
  negate: [1],
  round: [1],
  floor: [1],
  ceiling: [1],
  length: [1],
  indexof: [2],
  substring: [2, 3],
  replace: [3],
  tolower: [1],
  toupper: [1],
  trim: [1],
  concat: [2],
  year: [1],
  month: [1],
  day: [1],
  hour: [1],
  minute: [1],
  second: [1],
  date: [1],
  now: [0],
} as const satisfies Readonly<Record<string, readonly number[]>>;
export type ValueFunction = keyof typeof VALUE_FUNCTIONS;
export const VALUE_FUNCTION_NAMES = Object.keys(VALUE_FUNCTIONS) as [ValueFunction, ...ValueFunction[]];

/** Something a filter can compare. */
export type Expression =
  | { kind: 'column'; column: string }
  | { kind: 'value'; value: FilterValue }
  | { kind: 'call'; function: ValueFunction; operands: Expression[] };

/**
 * A condition on rows. `compare` and `test` are the general forms; only members that announce `queryItems` know them. What
 * `comparison` and `text` can say is said by those, which every member knows.
 */
export type Filter =
  | { kind: 'and' | 'or'; operands: Filter[] }
  | { kind: 'not'; operand: Filter }
  | { kind: 'comparison'; operator: ComparisonOperator; column: string; value: FilterValue }
  | { kind: 'text'; function: TextFunction; column: string; value: string }
  | { kind: 'compare'; operator: ComparisonOperator; left: Expression; right: Expression }
  | { kind: 'test'; function: TextFunction; subject: Expression; value: Expression };

/** Column names are data to us, never syntax: any text up to the longest identifier of the sources served. */
export const columnNameSchema = z.string().min(1).max(256);

export const expressionSchema: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('column'), column: columnNameSchema }),
    z.object({ kind: z.literal('value'), value: filterValueSchema }),
    z.object({
      kind: z.literal('call'),
      function: z.enum(VALUE_FUNCTION_NAMES),
      operands: z.array(expressionSchema).max(3),
    }),
  ]),
);

export const filterSchema: z.ZodType<Filter> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['and', 'or']), operands: z.array(filterSchema).min(1).max(MAX_FILTER_NODES) }),
    z.object({ kind: z.literal('not'), operand: filterSchema }),
    z.object({
      kind: z.literal('comparison'),
      operator: z.enum(COMPARISON_OPERATORS),
      column: columnNameSchema,
      value: filterValueSchema,
    }),
    z.object({
      kind: z.literal('text'),
      function: z.enum(TEXT_FUNCTIONS),
      column: columnNameSchema,
      value: z.string().max(8192),
    }),
    z.object({
      kind: z.literal('compare'),
      operator: z.enum(COMPARISON_OPERATORS),
      left: expressionSchema,
      right: expressionSchema,
    }),
    z.object({
      kind: z.literal('test'),
      function: z.enum(TEXT_FUNCTIONS),
      subject: expressionSchema,
      value: expressionSchema,
    }),
  ]),
);

/** Whether a filter says something that only members with `queryItems` know. */
export function usesExpressions(filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.some(usesExpressions);
    case 'not':
      return usesExpressions(filter.operand);
    default:
      return filter.kind === 'compare' || filter.kind === 'test';
  }
}

/** Nodes a filter may have. Enough for a delegated search over a few hundred ids; small enough to compile in a millisecond. */
export const MAX_FILTER_NODES = 500;

/** Longest `$filter` accepted, in characters. */
export const MAX_FILTER_LENGTH = 32_768;

/** Depth of nesting accepted: parsers and compilers recurse, and a stack is finite. */
export const MAX_FILTER_DEPTH = 50;
