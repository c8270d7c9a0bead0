import { Button, Card, Field, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { ClockTime } from '../../parts/clock-time.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { StatusLabel, type StatusTone } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import type { GatewayUpdateState, Rollout } from './use-gateway-update.js';

const { releases } = texts;
const TONES: Readonly<Record<Rollout['state'], StatusTone>> = {
  running: 'unknown',
  succeeded: 'good',
  failed: 'bad',
  'rolled-back': 'warning',
  cancelled: 'paused',
};
const useStyles = makeStyles({
  card: { maxWidth: '60rem', overflowWrap: 'anywhere' },
  head: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
});

export interface RolloutCardProps {
  readonly rollout: Rollout;
  readonly names: ReadonlyMap<string, string>;
  readonly cancel: GatewayUpdateState['cancel'];
}

/** One update: how far it is, at whom, and until when; it can be ended while it runs. */
export function RolloutCard({ rollout, names, cancel }: RolloutCardProps) {
  const styles = useStyles();
  const { id, version, state, memberIds, doneIds, current, reason, startedAt, finishedAt } = rollout;
  const isMine = cancel.variables === id;
  const progress = releases.progress(doneIds.length, memberIds.length);
  return (
    <Card className={styles.card} role="group" aria-label={releases.progressOf(version)}>
      <div className={styles.head}>
        <Text weight="semibold">{version}</Text>
        <span role="status">
          <StatusLabel tone={TONES[state]} label={releases.rolloutStates[state]} />
        </span>
        <Text>
          {releases.started} <ClockTime at={startedAt} />
        </Text>
        {finishedAt !== undefined && (
          <Text>
            {releases.finished} <ClockTime at={finishedAt} />
          </Text>
        )}
      </div>
      <Field validationMessage={progress} validationState="none">
        <ProgressBar
          value={doneIds.length}
          max={memberIds.length}
          aria-label={releases.progressOf(version)}
          color={state === 'failed' || state === 'rolled-back' ? 'error' : 'brand'}
        />
      </Field>
      {current && (
        <Text>
          {releases.current(
            names.get(current.memberId) ?? current.memberId,
            releases.steps[current.step] ?? current.step,
          )}
          {', '}
          {releases.until} <ClockTime at={current.deadline} />
        </Text>
      )}
      {reason !== undefined && (
        <Text>
          <bdi>{reason}</bdi>
        </Text>
      )}
      {state === 'running' && (
        <>
          <Text size={200}>{releases.cancelLead}</Text>
          <div>
            <Button disabled={cancel.isPending} onClick={() => cancel.mutate(id)}>
              {cancel.isPending && isMine ? releases.cancelling : releases.cancel}
            </Button>
          </div>
        </>
      )}
      {isMine && cancel.error && <FailurePanel error={cancel.error} />}
    </Card>
  );
}
