import { Field, Select } from '@fluentui/react-components';
import { texts } from '../texts/texts.js';
import type { TableColumn } from './table-column.js';
import { useTableStyles } from './table-styles.js';

export interface TableSortFieldProps<Row> {
  readonly columns: readonly TableColumn<Row>[];
  /** As in an address: `name` or `-name`. */
  readonly sort: string | undefined;
  readonly onSort: (sort: string) => void;
}

/** Chooses the order where there are cards, which have no headers to press. */
export function TableSortField<Row>({ columns, sort, onSort }: TableSortFieldProps<Row>) {
  const styles = useTableStyles();
  const sortable = columns.filter(({ sortBy }) => sortBy);
  if (sortable.length === 0) return null;
  return (
    <Field label={texts.table.sortBy} className={styles.sortBox}>
      <Select value={sort ?? ''} onChange={(_event, { value }) => onSort(value)}>
        {sort === undefined && <option value="">{texts.table.unsorted}</option>}
        {sortable.flatMap(({ id, header }) => [
          <option key={id} value={id}>
            {texts.table.ascending(header)}
          </option>,
          <option key={`-${id}`} value={`-${id}`}>
            {texts.table.descending(header)}
          </option>,
        ])}
      </Select>
    </Field>
  );
}
