import {
  COMPARISON_OPERATORS,
  columnNameSchema,
  filterValueSchema,
  MAX_FILTER_DEPTH,
  MAX_FILTER_LENGTH,
  MAX_FILTER_NODES,
  TEXT_FUNCTIONS,
  type ComparisonOperator,
  type Filter,
  type FilterValue,
  type TextFunction,
} from '../../contract/filter.js';
import { decodeColumnName } from './column-name.js';
import { filterError, tokenize, type Token } from './odata-token.js';

/** Read as `a op b` turned around: `5 lt price` says `price gt 5`. */
const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};

/**
 * Parentheses and negations inside one another that the parser follows: each costs it three stack frames. More than the
 * depth of a tree, because clients put every pair of a long chain in parentheses, which nests nothing.
 */
const MAX_NESTING = MAX_FILTER_NODES;

type Operand = { readonly column: string } | { readonly value: FilterValue };

/**
 * Parses `$filter` into the contract's tree: comparisons of a column with a literal, `and or not`, parentheses,
 * `contains startswith endswith` and the older `substringof('text', column)`.
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

/** Recursive descent, one method a rule of the grammar. Depth and size are counted before anything recurses or grows. */
class FilterParser {
  private at = 0;
  private nodes = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  parse(): Filter {
    const filter = this.group('or', 1);
    this.expect('end', 'and, or, or the end');
    if (depthOf(filter) > MAX_FILTER_DEPTH) throw filterError(0, `at most ${MAX_FILTER_DEPTH} levels of conditions`);
    return filter;
  }

  /** `or` binds weaker than `and`; a chain of one operator is one node, with or without parentheses in it. */
  private group(kind: 'or' | 'and', nesting: number): Filter {
    const operand = (): Filter => (kind === 'or' ? this.group('and', nesting) : this.condition(nesting));
    const first = operand();
    if (!this.isWord(kind)) return first;
    const operands = this.chained(kind, first);
    while (this.isWord(kind)) {
      this.at++;
      operands.push(...this.chained(kind, operand()));
    }
    return this.node({ kind, operands });
  }

  /** The links that an operand adds to a chain; a chain inside a chain is no node any more. */
  private chained(kind: 'or' | 'and', operand: Filter): Filter[] {
    if (operand.kind !== kind) return [operand];
    this.nodes--;
    return operand.operands;
  }

  private condition(nesting: number): Filter {
    if (nesting > MAX_NESTING) throw filterError(this.token().position, `at most ${MAX_NESTING} nested parentheses`);
    const token = this.token();
    if (token.type === '(') {
      this.at++;
      const filter = this.group('or', nesting + 1);
      this.expect(')', 'a closing parenthesis, and, or or');
      return filter;
    }
    if (this.isWord('not') && !this.isOperator(this.peek())) {
      this.at++;
      return this.node({ kind: 'not', operand: this.condition(nesting + 1) });
    }
    return token.type === 'word' && this.peek().type === '(' ? this.textFunction() : this.comparison();
  }

  private comparison(): Filter {
    const left = this.operand();
    const operator = this.operator();
    const { position } = this.token();
    const right = this.operand();
    if ('column' in left && 'value' in right) {
      return this.node({ kind: 'comparison', operator, column: left.column, value: right.value });
    }
    if ('value' in left && 'column' in right) {
      return this.node({ kind: 'comparison', operator: MIRRORED[operator], column: right.column, value: left.value });
    }
    throw filterError(position, 'column' in left ? 'a literal' : 'a column');
  }

  /** Older clients write a function's truth out: `substringof('x', name) eq true`. */
  private textFunction(): Filter {
    const { text: name, position } = this.next();
    const isSubstringOf = name === 'substringof';
    const known = TEXT_FUNCTIONS.find((each) => each === name);
    if (!isSubstringOf && !known) {
      throw filterError(position, `one of the functions ${[...TEXT_FUNCTIONS, 'substringof'].join(', ')}`);
    }
    this.expect('(', 'an opening parenthesis');
    const first = isSubstringOf ? this.string() : this.column();
    this.expect(',', 'a comma');
    const second = isSubstringOf ? this.column() : this.string();
    this.expect(')', 'a closing parenthesis');
    const [column, value] = isSubstringOf ? [second, first] : [first, second];
    const call: TextFunction = known ?? 'contains';
    return this.withTruth(this.node({ kind: 'text', function: call, column, value }));
  }

  private withTruth(condition: Filter): Filter {
    if (!this.isWord('eq') && !this.isWord('ne')) return condition;
    const isEqual = this.next().text === 'eq';
    const truth = this.next();
    if (truth.type !== 'word' || (truth.text !== 'true' && truth.text !== 'false')) {
      throw filterError(truth.position, 'true or false');
    }
    return isEqual === (truth.text === 'true') ? condition : this.node({ kind: 'not', operand: condition });
  }

  private operator(): ComparisonOperator {
    const token = this.next();
    const operator = COMPARISON_OPERATORS.find((each) => token.type === 'word' && each === token.text);
    if (!operator) throw filterError(token.position, `one of the operators ${COMPARISON_OPERATORS.join(', ')}`);
    return operator;
  }

  private operand(): Operand {
    const token = this.token();
    const value = literalOf(token);
    if (value === undefined) return { column: this.column() };
    this.at++;
    if (!filterValueSchema.safeParse(value).success) throw filterError(token.position, `a valid ${value.type}`);
    return { value };
  }

  private column(): string {
    const token = this.next();
    const name = decodeColumnName(token.text);
    if (token.type !== 'word' || !columnNameSchema.safeParse(name).success) {
      throw filterError(token.position, 'the name of a column');
    }
    return name;
  }

  private string(): string {
    const token = this.next();
    const value = literalOf(token);
    if (value?.type !== 'string' || !filterValueSchema.safeParse(value).success) {
      throw filterError(token.position, 'a text in quotes of at most 8192 characters');
    }
    return value.value;
  }

  private node(filter: Filter): Filter {
    if (++this.nodes > MAX_FILTER_NODES) {
      throw filterError(this.token().position, `at most ${MAX_FILTER_NODES} conditions and operators`);
    }
    return filter;
  }

  private isWord(word: string): boolean {
    return this.token().type === 'word' && this.token().text === word;
  }

  private isOperator(token: Token): boolean {
    return token.type === 'word' && COMPARISON_OPERATORS.some((each) => each === token.text);
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

function depthOf(filter: Filter): number {
  if (filter.kind === 'not') return 1 + depthOf(filter.operand);
  return filter.kind === 'and' || filter.kind === 'or' ? 1 + Math.max(...filter.operands.map(depthOf)) : 1;
}

function literalOf({ type, text }: Token): FilterValue | undefined {
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
