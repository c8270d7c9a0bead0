import { Checkbox, mergeClasses } from '@fluentui/react-components';
import { memo, type ReactNode } from 'react';
import { texts } from '../texts/texts.js';
import type { TableColumn } from './table-column.js';
import { useTableStyles } from './table-styles.js';

export interface DataTableRowProps<Row> {
  readonly row: Row;
  readonly rowKey: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly isCard: boolean;
  /** Undefined where rows cannot be chosen. */
  readonly isSelected: boolean | undefined;
  readonly onToggle: (key: string) => void;
}

function Cells<Row>({ row, rowKey, columns, isCard, isSelected, onToggle }: DataTableRowProps<Row>): ReactNode {
  const styles = useTableStyles();
  return (
    <>
      {isSelected !== undefined && (
        <div role="gridcell">
          {/* The space bar chooses the row that has the focus. */}
          <Checkbox
            checked={isSelected}
            onChange={() => onToggle(rowKey)}
            tabIndex={-1}
            aria-label={texts.table.select}
          />
        </div>
      )}
      {columns.map(({ id, header, show, isNumber }, index) => (
        <div
          key={id}
          role="gridcell"
          className={mergeClasses(styles.cell, isCard ? index > 0 && styles.cardCell : isNumber && styles.number)}
        >
          {isCard && index > 0 && <span className={styles.cardTerm}>{header}</span>}
          <span className={mergeClasses(styles.cell, isCard && index === 0 && styles.cardTitle)}>{show(row)}</span>
        </div>
      ))}
    </>
  );
}

/** The cells of one row; as lines of a card where it is narrow. Rows that merely move are not drawn again. */
export const DataTableCells = memo(Cells) as typeof Cells;
