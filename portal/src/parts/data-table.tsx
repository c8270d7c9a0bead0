import { mergeClasses } from '@fluentui/react-components';
import { useCallback, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { DataTableHead } from './data-table-head.js';
import { DataTableCells } from './data-table-row.js';
import { formatSort, parseSort, sortRows, turnedSort, type TableColumn, type TableSort } from './table-column.js';
import { rowAfterKey } from './table-keys.js';
import { TableSortField } from './table-sort-field.js';
import { useTableStyles } from './table-styles.js';
import { useIsNarrow } from './use-is-narrow.js';
import { useTableRows } from './use-table-rows.js';

export interface DataTableProps<Row> {
  readonly label: string;
  /** The first names the row. */
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Enter on a row, or a click on it. */
  readonly onOpen?: (row: Row) => void;
  readonly sort?: TableSort | undefined;
  readonly onSort?: (sort: TableSort) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
}

const CONTROLS = 'a, button, input, label, select, textarea';

/**
 * Up to tens of thousands of rows, of which only those in sight are on the page. Arrows, Home, End and the page keys
 * move from row to row, Enter opens, the space bar chooses. Rows are cards where it is narrow.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, keyOf, onOpen, selected, onSelect } = props;
  const styles = useTableStyles();
  const isCard = useIsNarrow();
  const [ownSort, setOwnSort] = useState<TableSort>();
  const sort = props.onSort ? props.sort : (ownSort ?? props.sort);
  const setSort = props.onSort ?? setOwnSort;
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTableRows({ rows: sorted, keyOf, scroller, isCard });
  const tracks = [...(selected ? ['2rem'] : []), ...columns.map(({ track }) => track)].join(' ');
  const minWidth = isCard ? 0 : `${columns.length * 7}rem`;

  const toggle = useCallback(
    (key: string) => {
      if (!selected || !onSelect) return;
      const next = new Set(selected);
      if (!next.delete(key)) next.add(key);
      onSelect(next);
    },
    [selected, onSelect],
  );
  const toggleAll = () => onSelect?.(selected?.size === rows.length ? new Set() : new Set(rows.map(keyOf)));

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>, row: Row, index: number) => {
    // Keys within a link or a button of the row are theirs.
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = rowAfterKey(event.key, index, sorted.length, table.pageRows());
    if (next !== undefined) table.focusRow(next);
    else if (event.key === 'Enter' && onOpen) onOpen(row);
    else if (event.key === ' ' && onSelect) toggle(keyOf(row));
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent<HTMLDivElement>, row: Row, index: number) => {
    table.markRow(index);
    if (event.target instanceof Element && event.target.closest(CONTROLS)) return;
    // Whoever marks text to copy it does not want to leave.
    if (window.getSelection()?.isCollapsed !== false) onOpen?.(row);
  };
  const all = selected && (selected.size === 0 ? false : selected.size >= rows.length || 'mixed');

  return (
    <>
      {isCard && (
        <TableSortField
          columns={columns}
          sort={sort && formatSort(sort)}
          onSort={(text) => setSort(parseSort(text) ?? turnedSort(undefined, ''))}
        />
      )}
      <div ref={scroller} className={mergeClasses(styles.scroller, isCard && styles.narrowScroller)}>
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={rows.length + 1}
          {...(selected && { 'aria-multiselectable': true })}
          style={{ minWidth }}
        >
          <DataTableHead
            columns={columns}
            tracks={tracks}
            sort={sort}
            onSort={(column) => setSort(turnedSort(sort, column))}
            isCard={isCard}
            selected={all}
            onToggleAll={toggleAll}
          />
          <div role="rowgroup" className={styles.body} style={{ height: table.height }}>
            {table.shown.map(({ index, key, top }) => {
              const row = sorted[index];
              if (row === undefined) return null;
              const isSelected = selected?.has(key);
              return (
                <div
                  key={key}
                  ref={table.measure}
                  data-index={index}
                  role="row"
                  aria-rowindex={index + 2}
                  {...(isSelected !== undefined && { 'aria-selected': isSelected })}
                  tabIndex={index === table.active ? 0 : -1}
                  className={mergeClasses(
                    styles.line,
                    styles.row,
                    isCard && styles.card,
                    isCard && selected && styles.choosable,
                    onOpen && styles.opens,
                  )}
                  style={{ transform: `translateY(${top}px)`, ...(!isCard && { gridTemplateColumns: tracks }) }}
                  onKeyDown={(event) => onKeyDown(event, row, index)}
                  onClick={(event) => onClick(event, row, index)}
                >
                  <DataTableCells
                    row={row}
                    rowKey={key}
                    columns={columns}
                    isCard={isCard}
                    isSelected={isSelected}
                    onToggle={toggle}
                  />
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </>
  );
}
