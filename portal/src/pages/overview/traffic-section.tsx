import { makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { readRequestStatistics } from '../../api/request-statistics.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { usePortal } from '../../app/use-portal.js';
import { AppLink } from '../../parts/app-link.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import { TrafficTable } from './traffic-table.js';

// The chart library is larger than the rest of the page.
const TrafficCharts = lazy(() => import('./traffic-charts.js').then((file) => ({ default: file.TrafficCharts })));

const DAY_HOURS = '24';
const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'end',
    gap: tokens.spacingHorizontalM,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase500 },
  details: { marginTop: tokens.spacingVerticalM },
  codes: { display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: tokens.spacingHorizontalL, maxWidth: '30rem' },
  number: { margin: 0, fontVariantNumeric: 'tabular-nums' },
});

/** Requests, failures and durations over time. */
export function TrafficSection() {
  const styles = useStyles();
  const { client } = usePortal();
  const [{ hours }, change] = useSearchTexts(['hours']);
  const { overview: words } = texts;
  const chosen = Object.hasOwn(words.periods, hours) ? hours : DAY_HOURS;
  const statistics = useQuery({
    queryKey: ['requests', 'statistics', chosen],
    queryFn: ({ signal }) => readRequestStatistics(client, Number(chosen), signal),
    placeholderData: keepPreviousData,
  });
  const { data } = statistics;
  const isQuiet = data?.value.every(({ requests }) => requests === 0);
  return (
    <section aria-label={words.traffic}>
      <div className={styles.head}>
        <h2 className={styles.title}>{words.traffic}</h2>
        <ChoiceField
          label={words.period}
          value={chosen}
          options={Object.entries(words.periods)}
          onChoose={(next) => change({ hours: next === DAY_HOURS ? '' : next })}
        />
      </div>
      {statistics.error && <FailurePanel error={statistics.error} onAgain={() => void statistics.refetch()} />}
      {statistics.isPending && <Spinner label={words.chartLoading} />}
      {isQuiet && <Text>{words.noRequests}</Text>}
      {data && !isQuiet && (
        <>
          {data.value.some(({ isEstimated }) => isEstimated) && <Text>{words.estimated}</Text>}
          <Suspense fallback={<Spinner label={words.chartLoading} />}>
            <TrafficCharts buckets={data.value} />
          </Suspense>
          <details className={styles.details}>
            <summary>{words.asTable}</summary>
            <TrafficTable buckets={data.value} />
          </details>
          {data.codes.length > 0 && (
            <>
              <h3>{words.codes}</h3>
              <dl className={styles.codes}>
                {data.codes.map(({ code, count }) => [
                  <dt key={`${code}-name`}>
                    <AppLink to="/requests" search={{ code }}>
                      {code}
                    </AppLink>
                  </dt>,
                  <dd key={code} className={styles.number}>
                    {count.toLocaleString('en')}
                  </dd>,
                ])}
              </dl>
            </>
          )}
        </>
      )}
    </section>
  );
}
