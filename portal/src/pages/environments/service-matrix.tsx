import { Button, Field, makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { AppLink } from '../../parts/app-link.js';
import { EmptyState } from '../../parts/empty-state.js';
import { EventTable, type EventColumn } from '../../parts/event-table.js';
import { FilterGrid } from '../../parts/filter-grid.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import type { Environment, RegionService } from './region-service.js';
import { MAX_GATEWAYS, type PlacedGateway } from './use-placed-gateways.js';

const { environments: words } = texts;
/** Columns that can be read side by side. */
const COLUMNS = 5;
const useStyles = makeStyles({
  pager: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
    marginBottom: tokens.spacingVerticalS,
  },
});

export interface ServiceMatrixProps {
  readonly environments: readonly Environment[];
  readonly gateways: readonly PlacedGateway[];
  readonly regions: readonly RegionService[];
  readonly isCut: boolean;
}

/** Environments against gateways: served, or why not. */
export function ServiceMatrix({ environments, gateways, regions, isCut }: ServiceMatrixProps) {
  const styles = useStyles();
  const [{ search, gateway, from }, change] = useSearchTexts(['search', 'gateway', 'from']);
  const named = useMemo(
    () => matching(gateways, gateway, ({ displayName, region }) => [displayName, region]),
    [gateways, gateway],
  );
  const rows = useMemo(
    () => matching(environments, search, ({ id, displayName, region }) => [id, displayName, region]),
    [environments, search],
  );
  const first = Math.min(Math.max(0, Math.trunc(Number(from)) || 0), Math.max(0, named.length - 1));
  const columns = useMemo(
    () => columnsOf(named.slice(first, first + COLUMNS), new Map(regions.map((region) => [region.key, region]))),
    [named, first, regions],
  );
  if (gateways.length === 0) {
    return (
      <EmptyState title={words.noGateways} lead={words.noGatewaysLead}>
        <AppLink to="/install" look="button">
          {words.install}
        </AppLink>
      </EmptyState>
    );
  }
  const last = Math.min(first + COLUMNS, named.length);
  return (
    <>
      <FilterGrid>
        <Field label={words.columns.name}>
          <SearchBox value={search} dir="auto" onChange={(_event, { value }) => change({ search: value })} />
        </Field>
        <Field label={words.columns.gateways}>
          <SearchBox
            value={gateway}
            dir="auto"
            onChange={(_event, { value }) => change({ gateway: value, from: '' })}
          />
        </Field>
      </FilterGrid>
      <div className={styles.pager}>
        <Text role="status">{words.gatewaysShown(Math.min(first + 1, named.length), last, named.length)}</Text>
        <Button size="small" disabledFocusable={first === 0} onClick={() => change({ from: startOf(first - COLUMNS) })}>
          {words.previous}
        </Button>
        <Button size="small" disabledFocusable={last >= named.length} onClick={() => change({ from: startOf(last) })}>
          {words.next}
        </Button>
        {isCut && <Text>{words.gatewaysCut(MAX_GATEWAYS)}</Text>}
      </div>
      {rows.length > 0 && named.length > 0 ? (
        <EventTable label={words.matrixLabel} columns={columns} rows={rows} keyOf={({ id }) => id} />
      ) : (
        <EmptyState title={texts.parts.nothingFound} lead={words.lead}>
          <Button onClick={() => change({ search: '', gateway: '', from: '' })}>{texts.parts.clearFilter}</Button>
        </EmptyState>
      )}
    </>
  );
}

function startOf(index: number): string {
  return index > 0 ? String(index) : '';
}

function matching<One>(all: readonly One[], wanted: string, textsOf: (one: One) => readonly string[]): readonly One[] {
  const text = wanted.trim().toLowerCase();
  return text === '' ? all : all.filter((one) => textsOf(one).some((each) => each.toLowerCase().includes(text)));
}

function columnsOf(
  gateways: readonly PlacedGateway[],
  regions: ReadonlyMap<string, RegionService>,
): readonly EventColumn<Environment>[] {
  return [
    {
      title: words.columns.name,
      track: 'minmax(9rem, 1.2fr)',
      show: ({ displayName, region }) => (
        <>
          <bdi>{displayName}</bdi>
          <br />
          <Text size={200}>{regions.get(region)?.displayName ?? region}</Text>
        </>
      ),
    },
    ...gateways.map((gateway) => ({
      // A name may write from right to left: between the marks it does not turn what follows.
      title: `\u2068${gateway.displayName}\u2069 (${gateway.region})`,
      track: 'minmax(8rem, 1fr)',
      show: ({ region }: Environment) => <Cell gateway={gateway} region={regions.get(region)} />,
    })),
  ];
}

function Cell({ gateway, region }: { gateway: PlacedGateway; region: RegionService | undefined }) {
  if (!region || region.gatewayRegions.length === 0) return <StatusLabel tone="unknown" label={words.unmapped} />;
  if (region.gatewayRegions.some(({ key }) => key === gateway.region)) {
    return gateway.status === 'offline' ? (
      <StatusLabel tone="warning" label={words.servedOffline} />
    ) : (
      <StatusLabel tone="good" label={words.served} />
    );
  }
  return (
    <>
      <StatusLabel tone="paused" label={words.notServed} />
      <br />
      <Text size={200}>{words.needs(region.gatewayRegions.map(({ displayName }) => displayName).join(', '))}</Text>
    </>
  );
}
