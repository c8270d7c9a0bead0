import { makeStyles, tokens } from '@fluentui/react-components';
import type { StatisticsBucket } from '../../api/request-statistics.js';
import { ClockTime } from '../../parts/clock-time.js';
import { texts } from '../../texts/texts.js';

const useStyles = makeStyles({
  scroller: { maxHeight: '20rem', overflow: 'auto' },
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    maxWidth: '50rem',
    '& th, & td': { padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`, textAlign: 'end' },
    '& th:first-child, & td:first-child': { textAlign: 'start' },
    '& tr': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
});

/** The charts in numbers; times in which nothing happened are left out. */
export function TrafficTable({ buckets }: { buckets: readonly StatisticsBucket[] }) {
  const styles = useStyles();
  const { overview: words } = texts;
  return (
    <div className={styles.scroller} role="region" aria-label={words.counts} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {[words.begun, words.requests, words.failed, words.p50, words.p95].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets
            .filter(({ requests }) => requests > 0)
            .map(({ start, requests, failed, p50Ms, p95Ms }) => (
              <tr key={start}>
                <td>
                  <ClockTime at={start} />
                </td>
                <td>{requests.toLocaleString('en')}</td>
                <td>{failed.toLocaleString('en')}</td>
                <td>{shown(p50Ms)}</td>
                <td>{shown(p95Ms)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

function shown(ms: number | null): string {
  return ms === null ? '–' : `${Math.round(ms).toLocaleString('en')} ms`;
}
