import { Spinner, Text } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { readConnectionUsage } from '../../api/connection-usage.js';
import { usePortal } from '../../app/use-portal.js';
import { ConfirmByName } from '../../parts/confirm-by-name.js';
import { texts } from '../../texts/texts.js';
import type { Connection } from './connection-draft.js';
import { UsageList } from './usage-list.js';

/** Uses shown in the question; the page has all of them. */
const MAX_SHOWN = 10;

/** Asks before a connection goes, and says first who will miss it. */
export function DeleteConnection({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { client } = usePortal();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id: connectionId, displayName } = connection;
  const usage = useQuery({
    queryKey: ['requests', 'usage', connectionId],
    queryFn: () => readConnectionUsage(client, connectionId),
  });
  const remove = async () => {
    await client.delete('/v1/connections/{connectionId}', { params: { path: { connectionId } } });
    await navigate({ to: '/connections' });
    queries.removeQueries({ queryKey: ['connections', connectionId] });
    await queries.invalidateQueries({ queryKey: ['connections'] });
  };
  return (
    <ConfirmByName
      title={texts.connection.deleteTitle}
      name={displayName}
      action={texts.connection.delete}
      onConfirm={remove}
      onClose={onClose}
    >
      <Text block>{texts.connection.deleteLead}</Text>
      {usage.isPending && <Spinner size="tiny" label={texts.connection.usageLoading} />}
      {usage.error && <Text block>{texts.connection.deleteUnknown}</Text>}
      {usage.data?.length === 0 && <Text block>{texts.connection.deleteUnused}</Text>}
      {usage.data && usage.data.length > 0 && (
        <>
          <Text block>{texts.connection.deleteUsed(usage.data.length)}</Text>
          <UsageList uses={usage.data.slice(0, MAX_SHOWN)} />
        </>
      )}
    </ConfirmByName>
  );
}
