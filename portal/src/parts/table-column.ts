import type { ReactNode } from 'react';

export interface TableColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** A track of a CSS grid: a fixed width or `minmax(…, …fr)`, so that all rows agree. */
  readonly track: string;
  readonly show: (row: Row) => ReactNode;
  /** What the rows are sorted by; columns without cannot be sorted. Nothing comes last. */
  readonly sortBy?: (row: Row) => string | number | null;
  readonly isNumber?: boolean;
}

export interface TableSort {
  readonly column: string;
  readonly isDescending: boolean;
}

// Numbers within names as people count: gateway 2 before gateway 10.
const ORDER = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The rows in order; as they are where the column is unknown. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  sort: TableSort | undefined,
): readonly Row[] {
  const sortBy = columns.find(({ id }) => id === sort?.column)?.sortBy;
  if (!sort || !sortBy) return rows;
  const direction = sort.isDescending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: sortBy(row) }));
  keyed.sort((one, other) => {
    if (one.key === null || other.key === null) return Number(one.key === null) - Number(other.key === null);
    return direction * compare(one.key, other.key);
  });
  return keyed.map(({ row }) => row);
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return ORDER.compare(String(one), String(other));
}

/** `name` and `-name` as they stand in an address. */
export function parseSort(text: string): TableSort | undefined {
  if (text === '') return undefined;
  return text.startsWith('-') ? { column: text.slice(1), isDescending: true } : { column: text, isDescending: false };
}

export function formatSort(sort: TableSort): string {
  return `${sort.isDescending ? '-' : ''}${sort.column}`;
}

/** The next click on a header: up, then down. */
export function turnedSort(sort: TableSort | undefined, column: string): TableSort {
  return { column, isDescending: sort?.column === column && !sort.isDescending };
}
