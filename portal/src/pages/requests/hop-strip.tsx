import { makeStyles, tokens } from '@fluentui/react-components';
import { texts } from '../../texts/texts.js';
import { spansOf, type RequestRecord } from './request-record.js';

const { requests } = texts;
const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: '4.5rem minmax(3rem, 1fr)', gap: tokens.spacingHorizontalS },
  total: { textAlign: 'right', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  strip: { display: 'flex', gap: '1px', alignSelf: 'center', height: '0.6rem' },
  part: { minWidth: '2px', backgroundColor: tokens.colorBrandBackground },
  other: { minWidth: '2px', backgroundColor: tokens.colorNeutralStrokeAccessible },
});

/** The hops of one row of a list: the words come first, the strip shows the proportions. */
export function HopStrip({ hops }: { hops: RequestRecord['hops'] }) {
  const styles = useStyles();
  const { spans, totalMs } = spansOf(hops);
  if (spans.length === 0) return null;
  const words = spans.map(({ hop, ms }) => `${requests.hops[hop] ?? hop}: ${requests.ms(ms)}`).join(', ');
  return (
    <span className={styles.root} title={words}>
      <span className={styles.total}>{requests.ms(totalMs)}</span>
      <span className="visually-hidden">{words}</span>
      <span className={styles.strip} aria-hidden>
        {spans.map(({ hop, percent }, index) => (
          <span key={hop} className={index % 2 === 0 ? styles.part : styles.other} style={{ width: `${percent}%` }} />
        ))}
      </span>
    </span>
  );
}
