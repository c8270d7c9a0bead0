import { Button, Field, SearchBox } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { usePortal } from '../../app/use-portal.js';
import { ConfirmByName } from '../../parts/confirm-by-name.js';
import { EmptyState } from '../../parts/empty-state.js';
import { EventTable, type EventColumn } from '../../parts/event-table.js';
import { FilterGrid } from '../../parts/filter-grid.js';
import { texts } from '../../texts/texts.js';
import { EnvironmentForm } from './environment-form.js';
import type { Environment, RegionMap, RegionService } from './region-service.js';
import { ServedBy } from './served-by.js';

const { environments: words } = texts;
interface Chosen {
  readonly action: 'change' | 'remove';
  readonly environment: Environment;
}

export interface EnvironmentTableProps {
  readonly environments: readonly Environment[];
  readonly map: RegionMap;
  readonly regions: readonly RegionService[];
}

/** Every environment with who serves it, and what can be done to it. */
export function EnvironmentTable({ environments, map, regions }: EnvironmentTableProps) {
  const { client } = usePortal();
  const queries = useQueryClient();
  const [{ search }, change] = useSearchTexts(['search']);
  const [chosen, setChosen] = useState<Chosen>();
  const byKey = useMemo(() => new Map(regions.map((region) => [region.key, region])), [regions]);
  const columns = useMemo(() => columnsOf(byKey, setChosen), [byKey]);
  const rows = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return environments.filter(({ id, displayName, region }) =>
      [id, displayName, region, byKey.get(region)?.displayName ?? ''].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
    );
  }, [environments, search, byKey]);
  const close = () => setChosen(undefined);
  const remove = async ({ id }: Environment) => {
    await client.delete('/v1/environments/{environmentId}', { params: { path: { environmentId: id } } });
    await queries.invalidateQueries({ queryKey: ['environments'] });
  };
  return (
    <>
      <FilterGrid>
        <Field label={words.search}>
          <SearchBox value={search} dir="auto" onChange={(_event, { value }) => change({ search: value })} />
        </Field>
      </FilterGrid>
      {rows.length > 0 ? (
        <EventTable label={words.tabs.list} columns={columns} rows={rows} keyOf={({ id }) => id} />
      ) : (
        <EmptyState title={texts.parts.nothingFound} lead={words.lead}>
          <Button onClick={() => change({ search: '' })}>{texts.parts.clearFilter}</Button>
        </EmptyState>
      )}
      {chosen?.action === 'change' && <EnvironmentForm map={map} environment={chosen.environment} onClose={close} />}
      {chosen?.action === 'remove' && (
        <ConfirmByName
          title={words.removeTitle}
          name={chosen.environment.displayName}
          action={words.remove}
          onConfirm={() => remove(chosen.environment)}
          onClose={close}
        >
          {words.removeLead}
        </ConfirmByName>
      )}
    </>
  );
}

function columnsOf(
  regions: ReadonlyMap<string, RegionService>,
  choose: (chosen: Chosen) => void,
): readonly EventColumn<Environment>[] {
  const { columns } = words;
  return [
    { title: columns.name, track: 'minmax(10rem, 1.6fr)', show: ({ displayName }) => displayName },
    {
      title: columns.region,
      track: 'minmax(8rem, 1fr)',
      show: ({ region }) => regions.get(region)?.displayName ?? region,
    },
    {
      title: columns.servedBy,
      track: 'minmax(12rem, 2fr)',
      show: ({ region }) => <ServedBy region={regions.get(region)} />,
    },
    {
      title: columns.actions,
      track: '12rem',
      show: (environment) => (
        <>
          <Button
            size="small"
            aria-label={words.renameOf(environment.displayName)}
            onClick={() => choose({ action: 'change', environment })}
          >
            {words.rename}
          </Button>{' '}
          <Button
            size="small"
            aria-label={words.removeOf(environment.displayName)}
            onClick={() => choose({ action: 'remove', environment })}
          >
            {words.remove}
          </Button>
        </>
      ),
    },
  ];
}
