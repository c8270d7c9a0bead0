import { StatusLabel } from '../parts/status-label.js';
import type { LiveState } from '../api/use-live-updates.js';
import { texts } from '../texts/texts.js';

/** Whether what is on the page is of now. */
export function LiveMark({ state }: { state: LiveState }) {
  return (
    <span role="status">
      {state === 'live' && <StatusLabel tone="good" label={texts.shell.live} />}
      {state === 'broken' && <StatusLabel tone="warning" label={texts.shell.notLive} />}
    </span>
  );
}
