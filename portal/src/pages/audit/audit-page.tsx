import { Button, Spinner } from '@fluentui/react-components';
import { useCallback, useMemo, useState } from 'react';
import { ApiError } from '../../../../src/client/api-error.js';
import { ClockTime } from '../../parts/clock-time.js';
import { EmptyState } from '../../parts/empty-state.js';
import { EventTable, type EventColumn } from '../../parts/event-table.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import { AuditDetails } from './audit-details.js';
import { AuditFilters } from './audit-filters.js';
import { ChainCheck } from './chain-check.js';
import { ExportRecord } from './export-record.js';
import { useAudit, useAuditFilter, type AuditEntry } from './use-audit.js';

const { audit } = texts;

export function Page(): React.ReactNode {
  const search = useAuditFilter();
  const { filter, change, isFiltered, clear } = search;
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useAudit(filter);
  const [chosen, setChosen] = useState<AuditEntry>();
  const rows = useMemo(() => data?.pages.flatMap(({ value }) => value) ?? [], [data]);
  const actions = useMemo(() => [...new Set(rows.map(({ action }) => action))].sort(), [rows]);
  const columns = useMemo(() => columnsOf(setChosen), []);
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const isForTenant = error instanceof ApiError && error.code === 'NOT_ADMINISTRATOR' && filter.gatewayId === '';
  return (
    <>
      <PageHeader title={audit.title} lead={audit.lead}>
        {!isForTenant && (
          <>
            <ChainCheck />
            <ExportRecord />
          </>
        )}
      </PageHeader>
      <AuditFilters {...search} actions={actions} />
      {isForTenant && <EmptyState title={audit.notTenant} lead={audit.notTenantLead} />}
      {error && !isForTenant && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {isPending && !error && <Spinner label={audit.loading} />}
      {rows.length > 0 && (
        <EventTable
          label={audit.title}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          onMore={hasNextPage ? more : undefined}
          isLoadingMore={isFetchingNextPage}
        />
      )}
      {data && rows.length === 0 && !error && (
        <EmptyState
          title={isFiltered ? texts.parts.nothingFound : audit.empty}
          lead={isFiltered ? audit.nothingLead : audit.emptyLead}
        >
          {isFiltered && <Button onClick={clear}>{texts.parts.clearFilter}</Button>}
        </EmptyState>
      )}
      {chosen && <AuditDetails entry={chosen} onFilter={change} onClose={() => setChosen(undefined)} />}
    </>
  );
}

function columnsOf(choose: (entry: AuditEntry) => void): readonly EventColumn<AuditEntry>[] {
  const { columns } = audit;
  return [
    { title: columns.at, track: '11rem', show: ({ at }) => <ClockTime at={at} /> },
    { title: columns.action, track: 'minmax(9rem, 2fr)', show: ({ action }) => action },
    {
      title: columns.result,
      track: 'minmax(9rem, 1.2fr)',
      show: ({ result, count }) => (
        <>
          {result === 'succeeded' ? (
            <StatusLabel tone="good" label={audit.succeeded} />
          ) : (
            <>
              <StatusLabel tone="bad" label={audit.refused} />
              <div>{result}</div>
            </>
          )}
          {count > 1 && <div>{audit.times(count)}</div>}
        </>
      ),
    },
    {
      title: columns.actor,
      track: 'minmax(8rem, 1fr)',
      show: ({ actor }) => <span title={actor.id}>{`${actor.type} ${actor.id.slice(0, 8)}`}</span>,
    },
    {
      title: columns.subject,
      track: 'minmax(8rem, 1fr)',
      show: ({ subject }) => <span title={subject.id}>{`${subject.type} ${shortened(subject.id)}`}</span>,
    },
    { title: columns.place, track: '4.5rem', show: ({ seq }) => seq?.toLocaleString('en') },
    {
      title: columns.details,
      track: '6rem',
      show: (entry) => (
        <Button size="small" aria-label={audit.showOf(entry.action, entry.at)} onClick={() => choose(entry)}>
          {audit.show}
        </Button>
      ),
    },
  ];
}

/** An id is told apart by its beginning; a name is shown whole. */
function shortened(id: string | undefined): string {
  return id !== undefined && /^[0-9a-f-]{36}$/i.test(id) ? id.slice(0, 8) : (id ?? '');
}
