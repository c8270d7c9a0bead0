import {
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  Subtitle2,
  tokens,
} from '@fluentui/react-components';
import { useParams } from '@tanstack/react-router';
import { AppLink } from '../../parts/app-link.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import { HopWaterfall } from './hop-waterfall.js';
import { RequestFacts } from './request-facts.js';
import { TONES, type RequestRecord } from './request-record.js';
import { useRequest } from './use-requests.js';

const { requests } = texts;
const useStyles = makeStyles({
  stack: { display: 'grid', gap: tokens.spacingVerticalL, minWidth: 0 },
});

export function Page(): React.ReactNode {
  const styles = useStyles();
  const { traceId } = useParams({ from: '/shell/requests/$traceId' });
  const { data, error, refetch, isPending } = useRequest(traceId);
  return (
    <>
      <PageHeader title={requests.page.title}>
        <AppLink to="/requests">{requests.page.back}</AppLink>
      </PageHeader>
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {isPending && !error && <Spinner label={requests.page.loading} />}
      {data && (
        <div className={styles.stack}>
          <span role="status">
            <StatusLabel tone={TONES[data.status]} label={requests.statuses[data.status]} />
          </span>
          <Failure request={data} />
          <Subtitle2 as="h2">{requests.page.waterfall}</Subtitle2>
          <HopWaterfall hops={data.hops} />
          <Subtitle2 as="h2">{requests.page.facts}</Subtitle2>
          <RequestFacts request={data} />
        </div>
      )}
    </>
  );
}

/** What went wrong, what is known of the effect, and what to do. */
function Failure({ request: { code, hop, outcome, failure } }: { request: RequestRecord }) {
  if (code === null) return null;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{failure?.message ?? code}</MessageBarTitle>
        {failure?.remedy}
        <div>
          {requests.page.code}: {code}
        </div>
        {hop !== null && (
          <div>
            {requests.page.failedAt}: {requests.hops[hop] ?? hop}
          </div>
        )}
        {outcome !== null && (
          <div>
            {requests.page.outcome}: {requests.outcomes[outcome] ?? outcome}
          </div>
        )}
        <AppLink to="/requests" search={{ code }}>
          {requests.page.similar}
        </AppLink>
      </MessageBarBody>
    </MessageBar>
  );
}
