import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import type { ConnectionSummary } from '../../api/connection-summaries.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import { AppLink } from '../../parts/app-link.js';
import { PlainTable } from './plain-table.js';
import type { useBulkTest } from './use-bulk-test.js';

/** More reasons than these are read one by one. */
const MAX_FAILURES = 100;

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalS, marginBottom: tokens.spacingVerticalL },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  bar: { maxWidth: '30rem' },
  failures: { maxHeight: '24rem', overflowY: 'auto' },
});

export interface BulkTestProps {
  readonly bulk: ReturnType<typeof useBulkTest>;
  readonly connections: readonly ConnectionSummary[];
}

/** How far the tests are, and why those failed that did. */
export function BulkTest({ bulk, connections }: BulkTestProps) {
  const styles = useStyles();
  const { outcomes, total, isRunning } = bulk;
  if (total === 0) return null;
  const failed = connections.filter(({ id }) => outcomes.get(id)?.ok === false);
  return (
    <section className={styles.root} aria-label={texts.connections.results}>
      <div className={styles.line}>
        <Text role="status">
          {isRunning
            ? texts.connections.testing(outcomes.size, total)
            : texts.connections.outcome(outcomes.size - failed.length, failed.length)}
        </Text>
        {isRunning && (
          <Button size="small" onClick={bulk.stop}>
            {texts.connections.stop}
          </Button>
        )}
      </div>
      {isRunning && (
        <ProgressBar
          className={styles.bar}
          value={outcomes.size / total}
          aria-label={texts.connections.testing(outcomes.size, total)}
        />
      )}
      {bulk.failure !== undefined && <FailurePanel error={bulk.failure} />}
      {failed.length > 0 && (
        <div className={styles.failures} role="group" aria-label={texts.connections.results} tabIndex={0}>
          <PlainTable
            caption={texts.connections.failures(Math.min(failed.length, MAX_FAILURES), failed.length)}
            columns={[texts.connections.columns.name, texts.connections.columns.state, texts.connections.reason]}
            rows={failed.slice(0, MAX_FAILURES).map(({ id, displayName }) => ({
              key: id,
              cells: [
                <AppLink key="name" to={`/connections/${id}`}>
                  {displayName}
                </AppLink>,
                <StatusLabel key="state" tone="bad" label={texts.connections.statuses.failing} />,
                outcomes.get(id)?.reason ?? '',
              ],
            }))}
          />
        </div>
      )}
    </section>
  );
}
