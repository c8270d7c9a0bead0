import { makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { usePortal } from '../../../app/use-portal.js';
import { AppLink } from '../../../parts/app-link.js';
import { ClockTime } from '../../../parts/clock-time.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { StatusLabel } from '../../../parts/status-label.js';
import { texts } from '../../../texts/texts.js';
import { PlainTable } from '../../connections/plain-table.js';
import { TONES } from '../../requests/request-record.js';
import { useMembers, type Gateway } from '../gateway-queries.js';
import { useGatewayRoles } from '../gateway-roles.js';

/** A glance: the pages of the record and of the requests have all of it. */
const SHOWN = 15;
const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalXXL, minWidth: 0 },
});
const { activity } = texts.gateway;

/** What was changed at the gateway lately, and what went through it. */
export function ActivityTab({ gateway: { id: gatewayId } }: { gateway: Gateway }) {
  const styles = useStyles();
  const { client } = usePortal();
  const roles = useGatewayRoles(gatewayId);
  const members = useMembers(gatewayId);
  const names = new Map([
    ...(roles.list.data ?? []).map(({ id, principal }) => [id, principal.displayName ?? id] as const),
    ...(members.data ?? []).map(({ id, displayName }) => [id, displayName] as const),
  ]);
  const init = { params: { query: { gatewayId } } };
  const requests = useQuery({
    queryKey: ['requests', 'of-gateway', gatewayId],
    queryFn: () => client.get('/v1/requests', init),
  });
  // The record has no topic of its own; each change of a gateway is told under this one.
  const audit = useQuery({
    queryKey: ['gateways', gatewayId, 'audit'],
    queryFn: () => client.get('/v1/audit', init),
  });
  return (
    <div className={styles.root}>
      <section>
        <Subtitle2 as="h2">{activity.changes}</Subtitle2>
        {audit.error && <FailurePanel error={audit.error} onAgain={() => void audit.refetch()} />}
        {audit.isPending && <Spinner label={texts.shell.loading} />}
        {audit.data?.value.length === 0 && <Text block>{activity.noChanges}</Text>}
        {audit.data && audit.data.value.length > 0 && (
          <PlainTable
            caption={activity.lastChanges}
            columns={Object.values(activity.changeColumns)}
            rows={audit.data.value.slice(0, SHOWN).map(({ id, at, action, result, actor, count }) => ({
              key: id,
              cells: [
                <ClockTime key="at" at={at} />,
                action,
                <span key="result">
                  <StatusLabel
                    tone={result === 'succeeded' ? 'good' : 'bad'}
                    label={result === 'succeeded' ? texts.audit.succeeded : texts.audit.refused}
                  />
                  {result !== 'succeeded' && ` ${result}`}
                  {count > 1 && ` ${texts.audit.times(count)}`}
                </span>,
                <bdi key="actor" title={actor.id}>
                  {names.get(actor.id) ?? `${actor.type} ${actor.id.slice(0, 8)}`}
                </bdi>,
              ],
            }))}
          />
        )}
        <AppLink to="/audit" search={{ gatewayId }}>
          {activity.allChanges}
        </AppLink>
      </section>
      <section>
        <Subtitle2 as="h2">{activity.requests}</Subtitle2>
        {requests.error && <FailurePanel error={requests.error} onAgain={() => void requests.refetch()} />}
        {requests.isPending && <Spinner label={texts.shell.loading} />}
        {requests.data?.value.length === 0 && <Text block>{activity.noRequests}</Text>}
        {requests.data && requests.data.value.length > 0 && (
          <PlainTable
            caption={activity.lastRequests}
            columns={Object.values(activity.requestColumns)}
            rows={requests.data.value.slice(0, SHOWN).map(({ requestId, traceId, ...one }) => ({
              key: requestId,
              cells: [
                <ClockTime key="at" at={one.startedAt} />,
                <span key="status">
                  <StatusLabel tone={TONES[one.status]} label={texts.requests.statuses[one.status]} />
                  {one.code !== null && ` ${one.code}`}
                </span>,
                one.operation,
                `${Math.round(one.hops.reduce((sum, { ms }) => sum + ms, 0)).toLocaleString('en')} ms`,
                <AppLink key="trace" to={`/requests/${encodeURIComponent(traceId)}`}>
                  {`${traceId.slice(0, 8)}…`}
                </AppLink>,
              ],
            }))}
          />
        )}
        <AppLink to="/requests" search={{ gatewayId }}>
          {activity.allRequests}
        </AppLink>
      </section>
    </div>
  );
}
