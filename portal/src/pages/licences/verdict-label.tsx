import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';

/** Whether somebody's licences include the gateway. */
export function VerdictLabel({ isEligible }: { isEligible: boolean }) {
  return isEligible ? (
    <StatusLabel tone="good" label={texts.licences.eligible} />
  ) : (
    <StatusLabel tone="bad" label={texts.licences.refused} />
  );
}
