import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import type { GatewayCheck } from './use-gateway-checks.js';

const TONES = { live: 'good', notLive: 'bad', pending: 'unknown' } as const;

/** What one gateway said when it was asked, with the reason when it did not. */
export function CheckOutcome({ check }: { check: GatewayCheck | undefined }) {
  if (!check) return null;
  return (
    <>
      <StatusLabel tone={TONES[check.outcome]} label={texts.gateways[check.outcome]} />
      {check.reason !== '' && <div>{check.reason}</div>}
    </>
  );
}
