import { DomainError } from '../../common/errors/domain-error.js';
import { MAX_TOP, type Operation, type OrderBy } from '../../contract/operations.js';
import { decodeColumnName } from './column-name.js';
import { parseFilter } from './odata-filter.js';

/** Rows of one answer when the caller names no `$top`; the next page is a link in the answer. */
export const PAGE_ROWS = 2_048;

const MAX_SKIP = 1_000_000_000;
const OPTIONS = ['$filter', '$orderby', '$top', '$skip', '$select', '$count', '$skiptoken'] as const;
type Option = (typeof OPTIONS)[number];

export type ListItems = Extract<Operation, { name: 'listItems' }>;

/** A list as asked for, and what is needed to ask for its next page. */
export interface ListQuery {
  readonly operation: Omit<ListItems, 'name' | 'table'> & { top: number; skip: number };
  /** The server cuts pages: the caller named no `$top`. */
  readonly isPaged: boolean;
}

/**
 * Reads the query options of a list. Options without a dollar sign belong to whoever is in front (`api-version`) and are
 * passed over; unknown ones with it are refused, since leaving one out would answer another question.
 *
 * @throws DomainError VALIDATION_FAILED naming the option, FILTER_INVALID
 */
export function parseListQuery(query: Readonly<Record<string, unknown>>): ListQuery {
  const options = readOptions(query);
  const top = integer(options, '$top', MAX_TOP);
  const skip = (integer(options, '$skip', MAX_SKIP) ?? 0) + (integer(options, '$skiptoken', MAX_SKIP) ?? 0);
  if (skip > MAX_SKIP) throw invalid('$skip', `must not lead beyond row ${MAX_SKIP}`);
  const filter = options.get('$filter');
  const orderBy = list(options, '$orderby', 32)?.map(parseOrder);
  const select = list(options, '$select', 1000)?.map((name) => columnName('$select', name));
  const count = options.get('$count');
  if (count !== undefined && count !== 'true' && count !== 'false') throw invalid('$count', 'must be true or false');
  return {
    isPaged: top === undefined,
    operation: {
      top: top ?? PAGE_ROWS,
      skip,
      ...(filter === undefined ? {} : { filter: parseFilter(filter) }),
      ...(orderBy === undefined ? {} : { orderBy }),
      ...(select === undefined || select.includes('*') ? {} : { select }),
      ...(count === 'true' ? { count: true } : {}),
    },
  };
}

/**
 * The address of the page after this one: the same question, moved on.
 *
 * @param path of the request with its query, as sent
 */
export function nextLink(base: string, path: string, query: ListQuery): string {
  const url = new URL(base + path);
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !/^(\$|%24)skip(token)?=/i.test(part));
  url.search = [...kept, `$skiptoken=${query.operation.skip + query.operation.top}`].join('&');
  return url.href;
}

function readOptions(query: Readonly<Record<string, unknown>>): ReadonlyMap<Option, string> {
  const options = new Map<Option, string>();
  for (const [name, value] of Object.entries(query)) {
    if (!name.startsWith('$')) continue;
    const option = OPTIONS.find((each) => each === name.toLowerCase());
    if (!option) throw invalid(name.slice(0, 64), `is not supported; these are: ${OPTIONS.join(', ')}`);
    if (typeof value !== 'string' || options.has(option)) throw invalid(option, 'must stand once');
    // Clients build their query from a template and leave unused options empty.
    if (value.trim() !== '') options.set(option, value);
  }
  return options;
}

function integer(options: ReadonlyMap<Option, string>, option: Option, max: number): number | undefined {
  const text = options.get(option);
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text) || Number(text) > max) throw invalid(option, `must be a whole number from 0 to ${max}`);
  return Number(text);
}

function list(options: ReadonlyMap<Option, string>, option: Option, max: number): string[] | undefined {
  const parts = options.get(option)?.split(',', max + 1);
  if (parts && parts.length > max) throw invalid(option, `must not name more than ${max} columns`);
  return parts?.map((part) => part.trim());
}

function parseOrder(text: string): OrderBy {
  const blank = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
  const direction = text.slice(blank + 1);
  const isDirected = blank > 0 && (direction === 'asc' || direction === 'desc');
  const name = isDirected ? text.slice(0, blank).trimEnd() : text;
  return { column: columnName('$orderby', name), descending: isDirected && direction === 'desc' };
}

function columnName(option: Option, text: string): string {
  const name = decodeColumnName(text);
  if (name === '' || name.length > 256) throw invalid(option, 'must be a list of columns');
  return name;
}

function invalid(option: string, problem: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { option, problem });
}
