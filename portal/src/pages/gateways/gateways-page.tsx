import { Button, Spinner, Text } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { MAX_GATEWAYS, readGatewaySummaries } from '../../api/gateway-summaries.js';
import { useMe } from '../../api/me.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { usePortal } from '../../app/use-portal.js';
import { AppLink } from '../../parts/app-link.js';
import { DataTable } from '../../parts/data-table.js';
import { EmptyState } from '../../parts/empty-state.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { SavedViews } from '../../parts/saved-views.js';
import { formatSort, parseSort } from '../../parts/table-column.js';
import { texts } from '../../texts/texts.js';
import { CheckProgress } from './check-progress.js';
import { gatewayColumns } from './gateway-columns.js';
import { FILTER_NAMES, isNarrowed, narrow, NO_FILTER } from './gateway-filter.js';
import { GatewayFilters } from './gateway-filters.js';
import { useGatewayChecks } from './use-gateway-checks.js';

const NONE: readonly never[] = [];
const idOf = ({ id }: { readonly id: string }) => id;

export function Page(): React.ReactNode {
  const { client } = usePortal();
  const me = useMe();
  const navigate = useNavigate();
  const [filter, change] = useSearchTexts(FILTER_NAMES);
  const { search, scope, status, region, version } = filter;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const bulk = useGatewayChecks();
  const list = useQuery({
    queryKey: ['gateways', 'summaries', scope, search],
    queryFn: ({ signal }) => readGatewaySummaries(client, { scope, search }, signal),
    placeholderData: keepPreviousData,
  });
  const all = list.data ?? NONE;
  const rows = useMemo(() => narrow(all, { ...NO_FILTER, status, region, version }), [all, status, region, version]);
  const columns = useMemo(() => gatewayColumns(bulk.checks), [bulk.checks]);
  const sort = useMemo(() => parseSort(filter.sort === '' ? 'name' : filter.sort), [filter.sort]);
  const chosen = rows.filter(({ id }) => selected.has(id));
  const toCheck = chosen.length > 0 ? chosen : rows;
  const { gateways } = texts;
  return (
    <>
      <PageHeader title={gateways.title} lead={gateways.lead}>
        <SavedViews page="gateways" now={filter} onChoose={(view) => change({ ...NO_FILTER, ...view })} />
        {rows.length > 0 && (
          <Button onClick={() => void bulk.run(toCheck.map(({ id }) => id))} disabledFocusable={bulk.isRunning}>
            {gateways.check(toCheck.length)}
          </Button>
        )}
        <AppLink to="/install" look="button">
          {gateways.install}
        </AppLink>
      </PageHeader>
      <GatewayFilters filter={filter} gateways={all} me={me} onChange={change} />
      <CheckProgress bulk={bulk} />
      {list.error && <FailurePanel error={list.error} onAgain={() => void list.refetch()} />}
      {list.isPending && <Spinner label={gateways.loading} />}
      {rows.length > 0 && (
        <>
          <Text role="status" block style={{ marginBottom: '0.5rem' }}>
            {gateways.count(rows.length, all.length)}
          </Text>
          {all.length > MAX_GATEWAYS && <Text block>{gateways.most(all.length)}</Text>}
          <DataTable
            label={gateways.title}
            columns={columns}
            rows={rows}
            keyOf={idOf}
            onOpen={({ id }) => void navigate({ to: '/gateways/$gatewayId', params: { gatewayId: id } })}
            sort={sort}
            onSort={(next) => change({ sort: formatSort(next) })}
            selected={selected}
            onSelect={setSelected}
          />
        </>
      )}
      {list.isSuccess && rows.length === 0 && !isNarrowed(filter) && (
        <EmptyState title={gateways.empty} lead={gateways.emptyLead}>
          <AppLink to="/install" look="button">
            {gateways.install}
          </AppLink>
        </EmptyState>
      )}
      {list.isSuccess && rows.length === 0 && isNarrowed(filter) && (
        <EmptyState title={texts.parts.nothingFound} lead="">
          <Button onClick={() => change({ ...NO_FILTER, scope })}>{texts.parts.clearFilter}</Button>
        </EmptyState>
      )}
    </>
  );
}
