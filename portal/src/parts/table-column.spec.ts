import { describe, expect, it } from 'vitest';
import { formatSort, parseSort, sortRows, turnedSort, type TableColumn } from './table-column.js';

interface Row {
  readonly name: string;
  readonly count: number | null;
}
const COLUMNS: readonly TableColumn<Row>[] = [
  { id: 'name', header: 'Name', track: '1fr', show: ({ name }) => name, sortBy: ({ name }) => name },
  { id: 'count', header: 'Count', track: '1fr', show: ({ count }) => count, sortBy: ({ count }) => count },
  { id: 'plain', header: 'Plain', track: '1fr', show: () => null },
];
const ROWS: readonly Row[] = [
  { name: 'gate 10', count: 2 },
  { name: 'Gate 2', count: null },
  { name: 'gate 1', count: 10 },
];
const namesBy = (sort: string) => sortRows(ROWS, COLUMNS, parseSort(sort)).map(({ name }) => name);

describe('order of a table', () => {
  it('takes numbers within names as numbers, whatever their case', () => {
    expect(namesBy('name')).toEqual(['gate 1', 'Gate 2', 'gate 10']);
    expect(namesBy('-name')).toEqual(['gate 10', 'Gate 2', 'gate 1']);
  });

  it('puts what has no value last in both directions', () => {
    expect(namesBy('count')).toEqual(['gate 10', 'gate 1', 'Gate 2']);
    expect(namesBy('-count')).toEqual(['gate 1', 'gate 10', 'Gate 2']);
  });

  it('leaves the rows as they are for a column that is unknown or has no order', () => {
    expect(namesBy('unknown')).toEqual(['gate 10', 'Gate 2', 'gate 1']);
    expect(namesBy('-plain')).toEqual(['gate 10', 'Gate 2', 'gate 1']);
    expect(namesBy('')).toEqual(['gate 10', 'Gate 2', 'gate 1']);
  });

  it('turns with a second press on the same header, and begins anew on another', () => {
    const once = turnedSort(undefined, 'name');
    expect(formatSort(once)).toBe('name');
    expect(formatSort(turnedSort(once, 'name'))).toBe('-name');
    expect(formatSort(turnedSort(turnedSort(once, 'name'), 'count'))).toBe('count');
  });
});
