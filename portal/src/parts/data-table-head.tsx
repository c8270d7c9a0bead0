import { Checkbox, mergeClasses } from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular } from '@fluentui/react-icons';
import { texts } from '../texts/texts.js';
import type { TableColumn, TableSort } from './table-column.js';
import { useTableStyles } from './table-styles.js';

export interface DataTableHeadProps<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly tracks: string;
  readonly sort: TableSort | undefined;
  readonly onSort: (column: string) => void;
  readonly isCard: boolean;
  /** Undefined where rows cannot be chosen. */
  readonly selected: boolean | 'mixed' | undefined;
  readonly onToggleAll: () => void;
}

/** What the columns are, and which one the rows are sorted by. */
export function DataTableHead<Row>(props: DataTableHeadProps<Row>) {
  const { columns, tracks, sort, onSort, isCard, selected, onToggleAll } = props;
  const styles = useTableStyles();
  return (
    <div role="rowgroup" className={isCard ? 'visually-hidden' : styles.head}>
      <div role="row" aria-rowindex={1} className={styles.line} style={{ gridTemplateColumns: tracks }}>
        {selected !== undefined && (
          <div role="columnheader">
            {isCard ? (
              texts.table.select
            ) : (
              <Checkbox checked={selected} onChange={onToggleAll} aria-label={texts.table.selectAll} />
            )}
          </div>
        )}
        {columns.map(({ id, header, sortBy, isNumber }) => {
          const isSorted = sort?.column === id;
          const direction = sort?.isDescending ? 'descending' : 'ascending';
          const Arrow = sort?.isDescending ? ArrowDownRegular : ArrowUpRegular;
          return (
            <div
              key={id}
              role="columnheader"
              className={mergeClasses(isNumber && styles.number)}
              {...(sortBy && { 'aria-sort': isSorted ? direction : 'none' })}
            >
              {sortBy && !isCard ? (
                <button type="button" className={styles.sort} onClick={() => onSort(id)}>
                  {header}
                  {isSorted && <Arrow aria-hidden />}
                </button>
              ) : (
                header
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
