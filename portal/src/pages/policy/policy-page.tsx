import { MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components';
import { FailurePanel } from '../../parts/failure-panel.js';
import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';
import { PolicyForm } from './policy-form.js';
import { usePolicy } from './use-policy.js';

const { policy: words } = texts;

export function Page(): React.ReactNode {
  const { data, error, refetch, isPending } = usePolicy();
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {isPending && !error && <Spinner label={words.loading} />}
      {data && data.listedInstallers === undefined && (
        <MessageBar>
          <MessageBarBody>{words.readOnly}</MessageBarBody>
        </MessageBar>
      )}
      {data && <PolicyForm policy={data} />}
    </>
  );
}
