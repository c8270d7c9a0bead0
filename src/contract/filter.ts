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

export type Filter =
  | { kind: 'and' | 'or'; operands: Filter[] }
  | { kind: 'not'; operand: Filter }
  | { kind: 'comparison'; operator: ComparisonOperator; column: string; value: FilterValue }
  | { kind: 'text'; function: TextFunction; column: string; value: string };

/** Column names are data to us, never syntax: any text up to the longest identifier of the sources served. */
export const columnNameSchema = z.string().min(1).max(256);

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
  ]),
);

/** Nodes a filter may have. Enough for a delegated search over a few hundred ids; small enough to compile in a millisecond. */
export const MAX_FILTER_NODES = 500;

/** Longest `$filter` accepted, in characters. */
export const MAX_FILTER_LENGTH = 32_768;

/** Depth of nesting accepted: parsers and compilers recurse, and a stack is finite. */
export const MAX_FILTER_DEPTH = 50;
