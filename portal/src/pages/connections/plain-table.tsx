import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

/** Narrower than this a row is a card. */
const NARROW = '@media (max-width: 600px)';

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', textAlign: 'start', marginTop: tokens.spacingVerticalM },
  caption: { textAlign: 'start', fontWeight: tokens.fontWeightSemibold, paddingBottom: tokens.spacingVerticalS },
  head: { [NARROW]: { display: 'none' } },
  row: {
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    [NARROW]: { display: 'block', padding: `${tokens.spacingVerticalS} 0` },
  },
  heading: {
    textAlign: 'start',
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  cell: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    overflowWrap: 'anywhere',
    unicodeBidi: 'isolate',
    [NARROW]: {
      display: 'grid',
      gridTemplateColumns: '7rem minmax(0, 1fr)',
      gap: tokens.spacingHorizontalS,
      justifyItems: 'start',
      padding: `${tokens.spacingVerticalXXS} 0`,
      '::before': { content: 'attr(data-label)', color: tokens.colorNeutralForeground2 },
    },
  },
});

export interface PlainTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

/** A short table to read. Long lists have a table of their own. */
export function PlainTable({ caption, columns, rows }: PlainTableProps) {
  const styles = useStyles();
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{caption}</caption>
      <thead className={styles.head}>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col" className={styles.heading}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key} className={styles.row}>
            {cells.map((cell, index) => (
              <td key={columns[index]} className={styles.cell} data-label={columns[index]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
