import { makeStyles, tokens } from '@fluentui/react-components';
import { Fragment, type ReactNode } from 'react';
import { useConnectionNames, useGatewayNames } from '../../api/use-names.js';
import { AppLink } from '../../parts/app-link.js';
import { ClockTime } from '../../parts/clock-time.js';
import { CopyText } from '../../parts/copy-text.js';
import { texts } from '../../texts/texts.js';
import type { RequestRecord } from './request-record.js';

const { page } = texts.requests;
const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(7rem, max-content) 1fr',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    alignItems: 'center',
    margin: 0,
    overflowWrap: 'anywhere',
  },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, minWidth: 0, unicodeBidi: 'isolate' },
});

export function RequestFacts({ request }: { request: RequestRecord }) {
  const styles = useStyles();
  const gateways = useGatewayNames();
  const connections = useConnectionNames();
  const { connectionId, gatewayId, memberId, environmentId, finishedAt } = request;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [page.trace, <CopyText text={request.traceId} />],
    [page.request, <CopyText text={request.requestId} />],
    [page.started, <ClockTime at={request.startedAt} />],
    [page.finished, finishedAt && <ClockTime at={finishedAt} />],
    [page.operation, request.operation],
    [page.connection, connectionId && link('connections', connectionId, connections.get(connectionId))],
    [page.gateway, gatewayId && link('gateways', gatewayId, gateways.get(gatewayId))],
    [page.member, memberId && <CopyText text={memberId} />],
    [page.environment, environmentId],
    [page.caller, <CopyText text={request.callerId} />],
    [page.attempts, request.attempts],
    [page.sent, request.requestBytes.toLocaleString('en')],
    [page.received, request.replyBytes.toLocaleString('en')],
    ...Object.entries(request.client).map(([name, value]) => [name, <bdi>{value}</bdi>] as const),
  ];
  return (
    <dl className={styles.list}>
      {facts
        .filter(([, value]) => value !== null)
        .map(([term, value]) => (
          <Fragment key={term}>
            <dt className={styles.term}>{term}</dt>
            <dd className={styles.value}>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}

function link(page: 'connections' | 'gateways', id: string, name = id): ReactNode {
  return <AppLink to={`/${page}/${encodeURIComponent(id)}`}>{name}</AppLink>;
}
