import { LineChart, type LineChartPoints } from '@fluentui/react-charts';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { StatisticsBucket } from '../../api/request-statistics.js';
import { texts } from '../../texts/texts.js';

const HEIGHT = 240;
/** Lines differ by how they are drawn, not only by colour. */
const DASHES = '6 4';

/** Room for half of the last time, which stands below the end of its axis. */
const MARGINS = { left: 44, right: 36, top: 16, bottom: 32 } as const;
const HOUR = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(26rem, 100%), 1fr))',
    gap: tokens.spacingHorizontalXL,
  },
  title: { fontSize: tokens.fontSizeBase300, margin: `${tokens.spacingVerticalM} 0 0` },
  chart: { height: `${HEIGHT + 40}px`, minWidth: 0 },
});

/** Requests and failures, and how long they took, as two charts over the same time. */
export function TrafficCharts({ buckets }: { buckets: readonly StatisticsBucket[] }) {
  const { overview: words } = texts;
  const line = (legend: string, color: string, of: (bucket: StatisticsBucket) => number | null): LineChartPoints => ({
    legend,
    color,
    hideNonActiveDots: true,
    data: buckets.flatMap((bucket) => {
      const y = of(bucket);
      return y === null ? [] : [{ x: new Date(bucket.start), y: Math.round(y) }];
    }),
  });
  const dashed = (points: LineChartPoints): LineChartPoints => ({
    ...points,
    legendShape: 'dottedLine',
    lineOptions: { strokeDasharray: DASHES },
  });
  return (
    <Charts
      charts={[
        [
          words.counts,
          [
            line(words.requests, tokens.colorBrandForeground1, ({ requests }) => requests),
            dashed(line(words.failed, tokens.colorStatusDangerForeground1, ({ failed }) => failed)),
          ],
        ],
        [
          words.durations,
          [
            line(words.p50, tokens.colorBrandForeground1, ({ p50Ms }) => p50Ms),
            dashed(line(words.p95, tokens.colorStatusWarningForeground3, ({ p95Ms }) => p95Ms)),
          ],
        ],
      ]}
    />
  );
}

/** A day where one begins, else the time. */
function tickOf(at: Date): string {
  return at.getHours() === 0 && at.getMinutes() === 0 ? DAY.format(at) : HOUR.format(at);
}

function Charts({ charts }: { charts: readonly (readonly [title: string, lines: LineChartPoints[]])[] }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      {charts.map(([title, lines]) => (
        <figure key={title} style={{ margin: 0, minWidth: 0 }}>
          <figcaption>
            <h3 className={styles.title}>{title}</h3>
          </figcaption>
          <div className={styles.chart}>
            <LineChart
              data={{ chartTitle: title, lineChartData: lines }}
              height={HEIGHT}
              culture="en-GB"
              yMinValue={0}
              margins={MARGINS}
              customDateTimeFormatter={tickOf}
              xAxisTickCount={5}
              // One path for each line: dashes would begin anew at every point.
              optimizeLargeData
              enabledLegendsWrapLines
            />
          </div>
        </figure>
      ))}
    </div>
  );
}
