import { DomainError } from '../../common/errors/domain-error.js';
import { AGGREGATE_METHODS, type AggregateMethod, type Aggregation } from '../../contract/aggregation.js';
import { columnNameSchema, MAX_FILTER_LENGTH, type Filter } from '../../contract/filter.js';
import { decodeColumnName } from './column-name.js';
import { parseFilter } from './odata-filter.js';

/** A piece of the text, with the place where it stands. */
interface Piece {
  readonly text: string;
  readonly position: number;
}

/** Columns to group by, and results; each. */
const MAX_NAMES = 100;

const METHODS = AGGREGATE_METHODS.filter((method) => method !== 'count');

/**
 * Parses `$apply`: any number of `filter(…)`, then one `groupby((a,b),aggregate(…))` or `aggregate(…)`, joined by slashes.
 *
 * @throws DomainError VALIDATION_FAILED for `$apply` with the position, from 0, and what was expected there;
 * FILTER_INVALID for a filter in it
 * @see OData 4.0 Extension for Data Aggregation, 3.1
 */
export function parseApply(text: string): Aggregation {
  if (text.length > MAX_FILTER_LENGTH) throw applyError(MAX_FILTER_LENGTH, `at most ${MAX_FILTER_LENGTH} characters`);
  const steps = split({ text, position: 0 }, '/').map(readCall);
  const last = steps.pop();
  const filters = steps.map(({ name, position, inner }) => {
    if (name !== 'filter') throw applyError(position, 'filter(…), and at the end aggregate(…) or groupby(…)');
    return parseFilterAt(inner);
  });
  if (last?.name !== 'aggregate' && last?.name !== 'groupby') {
    throw applyError(last?.position ?? 0, 'aggregate(…) or groupby(…) at the end');
  }
  const result =
    last.name === 'aggregate' ? { groupBy: [], aggregates: readResults(last.inner) } : readGroups(last.inner);
  const filter: Filter | undefined = filters.length > 1 ? { kind: 'and', operands: filters } : filters[0];
  return { ...result, ...(filter && { filter }) };
}

function readGroups(inner: Piece): Pick<Aggregation, 'groupBy' | 'aggregates'> {
  const [columns, results, more] = split(inner, ',');
  if (!columns || more) throw applyError(inner.position, '(columns) and, if wanted, aggregate(…)');
  const list = /^\((.*)\)$/s.exec(columns.text);
  if (!list) throw applyError(columns.position, 'columns in parentheses');
  const names = split({ text: list[1] ?? '', position: columns.position + 1 }, ',').map((each) =>
    columnName(each, each.text),
  );
  if (names.length > MAX_NAMES) throw applyError(columns.position, `at most ${MAX_NAMES} columns`);
  if (!results) return { groupBy: names, aggregates: [] };
  const call = readCall(results);
  if (call.name !== 'aggregate') throw applyError(call.position, 'aggregate(…)');
  return { groupBy: names, aggregates: readResults(call.inner) };
}

function readResults(inner: Piece): Aggregation['aggregates'] {
  const pieces = split(inner, ',');
  if (pieces.length > MAX_NAMES) throw applyError(inner.position, `at most ${MAX_NAMES} results`);
  return pieces.map((piece) => {
    const counted = /^\$count\s+as\s+(\S+)$/.exec(piece.text);
    if (counted) return { method: 'count', as: columnName(piece, counted[1] ?? '') };
    const [, column = '', word = '', as = ''] = /^(\S+)\s+with\s+(\S+)\s+as\s+(\S+)$/.exec(piece.text) ?? [];
    const method = METHODS.find((each): each is Exclude<AggregateMethod, 'count'> => each === word);
    if (!method) {
      throw applyError(piece.position, `a column with one of ${METHODS.join(', ')} as a name, or $count as a name`);
    }
    return { method, column: columnName(piece, column), as: columnName(piece, as) };
  });
}

function readCall(piece: Piece): { name: string; position: number; inner: Piece } {
  const [, name, inner = ''] = /^([a-z]+)\s*\((.*)\)$/s.exec(piece.text) ?? [];
  if (name === undefined) throw applyError(piece.position, 'filter(…), aggregate(…) or groupby(…)');
  return {
    name,
    position: piece.position,
    inner: { text: inner, position: piece.position + piece.text.length - inner.length - 1 },
  };
}

/** Blanks in front keep the positions in its errors those of the whole text. */
function parseFilterAt({ text, position }: Piece): Filter {
  return parseFilter(' '.repeat(position) + text);
}

function columnName({ position }: Piece, text: string): string {
  const name = decodeColumnName(text);
  if (!/^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(text) || !columnNameSchema.safeParse(name).success) {
    throw applyError(position, 'the name of a column');
  }
  return name;
}

/** Cuts where a separator stands outside of texts and parentheses, and trims what is between. */
function split({ text, position }: Piece, separator: string): Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let isText = false;
  let from = 0;
  const add = (to: number): void => {
    const raw = text.slice(from, to);
    const trimmed = raw.trim();
    pieces.push({ text: trimmed, position: position + from + (trimmed === '' ? 0 : raw.indexOf(trimmed)) });
    from = to + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "'") isText = !isText;
    else if (isText) continue;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === separator && depth === 0) add(at);
    if (depth < 0) throw applyError(position + at, 'an opening parenthesis before');
  }
  if (depth > 0 || isText)
    throw applyError(position + text.length, isText ? 'a closing quote' : 'a closing parenthesis');
  add(text.length);
  return pieces;
}

function applyError(position: number, expected: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { option: '$apply', position, expected });
}
