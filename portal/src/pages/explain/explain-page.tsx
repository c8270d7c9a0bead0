import { Button, Spinner } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { usePortal } from '../../app/use-portal.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { EmptyState } from '../../parts/empty-state.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import { Answer } from './answer.js';
import { QUESTION_NAMES, questionOf } from './question.js';
import { QuestionForm } from './question-form.js';

const { explain: words } = texts;

export function Page(): React.ReactNode {
  const { client } = usePortal();
  const [asked, change] = useSearchTexts(QUESTION_NAMES);
  const question = questionOf(asked);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['explain', question],
    queryFn: () => {
      if (!question) throw new Error('asked without a question');
      return client.post('/v1/explain', { body: question });
    },
    enabled: question !== undefined,
    // Roles, licences and gateways change; what was true a moment ago explains nothing.
    staleTime: 0,
  });
  return (
    <>
      <PageHeader title={words.title} lead={words.lead}>
        {question && (
          <Button disabledFocusable={isFetching} onClick={() => void refetch()}>
            {words.askAgain}
          </Button>
        )}
      </PageHeader>
      <QuestionForm key={JSON.stringify(asked)} asked={asked} isBusy={isFetching} onAsk={change} />
      <div aria-live="polite">{isFetching && <Spinner size="small" label={words.asking} />}</div>
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {!question && <EmptyState title={words.emptyTitle} lead={words.emptyLead} />}
      {data && !error && <Answer explanation={data} />}
    </>
  );
}
