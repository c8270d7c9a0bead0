import { sql } from 'kysely';
import { MAX_FILTER_DEPTH, MAX_FILTER_NODES, type Expression, type Filter } from '../../../contract/filter.js';
import { SourceError } from '../source-error.js';
import type { CatalogColumn } from './catalog-table.js';
import type { SqlDialect } from './dialect.js';
import { areComparable, ExpressionCompiler, wrong, type ColumnFinder } from './expression-sql.js';
import { comparand } from './filter-value.js';
import { identifier, list, type Fragment } from './fragment.js';

type Comparison = Extract<Filter, { kind: 'comparison' }>;
type TextTest = Extract<Filter, { kind: 'text' }>;
type Compare = Extract<Filter, { kind: 'compare' }>;

const OPERATOR = {
  lt: sql.raw('<'),
  le: sql.raw('<='),
  gt: sql.raw('>'),
  ge: sql.raw('>='),
} as const;
const AND = sql.raw(' AND ');
const OR = sql.raw(' OR ');

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
export function compileFilter(filter: Filter, columnOf: ColumnFinder, dialect: SqlDialect): Fragment {
  let nodes = MAX_FILTER_NODES;
  const count = (depth: number): void => {
    nodes -= 1;
    if (nodes < 0 || depth > MAX_FILTER_DEPTH) throw new SourceError('FILTER_INVALID', 'The filter is too large.');
  };
  const expressions = new ExpressionCompiler(columnOf, dialect, count);

  const compile = (node: Filter, negated: boolean, depth: number): Fragment => {
    count(depth);
    switch (node.kind) {
      case 'not':
        return compile(node.operand, !negated, depth + 1);
      case 'and':
      case 'or': {
        const operands = node.operands.map((operand) => compile(operand, negated, depth + 1));
        return sql`(${list(operands, (node.kind === 'and') !== negated ? AND : OR)})`;
      }
      case 'comparison':
        return compileComparison(node, columnOf(node.column), negated, dialect);
      case 'text':
        return compileText(node, columnOf(node.column), negated, dialect);
      case 'compare':
        return compileCompare(node, negated, { expressions, dialect }, depth + 1);
      case 'test': {
        const [subject, value] = [expressions.text(node.subject, depth + 1), expressions.text(node.value, depth + 1)];
        return negate(dialect.expressions.textTest(node.function, subject, value), negated, dialect);
      }
    }
  };
  return compile(filter, false, 1);
}

function negate(condition: Fragment, negated: boolean, { expressions }: SqlDialect): Fragment {
  return negated ? expressions.isNotTrue(condition) : condition;
}

function nullTest(value: Fragment, isNull: boolean): Fragment {
  return isNull ? sql`${value} IS NULL` : sql`${value} IS NOT NULL`;
}

function compileComparison(node: Comparison, column: CatalogColumn, negated: boolean, dialect: SqlDialect): Fragment {
  const left = identifier(column.name);
  const { operator, value } = node;
  if (value.type === 'null') {
    if (operator === 'eq' || operator === 'ne') return nullTest(left, (operator === 'eq') !== negated);
    return dialect.expressions.constant(negated);
  }
  const right = comparand(value, column, dialect);
  if (operator === 'eq' || operator === 'ne') {
    return (operator === 'eq') !== negated ? sql`${left} = ${right}` : dialect.expressions.isDistinct(left, right);
  }
  return negate(sql`${left} ${OPERATOR[operator]} ${right}`, negated, dialect);
}

function compileText(node: TextTest, column: CatalogColumn, negated: boolean, dialect: SqlDialect): Fragment {
  if (column.kind !== 'text' || column.isArray) {
    throw new SourceError('FILTER_INVALID', `The column ${column.name} does not hold text.`, {
      details: { column: column.name, function: node.function },
    });
  }
  const { expressions } = dialect;
  const value = expressions.literal(node.value, 'text', column.name);
  const test = expressions.textTest(node.function, expressions.asText(identifier(column.name)), value);
  return negate(test, negated, dialect);
}

interface Means {
  readonly expressions: ExpressionCompiler;
  readonly dialect: SqlDialect;
}

function compileCompare(node: Compare, negated: boolean, { expressions, dialect }: Means, depth: number): Fragment {
  const { operator } = node;
  const { left, right, isLiteral } = operandsOf(node, expressions, depth);
  if (left === undefined || right === undefined) {
    if (operator !== 'eq' && operator !== 'ne') return dialect.expressions.constant(negated);
    return nullTest(left ?? right ?? sql`NULL`, (operator === 'eq') !== negated);
  }
  if (operator === 'eq' || operator === 'ne') {
    if ((operator === 'eq') === negated) return dialect.expressions.isDistinct(left, right);
    // Two nulls are equal; a literal is none.
    return isLiteral ? sql`${left} = ${right}` : dialect.expressions.isNotDistinct(left, right);
  }
  return negate(sql`${left} ${OPERATOR[operator]} ${right}`, negated, dialect);
}

interface Operands {
  /** SQL of the side; undefined: it is null. */
  readonly left: Fragment | undefined;
  readonly right: Fragment | undefined;
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
