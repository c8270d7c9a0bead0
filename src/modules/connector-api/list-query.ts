import { usesExpressions } from '../../contract/filter.js';
import { MAX_TOP, type Operation, type OrderBy } from '../../contract/operations.js';
import type { ReplyTrailer } from '../../contract/replies.js';
import { decodeColumnName } from './column-name.js';
import { parseApply } from './odata-apply.js';
import { parseFilter } from './odata-filter.js';
import { invalidOption, listOf, readOptions, wholeNumber, withOption, type QueryOptions } from './query-options.js';
import { questionOf, readToken, writeToken, type Place } from './skip-token.js';

/** Rows of one answer when the caller names no `$top`; the next page is a link in the answer. */
export const PAGE_ROWS = 2_048;

const MAX_SKIP = 1_000_000_000;
const OPTIONS = ['$filter', '$orderby', '$top', '$skip', '$select', '$apply', '$count', '$skiptoken'] as const;
type Option = (typeof OPTIONS)[number];

type ListOperation = Extract<Operation, { name: 'listItems' | 'queryItems' }>;
type WithoutTable<T> = T extends unknown ? Omit<T, 'table'> : never;

/** A list as asked for, and what is needed to ask for its next page. */
export interface ListQuery {
  readonly operation: WithoutTable<ListOperation> & { readonly top: number };
  /** The server cuts pages: the caller named no `$top`. */
  readonly isPaged: boolean;
  /** Rows up to the end of this page. */
  readonly end: number;
  /** What the tokens of its pages belong to. */
  readonly question: string;
}

/**
 * Reads the query options of a list.
 *
 * @param of what is listed: tokens of its pages belong to nothing else
 * @throws DomainError VALIDATION_FAILED naming the option, FILTER_INVALID
 */
export function parseListQuery(query: Readonly<Record<string, unknown>>, of: readonly string[] = []): ListQuery {
  const options = readOptions(query, OPTIONS);
  const top = wholeNumber('$top', options.get('$top'), MAX_TOP);
  const given = wholeNumber('$skip', options.get('$skip'), MAX_SKIP) ?? 0;
  const said = (['$filter', '$orderby', '$select', '$apply'] as const).map((option) => options.get(option));
  const question = questionOf([...of, ...said]);
  const place = placeOf(options, given, question);
  const [filter, apply] = [options.get('$filter'), options.get('$apply')];
  const orderBy = listOf('$orderby', options.get('$orderby'), 32)?.map(parseOrder);
  const select = listOf('$select', options.get('$select'), 1000)?.map((name) => columnName('$select', name));
  const count = options.get('$count');
  if (count !== undefined && count !== 'true' && count !== 'false') {
    throw invalidOption('$count', 'must be true or false');
  }
  const skip = place.after === undefined ? (place.rows ?? given) : 0;
  const plain = {
    top: top ?? PAGE_ROWS,
    skip,
    ...(filter === undefined ? {} : { filter: parseFilter(filter) }),
    ...(orderBy === undefined ? {} : { orderBy }),
    ...(select === undefined || select.includes('*') ? {} : { select }),
    ...(count === 'true' ? { count: true } : {}),
  };
  const more = {
    ...(apply === undefined ? {} : { aggregation: parseApply(apply) }),
    ...(place.after === undefined ? {} : { after: place.after }),
  };
  const isPlain = Object.keys(more).length === 0 && !(plain.filter && usesExpressions(plain.filter));
  return {
    isPaged: top === undefined,
    end: (place.rows ?? given) + plain.top,
    question,
    operation: isPlain ? { name: 'listItems', ...plain } : { name: 'queryItems', ...plain, ...more },
  };
}

/**
 * The address of the page after this one: the same question, moved on. By the last row's place in the order where the
 * member told it, so that rows that come or go meanwhile shift nothing; else by counting.
 *
 * @param path of the request with its query, as routed
 */
export function nextLink(base: string, path: string, query: ListQuery, { continuation }: ReplyTrailer): string {
  const token = writeToken(query.question, { after: continuation, rows: query.end });
  return withOption(base, path, /^(\$|%24)skip(token)?=/i, ['$skiptoken', token]);
}

function placeOf(options: QueryOptions<Option>, skip: number, question: string): Place {
  const token = options.get('$skiptoken');
  if (token === undefined) return {};
  if (skip > 0) throw invalidOption('$skip', 'must not stand beside $skiptoken');
  const place = readToken(question, token);
  if (place) return place;
  throw invalidOption('$skiptoken', 'is not one of this list; take it from @odata.nextLink and change nothing else');
}

function parseOrder(text: string): OrderBy {
  const blank = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
  const direction = text.slice(blank + 1);
  const isDirected = blank > 0 && (direction === 'asc' || direction === 'desc');
  const name = isDirected ? text.slice(0, blank).trimEnd() : text;
  return { column: columnName('$orderby', name), descending: isDirected && direction === 'desc' };
}

export function columnName(option: string, text: string): string {
  const name = decodeColumnName(text);
  if (name === '' || name.length > 256) throw invalidOption(option, 'must be a list of columns');
  return name;
}
