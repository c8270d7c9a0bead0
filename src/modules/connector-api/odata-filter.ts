import {
  COMPARISON_OPERATORS,
  columnNameSchema,
  filterValueSchema,
  MAX_FILTER_DEPTH,
  MAX_FILTER_LENGTH,
  MAX_FILTER_NODES,
  TEXT_FUNCTIONS,
  VALUE_FUNCTION_NAMES,
  VALUE_FUNCTIONS,
  type ComparisonOperator,
  type Expression,
  type Filter,
  type ValueFunction,
} from '../../contract/filter.js';
import { decodeColumnName } from './column-name.js';
import { comparisonOf, depthOf, literalOf, testOf } from './odata-nodes.js';
import { filterError, tokenize, type Token } from './odata-token.js';

/** How strongly operators bind, weakest first; those of one level group from the left. */
const LEVELS: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ['and', 2],
  ...COMPARISON_OPERATORS.map((operator): [string, number] => [operator, 3]),
  ['add', 4],
  ['sub', 4],
  ['mul', 5],
  ['div', 5],
  ['mod', 5],
]);
const COMPARISON = 3;
const SUM = 4;

/** Operators that are written between their operands, and not as functions. */
const INFIX: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'div', 'mod', 'negate']);
const CALLABLE = VALUE_FUNCTION_NAMES.filter((name) => !INFIX.has(name));
const FUNCTIONS = [...TEXT_FUNCTIONS, 'substringof', ...CALLABLE].join(', ');
const OPERATORS = `one of the operators ${COMPARISON_OPERATORS.join(', ')}`;
const COLUMN = 'the name of a column';

/**
 * Parentheses, negations and calls inside one another that the parser follows: each costs it a few stack frames. More
 * than the depth of a tree, because clients put every pair of a long chain in parentheses, which nests nothing.
 */
const MAX_NESTING = MAX_FILTER_NODES;

/** A part of a filter: a condition, or something that a condition can compare. */
type Part = { readonly filter: Filter } | { readonly value: Expression };

/**
 * Parses `$filter` into the contract's tree: comparisons, `and or not`, parentheses, arithmetic, the functions that the
 * contract names, and the older `substringof('text', column)`.
 *
 * @throws DomainError FILTER_INVALID with the position, from 0, and what was expected there
 * @see OData 4.01 URL Conventions, 5.1.1
 */
export function parseFilter(text: string): Filter {
  if (text.length > MAX_FILTER_LENGTH) {
    throw filterError(MAX_FILTER_LENGTH, `at most ${MAX_FILTER_LENGTH} characters`);
  }
  return new FilterParser(tokenize(text)).parse();
}

/** Precedence climbing. Depth and size are counted before anything recurses or grows. */
class FilterParser {
  private at = 0;
  private nodes = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  parse(): Filter {
    const filter = this.asFilter(this.operation(1, 1));
    this.expect('end', 'and, or, or the end');
    if (depthOf(filter) > MAX_FILTER_DEPTH) throw filterError(0, `at most ${MAX_FILTER_DEPTH} levels of conditions`);
    return filter;
  }

  /** Operands and the operators between them that bind at least as strongly as the level. */
  private operation(level: number, nesting: number): Part {
    let left = this.operand(nesting);
    for (;;) {
      const operator = this.token();
      const own = operator.type === 'word' ? (LEVELS.get(operator.text) ?? 0) : 0;
      if (own < level) return left;
      this.at++;
      left = this.joined(left, operator, own, nesting);
    }
  }

  private joined(left: Part, operator: Token, level: number, nesting: number): Part {
    const { position } = this.token();
    if (level < COMPARISON) {
      const first = this.asFilter(left, operator);
      return this.chain(operator.text as 'and' | 'or', first, this.asFilter(this.operation(level + 1, nesting)));
    }
    if ('filter' in left) return level === COMPARISON ? this.withTruth(left.filter, operator) : this.refuse(operator);
    const right = this.asValue(this.operation(level + 1, nesting), position);
    if (level > COMPARISON) return this.call(operator.text as ValueFunction, [left.value, right]);
    const filter = comparisonOf(left.value, operator.text as ComparisonOperator, right);
    if (!filter) throw filterError(position, 'a column');
    return { filter: this.node(filter) };
  }

  /** A chain of one operator is one node, with or without parentheses in it. */
  private chain(kind: 'or' | 'and', left: Filter, right: Filter): Part {
    const operands = [left, right].flatMap((operand) => {
      if (operand.kind !== kind) return [operand];
      this.nodes--;
      return operand.operands;
    });
    return { filter: this.node({ kind, operands }) };
  }

  /** Older clients write a function's truth out: `substringof('x', name) eq true`. */
  private withTruth(condition: Filter, { text: operator }: Token): Part {
    const truth = this.next();
    const isEquality = operator === 'eq' || operator === 'ne';
    if (!isEquality || truth.type !== 'word' || (truth.text !== 'true' && truth.text !== 'false')) {
      throw filterError(truth.position, 'true or false');
    }
    const holds = (operator === 'eq') === (truth.text === 'true');
    return { filter: holds ? condition : this.node({ kind: 'not', operand: condition }) };
  }

  private operand(nesting: number): Part {
    const token = this.token();
    if (nesting > MAX_NESTING) throw filterError(token.position, `at most ${MAX_NESTING} nested parentheses`);
    if (token.type === '(') {
      this.at++;
      const part = this.operation(1, nesting + 1);
      this.expect(')', 'a closing parenthesis, and, or or');
      return part;
    }
    if (token.type === '-') {
      this.at++;
      const { position } = this.token();
      return this.call('negate', [this.asValue(this.operand(nesting + 1), position)]);
    }
    const after = this.peek();
    if (token.type === 'word' && token.text === 'not' && !(after.type === 'word' && LEVELS.has(after.text))) {
      this.at++;
      const operand = this.asFilter(this.operation(COMPARISON, nesting + 1));
      return { filter: this.node({ kind: 'not', operand }) };
    }
    if (token.type === 'word' && after.type === '(') return this.function(nesting + 1);
    return { value: this.columnOrLiteral() };
  }

  private function(nesting: number): Part {
    const { text: name, position } = this.next();
    const test = name === 'substringof' ? 'contains' : TEXT_FUNCTIONS.find((each) => each === name);
    const computed = CALLABLE.find((each) => each === name);
    if (!test && !computed) throw filterError(position, `one of the functions ${FUNCTIONS}`);
    const counts: readonly number[] = computed ? VALUE_FUNCTIONS[computed] : [2];
    this.expect('(', 'an opening parenthesis');
    const operands: Expression[] = [];
    const places: number[] = [];
    while (operands.length < Math.max(...counts)) {
      if (operands.length > 0 && counts.includes(operands.length) && this.token().type === ')') break;
      if (operands.length > 0) this.expect(',', 'a comma');
      places.push(this.token().position);
      operands.push(this.asValue(this.operation(SUM, nesting), places.at(-1)));
    }
    this.expect(')', 'a closing parenthesis');
    if (computed) return this.call(computed, operands);
    operands.forEach((operand, index) => {
      if (operand.kind === 'value' && operand.value.type !== 'string') {
        throw filterError(places[index] ?? position, 'a text in quotes of at most 8192 characters');
      }
    });
    if (name === 'substringof') operands.reverse();
    const [subject, value] = operands as [Expression, Expression];
    return { filter: this.node(testOf(test ?? 'contains', subject, value)) };
  }

  private call(name: ValueFunction, operands: Expression[]): Part {
    return { value: this.node({ kind: 'call', function: name, operands }) };
  }

  private columnOrLiteral(): Expression {
    const token = this.next();
    const value = literalOf(token);
    if (value) {
      if (!filterValueSchema.safeParse(value).success) throw filterError(token.position, `a valid ${value.type}`);
      return { kind: 'value', value };
    }
    const column = decodeColumnName(token.text);
    if (token.type !== 'word' || !columnNameSchema.safeParse(column).success) throw filterError(token.position, COLUMN);
    return { kind: 'column', column };
  }

  /** @param before the operator that wants a condition in front of it */
  private asFilter(part: Part, before: Token = this.token()): Filter {
    if ('filter' in part) return part.filter;
    throw filterError(before.position, OPERATORS);
  }

  private asValue(part: Part, position = 0): Expression {
    if ('value' in part) return part.value;
    throw filterError(position, 'a column or a literal');
  }

  private refuse({ position }: Token): never {
    throw filterError(position, 'and, or, or the end');
  }

  private node<T extends Filter | Expression>(node: T): T {
    if (++this.nodes > MAX_FILTER_NODES) {
      throw filterError(this.token().position, `at most ${MAX_FILTER_NODES} conditions and operators`);
    }
    return node;
  }

  private expect(type: Token['type'], description: string): void {
    if (this.token().type !== type) throw filterError(this.token().position, description);
    if (type !== 'end') this.at++;
  }

  private next(): Token {
    const token = this.token();
    if (token.type !== 'end') this.at++;
    return token;
  }

  private token(): Token {
    return this.tokens[this.at] ?? { type: 'end', text: '', position: 0 };
  }

  private peek(): Token {
    return this.tokens[this.at + 1] ?? this.token();
  }
}
