import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { texts } from '../../texts/texts.js';
import { spansOf, type RequestRecord } from './request-record.js';

const { requests } = texts;
const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', maxWidth: '60rem' },
  cell: {
    textAlign: 'left',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    fontWeight: tokens.fontWeightRegular,
    whiteSpace: 'nowrap',
  },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  strong: { fontWeight: tokens.fontWeightSemibold },
  course: { width: '60%' },
  lane: { position: 'relative', height: '0.9rem', backgroundColor: tokens.colorNeutralBackground4 },
  bar: {
    position: 'absolute',
    insetBlock: 0,
    minWidth: '2px',
    backgroundColor: tokens.colorBrandBackground,
    borderRadius: tokens.borderRadiusSmall,
  },
});

/** Where the time of a request went. It is a table first: the bars repeat its numbers. */
export function HopWaterfall({ hops }: { hops: RequestRecord['hops'] }) {
  const styles = useStyles();
  const { spans, totalMs } = spansOf(hops);
  if (spans.length === 0) return <Text>{requests.page.noTimes}</Text>;
  return (
    <table className={styles.table} aria-label={requests.page.waterfall}>
      <thead>
        <tr>
          <th scope="col" className={mergeClasses(styles.cell, styles.strong)}>
            {requests.page.hop}
          </th>
          <th scope="col" className={mergeClasses(styles.cell, styles.number, styles.strong)}>
            {requests.page.took}
          </th>
          <th scope="col" className={mergeClasses(styles.cell, styles.course, styles.strong)} aria-hidden>
            {requests.page.share}
          </th>
        </tr>
      </thead>
      <tbody>
        {spans.map(({ hop, ms, startPercent, percent }) => (
          <tr key={hop}>
            <th scope="row" className={styles.cell}>
              {requests.hops[hop] ?? hop}
            </th>
            <td className={mergeClasses(styles.cell, styles.number)}>{requests.ms(ms)}</td>
            <td className={styles.cell} aria-hidden>
              <div className={styles.lane}>
                <div className={styles.bar} style={{ insetInlineStart: `${startPercent}%`, width: `${percent}%` }} />
              </div>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className={mergeClasses(styles.cell, styles.strong)}>
            {requests.total}
          </th>
          <td className={mergeClasses(styles.cell, styles.number, styles.strong)}>{requests.ms(totalMs)}</td>
          <td className={styles.cell} aria-hidden />
        </tr>
      </tfoot>
    </table>
  );
}
