import {
  MAX_FILTER_DEPTH,
  MAX_FILTER_NODES,
  type ComparisonOperator,
  type Expression,
  type Filter,
} from '../../../contract/filter.js';
import { SourceError } from '../source-error.js';
import type { Property } from './edm-model.js';
import { ExpressionWriter, wrong } from './expression-text.js';
import { comparedWith, plainLiteral } from './filter-literal.js';
import { quoted } from './literal.js';

/** Finds a property by name. @throws SourceError COLUMN_UNKNOWN */
export type PropertyFinder = (name: string) => Property;

type Compare = Extract<Filter, { kind: 'compare' }>;

const TURNED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};

/**
 * Writes a filter as the text of `$filter`. Names come from the service's metadata alone, and values are written as
 * literals of their property's type, so nothing of a request becomes syntax.
 *
 * @throws SourceError FILTER_INVALID, COLUMN_UNKNOWN
 */
export function filterText(filter: Filter, propertyOf: PropertyFinder): string {
  let nodes = MAX_FILTER_NODES;
  const count = (depth: number): void => {
    nodes -= 1;
    if (nodes < 0 || depth > MAX_FILTER_DEPTH) throw new SourceError('FILTER_INVALID', 'The filter is too large.');
  };
  const expressions = new ExpressionWriter(propertyOf, count);

  const write = (node: Filter, depth: number): string => {
    count(depth);
    switch (node.kind) {
      case 'not':
        return `not (${write(node.operand, depth + 1)})`;
      case 'and':
      case 'or':
        return `(${node.operands.map((operand) => write(operand, depth + 1)).join(` ${node.kind} `)})`;
      case 'comparison':
        return comparison(propertyOf(node.column), node.operator, node.value);
      case 'text': {
        const property = propertyOf(node.column);
        if (property.type.kind !== 'string') throw wrong(`The column ${property.name} does not hold text.`, property);
        return `${node.function}(${property.name},${quoted(node.value)})`;
      }
      case 'compare':
        return compare(node, expressions, depth + 1);
      case 'test': {
        const [subject, value] = [expressions.text(node.subject, depth + 1), expressions.text(node.value, depth + 1)];
        return `${node.function}(${subject},${value})`;
      }
    }
  };
  return write(filter, 1);
}

function comparison(
  property: Property,
  operator: ComparisonOperator,
  value: Extract<Filter, { kind: 'comparison' }>['value'],
): string {
  if (value.type === 'null') return `${property.name} ${operator} null`;
  const compared = comparedWith(property, operator, value);
  return `${property.name} ${compared.operator} ${compared.text}`;
}

function compare({ left, right, operator }: Compare, expressions: ExpressionWriter, depth: number): string {
  if (left.kind === 'value' && right.kind === 'value') throw wrong('Two literals are compared.');
  if (left.kind === 'value') return withLiteral(right, TURNED[operator], left, { expressions, depth });
  if (right.kind === 'value') return withLiteral(left, operator, right, { expressions, depth });
  return `${expressions.write(left, depth).text} ${operator} ${expressions.write(right, depth).text}`;
}

function withLiteral(
  side: Expression,
  operator: ComparisonOperator,
  { value }: Extract<Expression, { kind: 'value' }>,
  { expressions, depth }: { readonly expressions: ExpressionWriter; readonly depth: number },
): string {
  if (side.kind === 'value') throw wrong('Two literals are compared.');
  const { text, kind, property } = expressions.write(side, depth);
  if (property) return comparison(property, operator, value);
  return `${text} ${operator} ${value.type === 'null' ? 'null' : plainLiteral(value, kind)}`;
}
