import { Badge, makeStyles, tokens } from '@fluentui/react-components';
import { ClockTime } from '../../parts/clock-time.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import { supportSpans, type Release, type SupportSpan } from './support-window.js';

const { releases } = texts;
const NARROW = '@media (max-width: 37.5rem)';
const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', [NARROW]: { display: 'block', '& tbody': { display: 'block' } } },
  head: { [NARROW]: { position: 'absolute', clipPath: 'inset(50%)', width: '1px', height: '1px', overflow: 'hidden' } },
  row: {
    [NARROW]: {
      display: 'grid',
      gap: tokens.spacingVerticalXS,
      padding: `${tokens.spacingVerticalM} 0`,
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: tokens.spacingVerticalS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    [NARROW]: { borderBottom: 'none', padding: 0 },
  },
  version: { whiteSpace: 'nowrap', fontWeight: tokens.fontWeightSemibold },
  line: { width: '30%', [NARROW]: { width: 'auto' } },
  lane: { position: 'relative', height: '0.9rem', backgroundColor: tokens.colorNeutralBackground4 },
  bar: {
    position: 'absolute',
    insetBlock: 0,
    minWidth: '3px',
    backgroundColor: tokens.colorBrandBackground,
    borderRadius: tokens.borderRadiusSmall,
  },
  /** Hatched: told from a full bar without its colour. */
  over: {
    position: 'absolute',
    insetBlock: 0,
    minWidth: '3px',
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    boxSizing: 'border-box',
    backgroundImage: `repeating-linear-gradient(45deg, ${tokens.colorNeutralStrokeAccessible} 0 2px, transparent 2px 6px)`,
  },
  notes: { whiteSpace: 'pre-wrap', maxWidth: '36rem', overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
});

/** Versions with notes; how long each is supported stands as a word, as a date and as a bar on one time line. */
export function ReleaseList({ value }: { value: readonly Release[] }) {
  const styles = useStyles();
  const spans = supportSpans(value, new Date());
  const { columns } = releases;
  return (
    <table className={styles.table} aria-label={releases.list}>
      <thead className={styles.head}>
        <tr>
          {[columns.version, columns.published, columns.support, columns.window, columns.notes].map((title) => (
            <th key={title} scope="col" className={styles.cell}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {spans.map((span, index) => {
          const { version, publishedAt, notes, offered } = span.release;
          return (
            <tr key={version} className={styles.row}>
              <th scope="row" className={styles.cell}>
                <span className={styles.version}>{version}</span>{' '}
                {index === 0 && <Badge appearance="outline">{releases.newest}</Badge>}
              </th>
              <td className={styles.cell}>
                <ClockTime at={publishedAt} isDay />
              </td>
              <td className={styles.cell}>
                <Support span={span} />
                {!offered && <div>{releases.notOffered}</div>}
              </td>
              <td className={`${styles.cell} ${styles.line}`} aria-hidden>
                <div className={styles.lane}>
                  <div
                    className={span.endedAt === undefined ? styles.bar : styles.over}
                    style={{ insetInlineStart: `${span.startPercent}%`, width: `${span.percent}%` }}
                  />
                </div>
              </td>
              <td className={styles.cell}>
                <div className={styles.notes}>{notes === '' ? releases.noNotes : notes}</div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Support({ span: { endedAt, isEnding } }: { span: SupportSpan }) {
  if (endedAt !== undefined) {
    return (
      <>
        <StatusLabel tone="bad" label={releases.ended} />
        <div>
          {releases.endedOn} <ClockTime at={endedAt} isDay />
        </div>
      </>
    );
  }
  return isEnding ? (
    <StatusLabel tone="warning" label={releases.ending} />
  ) : (
    <StatusLabel tone="good" label={releases.supported} />
  );
}
