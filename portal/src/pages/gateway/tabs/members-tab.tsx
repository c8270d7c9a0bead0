import { makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePortal } from '../../../app/use-portal.js';
import { AppLink } from '../../../parts/app-link.js';
import { ClockTime } from '../../../parts/clock-time.js';
import { EmptyState } from '../../../parts/empty-state.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { StatusLabel } from '../../../parts/status-label.js';
import { texts } from '../../../texts/texts.js';
import { PlainTable } from '../../connections/plain-table.js';
import { GatewayUpdate } from '../../releases/gateway-update.js';
import { useMembers, type Gateway, type Member } from '../gateway-queries.js';
import { MemberActions } from '../member-actions.js';
import { MemberDialog, type MemberDeed } from '../member-dialog.js';
import { loadOf, MEMBER_TONES, refusalsOf } from '../member-state.js';

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalXXL, minWidth: 0 },
  small: { display: 'block', color: tokens.colorNeutralForeground2 },
  update: { display: 'grid', gap: tokens.spacingVerticalM },
});
const { members } = texts.gateway;

/** The machines of a gateway: how they are, and what can be done with each. */
export function MembersTab({ gateway }: { gateway: Gateway }) {
  const styles = useStyles();
  const { client } = usePortal();
  const { data, error, refetch } = useMembers(gateway.id);
  const [chosen, setChosen] = useState<{ deed: MemberDeed; member: Member }>();
  const releases = useQuery({ queryKey: ['releases', 'list'], queryFn: () => client.get('/v1/releases') });
  if (!data) {
    return error ? <FailurePanel error={error} onAgain={() => void refetch()} /> : <Spinner label={members.loading} />;
  }
  return (
    <div className={styles.root}>
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {data.length === 0 ? (
        <EmptyState title={members.empty} lead={members.emptyLead}>
          <AppLink to="/install" search={{ as: 'member', gatewayId: gateway.id }} look="button">
            {members.add}
          </AppLink>
        </EmptyState>
      ) : (
        <PlainTable
          caption={members.caption(data.length)}
          columns={Object.values(members.columns)}
          rows={data.map((member) => ({ key: member.id, cells: cellsOf(member) }))}
        />
      )}
      {data.length > 0 && (
        <section className={styles.update}>
          <Subtitle2 as="h2">{texts.releases.update}</Subtitle2>
          <GatewayUpdate
            gatewayId={gateway.id}
            gatewayName={gateway.displayName}
            offered={releases.data?.value.filter(({ offered }) => offered).map(({ version }) => version) ?? []}
          />
        </section>
      )}
      {chosen && (
        <MemberDialog gateway={gateway} {...chosen} isLast={data.length === 1} onClose={() => setChosen(undefined)} />
      )}
    </div>
  );

  function cellsOf(member: Member): React.ReactNode[] {
    const load = loadOf(member);
    return [
      <bdi key="name">{member.displayName}</bdi>,
      <span key="state">
        <StatusLabel tone={MEMBER_TONES[member.state]} label={members.states[member.state]} />
        {member.conditions.map((condition) => (
          <span key={condition} className={styles.small}>
            {members.conditions[condition] ?? condition}
          </span>
        ))}
        {refusalsOf(member) > 0 && <span className={styles.small}>{members.refused(refusalsOf(member))}</span>}
        {member.drainDeadline !== null && (
          <span className={styles.small}>
            {members.drainUntil} <ClockTime at={member.drainDeadline} />
          </span>
        )}
      </span>,
      <span key="load">
        {load ? members.load(load.cpu, load.memory) : members.loadUnknown}
        {load && <span className={styles.small}>{members.disk(load.disk)}</span>}
      </span>,
      member.inFlight.toLocaleString('en'),
      <span key="version">
        {member.version}
        {member.upgradeState !== 'Unknown' && (
          <span className={styles.small}>{texts.releases.states[member.upgradeState]}</span>
        )}
      </span>,
      member.lastHeartbeatAt === null ? (
        <Text key="seen">{members.never}</Text>
      ) : (
        <ClockTime key="seen" at={member.lastHeartbeatAt} />
      ),
      <MemberActions
        key="actions"
        gatewayId={gateway.id}
        member={member}
        onChoose={(deed) => setChosen({ deed, member })}
      />,
    ];
  }
}
