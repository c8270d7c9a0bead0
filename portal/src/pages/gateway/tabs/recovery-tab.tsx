import { makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { usePortal } from '../../../app/use-portal.js';
import { AppLink } from '../../../parts/app-link.js';
import { ClockTime } from '../../../parts/clock-time.js';
import { CopyText } from '../../../parts/copy-text.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { StatusLabel } from '../../../parts/status-label.js';
import { texts } from '../../../texts/texts.js';
import { FactList } from '../../connections/fact-list.js';
import { ExposureList } from '../exposure-list.js';
import type { Gateway } from '../gateway-queries.js';
import { LockList } from '../lock-list.js';
import { recoveryCommands } from '../recovery-commands.js';
import { RotationPanel } from '../rotation-panel.js';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalXXL,
    minWidth: 0,
    maxWidth: '64rem',
  },
  commands: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalL,
    marginTop: tokens.spacingVerticalM,
  },
});
const { recovery } = texts.gateway;

/** How the gateway comes through the loss of a machine, of a key, or of trust in one. */
export function RecoveryTab({ gateway }: { gateway: Gateway }) {
  const styles = useStyles();
  const { client } = usePortal();
  const gatewayId = gateway.id;
  const { data, error, refetch } = useQuery({
    queryKey: ['gateways', gatewayId, 'recovery'],
    queryFn: () => client.get('/v1/gateways/{gatewayId}/recovery', { params: { path: { gatewayId } } }),
  });
  const isDue = data !== undefined && Date.parse(data.reminderAt) <= Date.now();
  return (
    <div className={styles.root}>
      <section>
        <Subtitle2 as="h2">{recovery.key}</Subtitle2>
        {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
        {!data && !error && <Spinner label={texts.shell.loading} />}
        {data && (
          <FactList
            facts={[
              {
                term: recovery.state,
                value: <StatusLabel tone={isDue ? 'warning' : 'good'} label={isDue ? recovery.due : recovery.notDue} />,
              },
              {
                term: recovery.proved,
                value: data.provedAt === undefined ? recovery.never : <ClockTime at={data.provedAt} />,
              },
              {
                term: recovery.changed,
                value: data.changedAt === undefined ? recovery.never : <ClockTime at={data.changedAt} />,
              },
              { term: recovery.age, value: recovery.days(data.keyAgeDays) },
              { term: recovery.reminder, value: <ClockTime at={data.reminderAt} isDay /> },
              { term: recovery.handovers, value: data.handovers.toLocaleString('en') },
            ]}
          />
        )}
        <AppLink to="/audit" search={{ gatewayId }}>
          {recovery.record}
        </AppLink>
      </section>
      <LockList gatewayId={gatewayId} />
      <section>
        <Subtitle2 as="h2">{recovery.commands}</Subtitle2>
        <Text block>{recovery.commandsLead}</Text>
        <div className={styles.commands}>
          {recoveryCommands({ gatewayId, controlPlane: window.location.origin }).map(({ goal, command }) => (
            <div key={goal}>
              <Text weight="semibold" block>
                {recovery.goals[goal].title}
              </Text>
              <Text block>{recovery.goals[goal].lead}</Text>
              <CopyText text={command} />
            </div>
          ))}
        </div>
      </section>
      <RotationPanel gatewayId={gatewayId} gatewayName={gateway.displayName} />
      <ExposureList gatewayId={gatewayId} />
      <section>
        <Subtitle2 as="h2">{recovery.lost}</Subtitle2>
        <Text block>{recovery.lostLead}</Text>
      </section>
    </div>
  );
}
