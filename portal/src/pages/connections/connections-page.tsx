import { Button, Spinner } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readConnectionSummaries, type ConnectionSummary } from '../../api/connection-summaries.js';
import { optionsOf, useGatewayNames } from '../../api/use-names.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { usePortal } from '../../app/use-portal.js';
import { AppLink } from '../../parts/app-link.js';
import { AppliedInput } from '../../parts/applied-input.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { EmptyState } from '../../parts/empty-state.js';
import { EventTable } from '../../parts/event-table.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { FilterGrid } from '../../parts/filter-grid.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import { BulkTest } from './bulk-test.js';
import { connectionColumns } from './connection-columns.js';
import { useBulkTest } from './use-bulk-test.js';

const NOTHING = { search: '', kind: '', gatewayId: '', status: '' } as const;

export function Page(): React.ReactNode {
  const { client } = usePortal();
  const gatewayNames = useGatewayNames();
  const [filter, change] = useSearchTexts(['search', 'kind', 'gatewayId', 'status']);
  const bulk = useBulkTest();
  const [tested, setTested] = useState<readonly ConnectionSummary[]>([]);
  const list = useInfiniteQuery({
    queryKey: ['connections', 'summaries', filter],
    queryFn: ({ pageParam }) => readConnectionSummaries(client, filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ continuationToken }) => continuationToken,
  });
  const rows = list.data?.pages.flatMap(({ value }) => value) ?? [];
  const isFiltered = Object.values(filter).some((value) => value !== '');
  const { connections } = texts;
  const all = ['', connections.all] as const;
  const test = async () => {
    setTested(rows);
    await bulk.run(rows);
  };
  return (
    <>
      <PageHeader title={connections.title} lead={connections.lead}>
        {rows.length > 0 && (
          <Button onClick={() => void test()} disabledFocusable={bulk.isRunning}>
            {connections.test(rows.length)}
          </Button>
        )}
        <AppLink
          to="/connections/new"
          look="button"
          {...(filter.gatewayId !== '' && { search: { gatewayId: filter.gatewayId } })}
        >
          {connections.create}
        </AppLink>
      </PageHeader>
      <FilterGrid>
        <AppliedInput label={connections.search} value={filter.search} onApply={(search) => change({ search })} />
        <ChoiceField
          label={connections.kind}
          value={filter.kind}
          options={[all, ...Object.entries(texts.sourceKinds)]}
          onChoose={(kind) => change({ kind })}
        />
        <ChoiceField
          label={connections.gateway}
          value={filter.gatewayId}
          options={[all, ...optionsOf(gatewayNames)]}
          onChoose={(gatewayId) => change({ gatewayId })}
        />
        <ChoiceField
          label={connections.status}
          value={filter.status}
          options={[all, ...Object.entries(connections.statuses)]}
          onChoose={(status) => change({ status })}
        />
      </FilterGrid>
      <BulkTest bulk={bulk} connections={tested} />
      {list.error && <FailurePanel error={list.error} onAgain={() => void list.refetch()} />}
      {list.isPending && <Spinner label={connections.loading} />}
      {rows.length > 0 && (
        <EventTable
          label={connections.title}
          columns={connectionColumns(bulk.outcomes)}
          rows={rows}
          keyOf={({ id }) => id}
          onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
          isLoadingMore={list.isFetchingNextPage}
        />
      )}
      {list.isSuccess && rows.length === 0 && !isFiltered && (
        <EmptyState title={connections.empty} lead={connections.emptyLead}>
          <AppLink to="/connections/new" look="button">
            {connections.create}
          </AppLink>
        </EmptyState>
      )}
      {list.isSuccess && rows.length === 0 && isFiltered && (
        <EmptyState title={texts.parts.nothingFound} lead="">
          <Button onClick={() => change(NOTHING)}>{texts.parts.clearFilter}</Button>
        </EmptyState>
      )}
    </>
  );
}
