import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import { texts } from '../../texts/texts.js';
import type { PolicyFieldsProps } from './install-fields.js';
import { NumberField } from './number-field.js';
import { MAX_REQUESTS_PER_MINUTE, type PolicyLimit } from './policy-change.js';

const { policy: words } = texts;
const LIMITS: readonly PolicyLimit[] = [
  'tenantRequestsPerMinute',
  'connectionRequestsPerMinute',
  'callerRequestsPerMinute',
];
const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalM, marginTop: tokens.spacingVerticalXL, minWidth: 0 },
});

/** How much may go through gateways. */
export function LimitFields({ policy, draft, onChange }: PolicyFieldsProps) {
  const styles = useStyles();
  return (
    <section className={styles.root} aria-label={words.limits}>
      <Subtitle2 as="h2">{words.limits}</Subtitle2>
      {LIMITS.map((limit) => (
        <NumberField
          key={limit}
          label={words.limitNames[limit]}
          value={draft.limits?.[limit] ?? policy.limits[limit]}
          max={MAX_REQUESTS_PER_MINUTE}
          onChange={(value) => onChange({ limits: { ...draft.limits, [limit]: value } })}
        />
      ))}
    </section>
  );
}
