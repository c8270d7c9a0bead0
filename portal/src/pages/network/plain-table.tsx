import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  scroll: { overflow: 'auto', maxHeight: '24rem' },
  table: { borderCollapse: 'collapse', width: '100%', maxWidth: '60rem' },
  head: { backgroundColor: tokens.colorNeutralBackground3 },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'break-word',
  },
});

export interface PlainTableProps {
  readonly label: string;
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function PlainTable({ label, titles, rows }: PlainTableProps) {
  const styles = useStyles();
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table} aria-label={label}>
        <thead className={styles.head}>
          <tr>
            {titles.map((title) => (
              <th key={title} scope="col" className={styles.cell}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((text, column) => (
                <td key={column} className={styles.cell}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
