import { MAX_FILTER_DEPTH, MAX_FILTER_NODES, type Filter } from '../../../contract/filter.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn } from './catalog-table.js';
import { comparand } from './filter-value.js';
import { quoteIdentifier } from './identifier.js';
import type { Binding } from './statement.js';

type Comparison = Extract<Filter, { kind: 'comparison' }>;
type TextTest = Extract<Filter, { kind: 'text' }>;

const SQL_OPERATOR = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' } as const;

/** Finds a column by name. @throws SourceError COLUMN_UNKNOWN */
export type ColumnFinder = (name: string) => CatalogColumn;

/**
 * Compiles a filter to SQL with bound values.
 *
 * OData's comparisons are true or false and never null: a null differs from every value, and is neither less nor greater.
 * SQL's are null there, which is the same at the top of a WHERE but not below a NOT. So negation is pushed down to the
 * comparisons, where each has a form that is right, and those without negation stay plain enough for an index.
 *
 * @throws SourceError FILTER_INVALID, COLUMN_UNKNOWN
 * @see OData 4.01 part 2, section 5.1.1.1
 */
export function compileFilter(filter: Filter, columnOf: ColumnFinder, binding: Binding): string {
  const budget = { nodes: MAX_FILTER_NODES };

  const compile = (node: Filter, negated: boolean, depth: number): string => {
    budget.nodes -= 1;
    if (budget.nodes < 0 || depth > MAX_FILTER_DEPTH)
      throw new SourceError('FILTER_INVALID', 'The filter is too large.');
    switch (node.kind) {
      case 'not':
        return compile(node.operand, !negated, depth + 1);
      case 'and':
      case 'or': {
        const word = (node.kind === 'and') !== negated ? ' AND ' : ' OR ';
        return `(${node.operands.map((operand) => compile(operand, negated, depth + 1)).join(word)})`;
      }
      case 'comparison':
        return compileComparison(node, columnOf(node.column), negated, binding);
      case 'text':
        return compileText(node, columnOf(node.column), negated, binding);
    }
  };
  return compile(filter, false, 1);
}

function compileComparison(node: Comparison, column: CatalogColumn, negated: boolean, binding: Binding): string {
  const name = quoteIdentifier(column.name);
  const { operator, value } = node;
  if (value.type === 'null') {
    if (operator === 'eq') return negated ? `${name} IS NOT NULL` : `${name} IS NULL`;
    if (operator === 'ne') return negated ? `${name} IS NULL` : `${name} IS NOT NULL`;
    return negated ? 'TRUE' : 'FALSE';
  }
  const { text, castType } = comparand(value, column);
  const bound = `${binding.add(text, column.name)}::${castType}`;
  if (operator === 'eq' || operator === 'ne') {
    return (operator === 'eq') !== negated ? `${name} = ${bound}` : `${name} IS DISTINCT FROM ${bound}`;
  }
  const plain = `${name} ${SQL_OPERATOR[operator]} ${bound}`;
  return negated ? `(${plain}) IS NOT TRUE` : plain;
}

/** Functions over positions, not LIKE: a pattern's wildcards would have to be escaped in the value. */
function compileText(node: TextTest, column: CatalogColumn, negated: boolean, binding: Binding): string {
  if (column.kind !== 'text' || column.isArray) {
    throw new SourceError('FILTER_INVALID', `The column ${column.name} does not hold text.`, {
      details: { column: column.name, function: node.function },
    });
  }
  const subject = `${quoteIdentifier(column.name)}::text`;
  const bound = `${binding.add(node.value, column.name)}::text`;
  const plain = {
    contains: `strpos(${subject}, ${bound}) > 0`,
    startswith: `starts_with(${subject}, ${bound})`,
    endswith: `right(${subject}, length(${bound})) = ${bound}`,
  }[node.function];
  return negated ? `(${plain}) IS NOT TRUE` : plain;
}
