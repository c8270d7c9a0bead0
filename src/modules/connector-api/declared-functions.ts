import { AGGREGATE_METHODS } from '../../contract/aggregation.js';
import {
  COMPARISON_OPERATORS,
  TEXT_FUNCTIONS,
  VALUE_FUNCTION_NAMES,
  type ValueFunction,
} from '../../contract/filter.js';
import type { ColumnType } from '../../contract/table.js';

/** What every member executes. */
const PLAIN = ['and', 'or', 'not', 'null', ...COMPARISON_OPERATORS];
const PLAIN_TEXT = [...TEXT_FUNCTIONS, 'substringof'];

const AGGREGATES = AGGREGATE_METHODS.filter((method) => method !== 'count');

const ARITHMETIC: readonly ValueFunction[] = ['add', 'sub', 'mul', 'div', 'mod', 'negate', 'round', 'floor', 'ceiling'];
const DATE_PARTS: readonly ValueFunction[] = ['year', 'month', 'day', 'date', 'now'];
const TIME_PARTS: readonly ValueFunction[] = ['hour', 'minute', 'second'];
const OF_TEXT = VALUE_FUNCTION_NAMES.filter((name) => ![...ARITHMETIC, ...DATE_PARTS, ...TIME_PARTS].includes(name));
const LEAST = ['min', 'max', 'countdistinct'];

/** What members with `queryItems` execute besides, by the type of the column. */
const FOR_TYPE: Readonly<Partial<Record<ColumnType, readonly string[]>>> = {
  integer: [...ARITHMETIC, ...AGGREGATES],
  number: [...ARITHMETIC, ...AGGREGATES],
  string: [...OF_TEXT, ...LEAST],
  date: [...DATE_PARTS, ...LEAST],
  'date-time': [...DATE_PARTS, ...TIME_PARTS, ...LEAST],
  'date-no-tz': [...DATE_PARTS, ...TIME_PARTS, ...LEAST],
  time: [...TIME_PARTS, ...LEAST],
  boolean: ['countdistinct'],
  guid: ['countdistinct'],
};

/**
 * Functions that a table's filters and aggregations take. Clients delegate by this list: it holds what the members execute
 * and nothing else.
 *
 * @param isExtended every member of the gateway has `queryItems`
 */
export function tableFunctions(isExtended: boolean): readonly string[] {
  return [...PLAIN, ...PLAIN_TEXT, ...(isExtended ? [...VALUE_FUNCTION_NAMES, ...AGGREGATES] : [])];
}

/** Of those, the ones that make sense for a column. @param isText it holds text, and is not only shown as one */
export function columnFunctions(type: ColumnType, isText: boolean, isExtended: boolean): readonly string[] {
  if (type === 'string' && !isText) return [...PLAIN, ...(isExtended ? ['countdistinct'] : [])];
  const text = type === 'string' ? PLAIN_TEXT : [];
  return [...PLAIN, ...text, ...(isExtended ? (FOR_TYPE[type] ?? []) : [])];
}
