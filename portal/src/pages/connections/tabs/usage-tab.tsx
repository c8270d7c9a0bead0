import { Spinner, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { readConnectionUsage } from '../../../api/connection-usage.js';
import { usePortal } from '../../../app/use-portal.js';
import { EmptyState } from '../../../parts/empty-state.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { texts } from '../../../texts/texts.js';
import type { Connection } from '../connection-draft.js';
import { UsageList } from '../usage-list.js';

/** Who will notice when this connection changes. */
export function UsageTab({ connection: { id } }: { connection: Connection }) {
  const { client } = usePortal();
  const { data, error, refetch } = useQuery({
    queryKey: ['requests', 'usage', id],
    queryFn: () => readConnectionUsage(client, id),
  });
  const { usage } = texts.connection;
  if (error && !data) return <FailurePanel error={error} onAgain={() => void refetch()} />;
  if (!data) return <Spinner label={texts.connection.usageLoading} />;
  if (data.length === 0) return <EmptyState title={usage.empty} lead={usage.emptyLead} />;
  return (
    <>
      <Text>{usage.lead}</Text>
      <UsageList uses={data} />
    </>
  );
}
