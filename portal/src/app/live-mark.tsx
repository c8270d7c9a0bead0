import { makeStyles } from '@fluentui/react-components';
import { StatusLabel } from '../parts/status-label.js';
import type { LiveState } from '../api/use-live-updates.js';
import { texts } from '../texts/texts.js';

const NARROW = '@media (max-width: 37.49rem)';
const useStyles = makeStyles({
  /** Still read aloud where there is no room to show it. */
  whole: {
    [NARROW]: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  },
  short: { display: 'none', [NARROW]: { display: 'inline' } },
});

/** Whether what is on the page is of now. */
export function LiveMark({ state }: { state: LiveState }) {
  const styles = useStyles();
  return (
    <span role="status">
      {state === 'live' && <StatusLabel tone="good" label={texts.shell.live} />}
      {state === 'broken' && (
        <>
          <span className={styles.whole}>
            <StatusLabel tone="warning" label={texts.shell.notLive} />
          </span>
          <span className={styles.short} aria-hidden>
            <StatusLabel tone="warning" label={texts.shell.notLiveShort} />
          </span>
        </>
      )}
    </span>
  );
}
