import type { ComparisonOperator, Expression, Filter, FilterValue, TextFunction } from '../../contract/filter.js';
import type { Token } from './odata-token.js';

/** Read as `a op b` turned around: `5 lt price` says `price gt 5`. */
const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};

/** The node of a comparison, in the plain form where that can say it; undefined for one of two literals. */
export function comparisonOf(left: Expression, operator: ComparisonOperator, right: Expression): Filter | undefined {
  if (left.kind === 'value' && right.kind === 'value') return undefined;
  if (left.kind === 'column' && right.kind === 'value') {
    return { kind: 'comparison', operator, column: left.column, value: right.value };
  }
  if (left.kind === 'value' && right.kind === 'column') {
    return { kind: 'comparison', operator: MIRRORED[operator], column: right.column, value: left.value };
  }
  return { kind: 'compare', operator, left, right };
}

/** The node of a test of texts, in the plain form where that can say it. */
export function testOf(call: TextFunction, subject: Expression, value: Expression): Filter {
  if (subject.kind === 'column' && value.kind === 'value' && value.value.type === 'string') {
    return { kind: 'text', function: call, column: subject.column, value: value.value.value };
  }
  return { kind: 'test', function: call, subject, value };
}

export function depthOf(filter: Filter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return 1 + Math.max(...filter.operands.map(depthOf));
    case 'not':
      return 1 + depthOf(filter.operand);
    case 'compare':
      return 1 + Math.max(depthOfExpression(filter.left), depthOfExpression(filter.right));
    case 'test':
      return 1 + Math.max(depthOfExpression(filter.subject), depthOfExpression(filter.value));
    default:
      return 1;
  }
}

function depthOfExpression(expression: Expression): number {
  return expression.kind === 'call' ? 1 + Math.max(0, ...expression.operands.map(depthOfExpression)) : 0;
}

/** The value that a word of a filter says; undefined when it says none. */
export function literalOf({ type, text }: Token): FilterValue | undefined {
  switch (type) {
    case 'string':
    case 'number':
    case 'date':
    case 'guid':
      return { type, value: text };
    case 'dateTime':
      // Without a zone it is meant for a column without one, whose comparison ignores the zone.
      return { type, value: /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z` };
    case 'word':
      if (text === 'null') return { type: 'null' };
      return text === 'true' || text === 'false' ? { type: 'boolean', value: text === 'true' } : undefined;
    default:
      return undefined;
  }
}
