import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import type { useGatewayChecks } from './use-gateway-checks.js';

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalS, marginBottom: tokens.spacingVerticalM },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  bar: { maxWidth: '30rem' },
});

/** How far a bulk health check is. */
export function CheckProgress({ bulk }: { bulk: ReturnType<typeof useGatewayChecks> }) {
  const styles = useStyles();
  const { checks, total, isRunning, failure } = bulk;
  if (total === 0) return null;
  const answered = [...checks.values()].filter(({ outcome }) => outcome === 'live').length;
  const word = isRunning
    ? texts.gateways.checking(checks.size, total)
    : texts.gateways.checked(answered, checks.size - answered);
  return (
    <section className={styles.root} aria-label={texts.gateways.results}>
      <div className={styles.line}>
        <Text role="status">{word}</Text>
        {isRunning && (
          <Button size="small" onClick={bulk.stop}>
            {texts.gateways.stop}
          </Button>
        )}
      </div>
      {isRunning && <ProgressBar className={styles.bar} value={checks.size / total} aria-label={word} />}
      {failure !== undefined && <FailurePanel error={failure} />}
    </section>
  );
}
