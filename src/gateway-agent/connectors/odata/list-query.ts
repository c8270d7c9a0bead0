import type { Operation } from '../../../contract/operations.js';
import { aggregatedSet, type AggregatedSet } from './aggregated-set.js';
import { findProperty, type EntitySet, type Property } from './edm-model.js';
import { filterText } from './filter-text.js';
import { behind, type OrderTerm } from './keyset.js';

export type ListItems = Extract<Operation, { name: 'listItems' | 'queryItems' }>;

/** A list as it is asked of the service, and what is in its rows. */
export interface ListQuery {
  /** Path below the service's address, with the query. */
  readonly path: string;
  /** Properties of the answer. */
  readonly columns: readonly Property[];
  /** Set where the rows are not those of the table itself. */
  readonly computed: AggregatedSet | undefined;
  /** The order of the rows; empty when there is nothing to go on from. */
  readonly order: readonly OrderTerm[];
  /** Where to ask for the number of all rows; undefined when the list tells it or nobody asked. */
  readonly countPath: string | undefined;
}

/**
 * One row more than asked for is fetched: it tells whether there are more.
 *
 * @throws SourceError COLUMN_UNKNOWN, FILTER_INVALID, VALIDATION_FAILED
 */
export function listQuery(table: EntitySet, operation: ListItems): ListQuery {
  const aggregation = operation.name === 'queryItems' ? operation.aggregation : undefined;
  const computed = aggregation && aggregatedSet(table, aggregation);
  const set = computed ?? table;
  const find = (name: string): Property => findProperty(set, name);
  const after = operation.name === 'queryItems' ? operation.after : undefined;
  const columns = operation.select?.length ? [...new Set(operation.select)].map(find) : [...set.properties.values()];
  const terms = orderTerms(set, operation);
  const order = operation.top !== undefined && set.key.length > 0 ? terms : [];
  const own = operation.filter && filterText(operation.filter, find);
  const filters = [own, after === undefined ? undefined : behind(after, terms)].filter((part) => part !== undefined);
  // Counted beside the list, all rows count; behind a place in it only those that follow.
  const isCountApart = operation.count === true && after !== undefined;
  const query = queryOf([
    ['$apply', computed?.apply],
    ['$filter', filters.length > 1 ? filters.map((part) => `(${part})`).join(' and ') : filters[0]],
    ['$orderby', terms.map(({ property, descending }) => `${property.name}${descending ? ' desc' : ''}`).join(',')],
    ['$select', operation.select?.length ? namesOf([...columns, ...order.map(({ property }) => property)]) : undefined],
    ['$top', operation.top === undefined ? undefined : String(operation.top + 1)],
    ['$skip', operation.skip ? String(operation.skip) : undefined],
    ['$count', operation.count === true && !isCountApart ? 'true' : undefined],
  ]);
  const path = `/${encodeURIComponent(set.name)}`;
  return {
    path: path + query,
    columns,
    computed,
    order,
    countPath: isCountApart
      ? `${path}/$count${queryOf([
          ['$apply', computed?.apply],
          ['$filter', own],
        ])}`
      : undefined,
  };
}

/** The order asked for, completed by the key: pages of a result whose order has ties would overlap. */
function orderTerms(set: EntitySet, { orderBy = [] }: ListItems): readonly OrderTerm[] {
  const asked = new Map<string, OrderTerm>();
  for (const { column, descending } of orderBy) {
    const property = findProperty(set, column);
    if (!asked.has(property.name)) asked.set(property.name, { property, descending });
  }
  const rest = set.key.filter(({ name }) => !asked.has(name)).map((property) => ({ property, descending: false }));
  return [...asked.values(), ...rest];
}

function namesOf(properties: readonly Property[]): string {
  return [...new Set(properties.map(({ name }) => name))].join(',');
}

function queryOf(options: readonly (readonly [name: string, value: string | undefined])[]): string {
  const given = options.filter(([, value]) => value !== undefined && value !== '');
  const text = given.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&');
  return text === '' ? '' : `?${text}`;
}
