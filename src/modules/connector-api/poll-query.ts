import { MAX_CHANGES, type Operation } from '../../contract/operations.js';
import { columnName } from './list-query.js';
import { parseFilter } from './odata-filter.js';
import { invalidOption, listOf, readOptions, wholeNumber } from './query-options.js';
import { questionOf, readToken } from './skip-token.js';

type PollItems = Extract<Operation, { name: 'pollItems' }>;

/** Carries the state of a trigger in the address to ask next time. */
export const STATE_PARAMETER = 'triggerState';

/** Rows handed out at once when the caller does not say. */
const DEFAULT_ROWS = 100;

const OPTIONS = ['$filter', '$select', '$top', '$orderby', '$triggercolumn'] as const;

/** What one poll of a trigger asks for. */
export interface PollQuery {
  readonly options: Pick<PollItems, 'filter' | 'select' | 'column' | 'top' | 'since'>;
  /** What the state belongs to. */
  readonly question: string;
}

/**
 * Reads the query options of a trigger.
 *
 * @param of what is watched: a state belongs to nothing else
 * @throws DomainError VALIDATION_FAILED naming the option, FILTER_INVALID
 */
export function parsePollQuery(query: Readonly<Record<string, unknown>>, of: readonly string[]): PollQuery {
  const options = readOptions(query, OPTIONS);
  // Designers of flows offer it for every list. What came first comes first, whatever is asked.
  if (options.has('$orderby')) throw invalidOption('$orderby', 'is not possible here: rows come in their own order');
  const top = wholeNumber('$top', options.get('$top'), MAX_CHANGES);
  if (top === 0) throw invalidOption('$top', `must be a whole number from 1 to ${MAX_CHANGES}`);
  const [filter, column] = [options.get('$filter'), options.get('$triggercolumn')];
  const question = questionOf([...of, filter, column]);
  const select = listOf('$select', options.get('$select'), 1000)?.map((name) => columnName('$select', name));
  const since = stateOf(query[STATE_PARAMETER], question);
  return {
    question,
    options: {
      top: top ?? DEFAULT_ROWS,
      ...(filter === undefined ? {} : { filter: parseFilter(filter) }),
      ...(select === undefined || select.includes('*') ? {} : { select }),
      ...(column === undefined ? {} : { column: columnName('$triggerColumn', column) }),
      ...(since === undefined ? {} : { since }),
    },
  };
}

function stateOf(state: unknown, question: string): string | undefined {
  if (state === undefined || state === '') return undefined;
  const place = typeof state === 'string' ? readToken(question, state) : undefined;
  if (place?.after !== undefined) return place.after;
  throw invalidOption(
    STATE_PARAMETER,
    'is not one of this trigger; take the address from Location and change nothing in it',
  );
}
