import { MAX_FILTER_DEPTH, MAX_FILTER_NODES, type Expression, type Filter } from '../../../contract/filter.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn } from './catalog-table.js';
import { areComparable, ExpressionCompiler, wrong, type ColumnFinder } from './expression-sql.js';
import { comparand } from './filter-value.js';
import { quoteIdentifier } from './identifier.js';
import type { Binding } from './statement.js';

type Comparison = Extract<Filter, { kind: 'comparison' }>;
type TextTest = Extract<Filter, { kind: 'text' }>;
type Compare = Extract<Filter, { kind: 'compare' }>;

const SQL_OPERATOR = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' } as const;

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
  let nodes = MAX_FILTER_NODES;
  const count = (depth: number): void => {
    nodes -= 1;
    if (nodes < 0 || depth > MAX_FILTER_DEPTH) throw new SourceError('FILTER_INVALID', 'The filter is too large.');
  };
  const expressions = new ExpressionCompiler(columnOf, binding, count);

  const compile = (node: Filter, negated: boolean, depth: number): string => {
    count(depth);
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
      case 'compare':
        return compileCompare(node, negated, expressions, depth + 1);
      case 'test': {
        const [subject, value] = [expressions.text(node.subject, depth + 1), expressions.text(node.value, depth + 1)];
        return textTest(node.function, subject, value, negated);
      }
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
  return textTest(node.function, subject, `${binding.add(node.value, column.name)}::text`, negated);
}

function textTest(name: TextTest['function'], subject: string, value: string, negated: boolean): string {
  const plain = {
    contains: `strpos(${subject}, ${value}) > 0`,
    startswith: `starts_with(${subject}, ${value})`,
    endswith: `right(${subject}, length(${value})) = ${value}`,
  }[name];
  return negated ? `(${plain}) IS NOT TRUE` : plain;
}

function compileCompare(node: Compare, negated: boolean, expressions: ExpressionCompiler, depth: number): string {
  const { operator } = node;
  const { left, right, isLiteral } = operandsOf(node, expressions, depth);
  if (left === undefined || right === undefined) {
    const sql = left ?? right ?? 'NULL';
    if (operator !== 'eq' && operator !== 'ne') return negated ? 'TRUE' : 'FALSE';
    return (operator === 'eq') !== negated ? `${sql} IS NULL` : `${sql} IS NOT NULL`;
  }
  if (operator === 'eq' || operator === 'ne') {
    if ((operator === 'eq') === negated) return `${left} IS DISTINCT FROM ${right}`;
    // Two nulls are equal; a literal is none.
    return isLiteral ? `${left} = ${right}` : `${left} IS NOT DISTINCT FROM ${right}`;
  }
  const plain = `${left} ${SQL_OPERATOR[operator]} ${right}`;
  return negated ? `(${plain}) IS NOT TRUE` : plain;
}

interface Operands {
  /** SQL of the side; undefined: it is null. */
  readonly left: string | undefined;
  readonly right: string | undefined;
  /** One of the sides is a literal other than null. */
  readonly isLiteral: boolean;
}

function operandsOf({ left, right }: Compare, expressions: ExpressionCompiler, depth: number): Operands {
  if (left.kind === 'value' && right.kind === 'value') throw wrong('Two literals are compared.');
  if (right.kind === 'value') return withLiteral(left, right, expressions, depth);
  if (left.kind === 'value') {
    const turned = withLiteral(right, left, expressions, depth);
    return { ...turned, left: turned.right, right: turned.left };
  }
  const [first, second] = [expressions.compile(left, depth), expressions.compile(right, depth)];
  if (!areComparable(first, second)) throw wrong('Two parts of different types are compared.', first.column);
  return { left: first.sql, right: second.sql, isLiteral: false };
}

function withLiteral(
  side: Expression,
  { value }: Extract<Expression, { kind: 'value' }>,
  expressions: ExpressionCompiler,
  depth: number,
): Operands {
  if (side.kind === 'value') throw wrong('Two literals are compared.');
  const term = expressions.compile(side, depth);
  if (value.type === 'null') return { left: term.sql, right: undefined, isLiteral: false };
  return { left: term.sql, right: expressions.literal(value, term), isLiteral: true };
}
