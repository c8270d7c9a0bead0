import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { readOverview, type Overview } from '../../api/overview.js';
import { usePortal } from '../../app/use-portal.js';
import { AppLink } from '../../parts/app-link.js';
import { EmptyState } from '../../parts/empty-state.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import { AttentionList } from './attention-list.js';
import { HealthCards } from './health-cards.js';
import { TrafficSection } from './traffic-section.js';

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalXXL },
});

export function Page(): React.ReactNode {
  const styles = useStyles();
  const { client } = usePortal();
  const overview = useQuery({
    queryKey: ['alerts', 'overview'],
    queryFn: ({ signal }) => readOverview(client, signal),
    meta: { topics: ['gateways', 'connections'] },
  });
  const { overview: words } = texts;
  const { data } = overview;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      {overview.error && <FailurePanel error={overview.error} onAgain={() => void overview.refetch()} />}
      {overview.isPending && <Spinner label={words.loading} />}
      {data && isEmpty(data) && (
        <EmptyState title={words.empty} lead={words.emptyLead}>
          <AppLink to="/install" look="button">
            {words.install}
          </AppLink>
        </EmptyState>
      )}
      {data && !isEmpty(data) && (
        <div className={styles.root}>
          <HealthCards overview={data} />
          <AttentionList attention={data.attention} />
          <TrafficSection />
        </div>
      )}
    </>
  );
}

function isEmpty({ gateways: { online, degraded, offline }, connections, attention }: Overview): boolean {
  return online + degraded + offline + connections.total + attention.length === 0;
}
