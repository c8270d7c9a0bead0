import { Spinner } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { readConnectionSummaries, type ConnectionSummary } from '../../../api/connection-summaries.js';
import { usePortal } from '../../../app/use-portal.js';
import { AppLink } from '../../../parts/app-link.js';
import { ClockTime } from '../../../parts/clock-time.js';
import { EmptyState } from '../../../parts/empty-state.js';
import { EventTable, type EventColumn } from '../../../parts/event-table.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { StatusLabel } from '../../../parts/status-label.js';
import { texts } from '../../../texts/texts.js';
import type { Gateway } from '../gateway-queries.js';

const { connections } = texts.gateway;
const KINDS: Readonly<Record<string, string>> = texts.sourceKinds;

/** What is reached through the gateway. */
export function ConnectionsTab({ gateway: { id: gatewayId } }: { gateway: Gateway }) {
  const { client } = usePortal();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['connections', 'of-gateway', gatewayId],
    queryFn: ({ pageParam }) =>
      readConnectionSummaries(client, { gatewayId }, pageParam === '' ? undefined : pageParam),
    initialPageParam: '',
    getNextPageParam: ({ continuationToken }) => continuationToken,
  });
  const rows = useMemo(() => data?.pages.flatMap(({ value }) => value) ?? [], [data]);
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (!data) {
    return error ? (
      <FailurePanel error={error} onAgain={() => void refetch()} />
    ) : (
      <Spinner label={connections.loading} />
    );
  }
  const add = (
    <AppLink to="/connections/new" search={{ gatewayId }} look="button">
      {connections.add}
    </AppLink>
  );
  if (rows.length === 0) {
    return (
      <EmptyState title={connections.empty} lead={connections.emptyLead}>
        {add}
      </EmptyState>
    );
  }
  return (
    <>
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      <div style={{ marginBottom: '1rem' }}>{add}</div>
      <EventTable
        label={texts.gateway.tabs.connections}
        columns={COLUMNS}
        rows={rows}
        keyOf={({ id }) => id}
        onMore={hasNextPage ? more : undefined}
        isLoadingMore={isFetchingNextPage}
      />
    </>
  );
}

const COLUMNS: readonly EventColumn<ConnectionSummary>[] = [
  {
    title: connections.columns.name,
    track: 'minmax(10rem, 1.5fr)',
    show: ({ id, displayName }) => <AppLink to={`/connections/${id}`}>{displayName}</AppLink>,
  },
  { title: connections.columns.kind, track: '10rem', show: ({ kind }) => KINDS[kind] ?? kind },
  { title: connections.columns.path, track: 'minmax(10rem, 2fr)', show: ({ path }) => <bdi>{path}</bdi> },
  {
    title: connections.columns.test,
    track: 'minmax(9rem, 1fr)',
    show: ({ lastTest }) =>
      lastTest === null ? (
        <StatusLabel tone="unknown" label={connections.untested} />
      ) : (
        <>
          <StatusLabel
            tone={lastTest.ok ? 'good' : 'bad'}
            label={lastTest.ok ? connections.works : connections.worksNot}
          />
          {lastTest.code !== undefined && <div>{lastTest.code}</div>}
        </>
      ),
  },
  {
    title: connections.columns.used,
    track: '11rem',
    show: ({ lastUsedAt }) => (lastUsedAt === null ? connections.never : <ClockTime at={lastUsedAt} />),
  },
];
