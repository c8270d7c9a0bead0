import { makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import { MemberVersions } from './member-versions.js';
import { OrderUpdate } from './order-update.js';
import { RolloutCard } from './rollout-card.js';
import { useGatewayUpdate } from './use-gateway-update.js';

const { releases } = texts;
const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalM, minWidth: 0 },
});

export interface GatewayUpdateProps {
  readonly gatewayId: string;
  readonly gatewayName: string;
  /** Versions that can be ordered, the newest first. */
  readonly offered: readonly string[];
}

/** Where a gateway's members stand, ordering an update of them, and how the updates go. */
export function GatewayUpdate({ gatewayId, gatewayName, offered }: GatewayUpdateProps) {
  const styles = useStyles();
  const update = useGatewayUpdate(gatewayId);
  const { members, rollouts } = update;
  const failure = members.error ?? rollouts.error;
  if (failure) return <FailurePanel error={failure} onAgain={() => void members.refetch()} />;
  if (!members.data || !rollouts.data) return <Spinner label={releases.loading} />;
  const names = new Map(members.data.map(({ memberId, name }) => [memberId, name]));
  return (
    <div className={styles.root}>
      <MemberVersions members={members.data} />
      <OrderUpdate update={update} gatewayName={gatewayName} offered={offered} />
      <Subtitle2 as="h3">{releases.rollouts}</Subtitle2>
      {rollouts.data.value.length === 0 && <Text>{releases.noRollouts}</Text>}
      {rollouts.data.value.map((rollout) => (
        <RolloutCard key={rollout.id} rollout={rollout} names={names} cancel={update.cancel} />
      ))}
    </div>
  );
}
