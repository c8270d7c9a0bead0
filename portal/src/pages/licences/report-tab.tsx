import { Button, Spinner } from '@fluentui/react-components';
import { useCallback, useMemo } from 'react';
import { ApiError } from '../../../../src/client/api-error.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { EmptyState } from '../../parts/empty-state.js';
import { EventTable } from '../../parts/event-table.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { FilterGrid } from '../../parts/filter-grid.js';
import { texts } from '../../texts/texts.js';
import { ExportReport } from './export-report.js';
import { useLicenceReport, type EligibleFilter } from './use-licences.js';
import { VERDICT_COLUMNS } from './verdict-columns.js';

const { licences: words } = texts;
const FILTERS = [
  ['', words.filters.all],
  ['false', words.filters.refused],
  ['true', words.filters.eligible],
] as const;

/** Everybody of the tenant. */
export function ReportTab() {
  const [{ isEligible: wanted }, change] = useSearchTexts(['isEligible']);
  const isEligible: EligibleFilter = wanted === 'true' || wanted === 'false' ? wanted : '';
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useLicenceReport(isEligible);
  const rows = useMemo(() => data?.pages.flatMap(({ value }) => value) ?? [], [data]);
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (error instanceof ApiError && error.code === 'NOT_ADMINISTRATOR') {
    return <EmptyState title={words.notTenant} lead={words.notTenantLead} />;
  }
  return (
    <>
      <FilterGrid>
        <ChoiceField
          label={words.show}
          value={isEligible}
          options={FILTERS}
          onChoose={(value) => change({ isEligible: value })}
        />
        <ExportReport isEligible={isEligible} />
      </FilterGrid>
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {isPending && !error && <Spinner label={words.loading} />}
      {rows.length > 0 && (
        <EventTable
          label={words.title}
          columns={VERDICT_COLUMNS}
          rows={rows}
          keyOf={({ user }) => user.id}
          onMore={hasNextPage && !error ? more : undefined}
          isLoadingMore={isFetchingNextPage}
        />
      )}
      {data && rows.length === 0 && !hasNextPage && (
        <EmptyState title={words.empty} lead={words.emptyLead}>
          {isEligible !== '' && <Button onClick={() => change({ isEligible: '' })}>{texts.parts.clearFilter}</Button>}
        </EmptyState>
      )}
      {data && rows.length === 0 && hasNextPage && !isFetchingNextPage && (
        <Button onClick={more}>{texts.parts.more}</Button>
      )}
    </>
  );
}
