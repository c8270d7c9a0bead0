import { Button, Spinner, Text } from '@fluentui/react-components';
import { useCallback, useMemo } from 'react';
import { useConnectionNames, useGatewayNames, type Names } from '../../api/use-names.js';
import { AppLink } from '../../parts/app-link.js';
import { ClockTime } from '../../parts/clock-time.js';
import { EmptyState } from '../../parts/empty-state.js';
import { EventTable, type EventColumn } from '../../parts/event-table.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import { HopStrip } from './hop-strip.js';
import { RequestFilters } from './request-filters.js';
import { TONES, type RequestRecord } from './request-record.js';
import { useRequestFilter, useRequests } from './use-requests.js';

const { requests } = texts;

export function Page(): React.ReactNode {
  const search = useRequestFilter();
  const { filter, isLive, isFiltered, clear } = search;
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useRequests(
    filter,
    isLive,
  );
  const rows = useMemo(() => data?.pages.flatMap(({ value }) => value) ?? [], [data]);
  const columns = useColumns();
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return (
    <>
      <PageHeader title={requests.title} lead={requests.lead} />
      <RequestFilters {...search} />
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {isPending && !error && <Spinner label={requests.loading} />}
      {rows.length > 0 && (
        <>
          <EventTable
            label={requests.title}
            columns={columns}
            rows={rows}
            keyOf={({ requestId }) => requestId}
            onMore={hasNextPage ? more : undefined}
            isLoadingMore={isFetchingNextPage}
          />
          {isLive && data?.pages[0]?.continuationToken !== undefined && <Text size={200}>{requests.liveHint}</Text>}
        </>
      )}
      {data && rows.length === 0 && !error && isFiltered && (
        <EmptyState title={texts.parts.nothingFound} lead={requests.nothingLead}>
          <Button onClick={clear}>{texts.parts.clearFilter}</Button>
        </EmptyState>
      )}
      {data && rows.length === 0 && !error && !isFiltered && (
        <EmptyState title={requests.empty} lead={requests.emptyLead}>
          <AppLink to="/connections/new" look="button">
            {requests.newConnection}
          </AppLink>
        </EmptyState>
      )}
    </>
  );
}

function useColumns(): readonly EventColumn<RequestRecord>[] {
  const gateways = useGatewayNames();
  const connections = useConnectionNames();
  return useMemo(() => columnsOf(gateways, connections), [gateways, connections]);
}

function columnsOf(gateways: Names, connections: Names): readonly EventColumn<RequestRecord>[] {
  const named = (names: Names, id: string | null) => (id === null ? '' : (names.get(id) ?? id.slice(0, 8)));
  const { columns } = requests;
  return [
    { title: columns.started, track: '11rem', show: ({ startedAt }) => <ClockTime at={startedAt} /> },
    {
      title: columns.status,
      track: 'minmax(9rem, 1.3fr)',
      show: ({ status, code }) => (
        <>
          <StatusLabel tone={TONES[status]} label={requests.statuses[status]} />
          {code !== null && <div>{code}</div>}
        </>
      ),
    },
    { title: columns.operation, track: 'minmax(6rem, 1fr)', show: ({ operation }) => operation },
    {
      title: columns.connection,
      track: 'minmax(7rem, 1.2fr)',
      show: ({ connectionId }) => named(connections, connectionId),
    },
    { title: columns.gateway, track: 'minmax(7rem, 1.2fr)', show: ({ gatewayId }) => named(gateways, gatewayId) },
    { title: columns.time, track: 'minmax(9rem, 1.5fr)', show: ({ hops }) => <HopStrip hops={hops} /> },
    {
      title: columns.trace,
      track: '6rem',
      show: ({ traceId }) => (
        <AppLink to={`/requests/${encodeURIComponent(traceId)}`}>{`${traceId.slice(0, 8)}…`}</AppLink>
      ),
    },
  ];
}
