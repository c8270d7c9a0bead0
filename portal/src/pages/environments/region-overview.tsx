import { Button, Link, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { AppLink } from '../../parts/app-link.js';
import { EmptyState } from '../../parts/empty-state.js';
import { EventTable, type EventColumn } from '../../parts/event-table.js';
import { texts } from '../../texts/texts.js';
import type { RegionService } from './region-service.js';
import { ServedBy } from './served-by.js';

const { environments: words } = texts;
/** The outlines of the world weigh as much as the rest of the page. */
const WorldMap = lazy(async () => ({ default: (await import('./world-map.js')).WorldMap }));
const MAX_NAMES = 50;
const useStyles = makeStyles({
  hint: { display: 'block', color: tokens.colorNeutralForeground2 },
  chosen: {
    padding: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  top: { display: 'flex', alignItems: 'start', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  lists: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(14rem, 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  names: { margin: 0, paddingInlineStart: '1.2rem', maxHeight: '14rem', overflowY: 'auto' },
});

/** Regions on a map, and the same as a table. */
export function RegionOverview({ regions }: { regions: readonly RegionService[] }) {
  const styles = useStyles();
  const [{ region: key }, change] = useSearchTexts(['region']);
  const chosen = regions.find((region) => region.key === key);
  const choose = (wanted: string) => change({ region: wanted === key ? '' : wanted });
  if (regions.length === 0) return <EmptyState title={words.empty} lead={words.emptyLead} />;
  return (
    <>
      <Text className={styles.hint}>{words.mapHint}</Text>
      <Suspense fallback={<Spinner label={words.mapLoading} />}>
        <WorldMap regions={regions} chosen={key} onChoose={choose} />
      </Suspense>
      <div aria-live="polite">
        {chosen && (
          <section className={styles.chosen} aria-label={chosen.displayName}>
            <div className={styles.top}>
              <Subtitle2 as="h2">{chosen.displayName}</Subtitle2>
              <Button size="small" onClick={() => change({ region: '' })}>
                {words.closeRegion}
              </Button>
            </div>
            <p>
              <ServedBy region={chosen} />
            </p>
            <div className={styles.lists}>
              <NameList title={words.environmentCount(chosen.environments.length)} names={chosen.environments} />
              <NameList title={words.gatewayCount(chosen.gateways.length)} names={chosen.gateways} to="/gateways" />
            </div>
          </section>
        )}
      </div>
      <EventTable label={words.regionsTable} columns={columnsOf(choose)} rows={regions} keyOf={(one) => one.key} />
    </>
  );

  function NameList({ title, names, to }: { title: string; names: readonly Listed[]; to?: string }) {
    return (
      <div>
        <Text weight="semibold">{title}</Text>
        <ul className={styles.names}>
          {names.slice(0, MAX_NAMES).map(({ id, displayName }) => (
            <li key={id}>
              {to === undefined ? <bdi>{displayName}</bdi> : <AppLink to={`${to}/${id}`}>{displayName}</AppLink>}
            </li>
          ))}
          {names.length > MAX_NAMES && <li>{words.moreFaults(String(names.length - MAX_NAMES))}</li>}
        </ul>
      </div>
    );
  }
}

interface Listed {
  readonly id: string;
  readonly displayName: string;
}

function columnsOf(choose: (key: string) => void): readonly EventColumn<RegionService>[] {
  const { columns } = words;
  return [
    {
      title: columns.region,
      track: 'minmax(9rem, 1fr)',
      show: ({ key, displayName }) => (
        <Link as="button" aria-label={words.showRegion(displayName)} onClick={() => choose(key)}>
          {displayName}
        </Link>
      ),
    },
    {
      title: columns.environments,
      track: '8rem',
      show: ({ environments }) => environments.length.toLocaleString('en'),
    },
    { title: columns.gateways, track: '6rem', show: ({ gateways }) => gateways.length.toLocaleString('en') },
    { title: columns.state, track: 'minmax(12rem, 2fr)', show: (region) => <ServedBy region={region} /> },
  ];
}
