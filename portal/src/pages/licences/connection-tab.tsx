import { Spinner, Text } from '@fluentui/react-components';
import { useMemo } from 'react';
import { optionsOf, useConnectionNames } from '../../api/use-names.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { EmptyState } from '../../parts/empty-state.js';
import { EventTable } from '../../parts/event-table.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { FilterGrid } from '../../parts/filter-grid.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import { useConnectionLicences, type UserVerdict } from './use-licences.js';
import { VERDICT_COLUMNS } from './verdict-columns.js';

const { licences: words } = texts;
type SharedVerdict = UserVerdict & { readonly via: string };
const COLUMNS = [
  ...VERDICT_COLUMNS.slice(0, 3),
  { title: words.columns.via, track: 'minmax(8rem, 1fr)', show: ({ via }: SharedVerdict) => via },
  ...VERDICT_COLUMNS.slice(3),
];

/** Those with whom a connection is shared, the refused ones first. */
export function ConnectionTab() {
  const names = useConnectionNames();
  const [{ connection }, change] = useSearchTexts(['connection']);
  const { data, error, refetch, isLoading } = useConnectionLicences(connection);
  const rows = useMemo(
    () => [...(data?.value ?? [])].sort((one, other) => Number(one.isEligible) - Number(other.isEligible)),
    [data],
  );
  return (
    <>
      <FilterGrid>
        <ChoiceField
          label={words.connection}
          value={connection}
          options={[['', words.chooseConnection], ...optionsOf(names)]}
          onChoose={(value) => change({ connection: value })}
        />
      </FilterGrid>
      {connection === '' && <EmptyState title={words.chooseConnection} lead={words.connectionLead} />}
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {isLoading && <Spinner label={words.loading} />}
      {data && (
        <>
          <p role="status">
            <StatusLabel tone={data.refused > 0 ? 'bad' : 'good'} label={words.refusedCount(data.refused)} />
          </p>
          {data.isCut && <Text>{words.cut}</Text>}
          {rows.length > 0 && (
            <EventTable
              label={words.tabs.connection}
              columns={COLUMNS}
              rows={rows}
              keyOf={({ user, via }) => `${user.id} ${via}`}
            />
          )}
        </>
      )}
    </>
  );
}
