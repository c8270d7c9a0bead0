import { Button, Subtitle2, Text } from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import { items } from '../../../../src/client/pages.js';
import { usePortal } from '../../app/use-portal.js';
import { ClockTime } from '../../parts/clock-time.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import { PlainTable } from '../connections/plain-table.js';
import { everythingOf, useGatewayRefresh } from './gateway-queries.js';

const { locks } = texts.gateway.recovery;

/** Who gave wrong recovery keys out, and letting them try again. */
export function LockList({ gatewayId }: { gatewayId: string }) {
  const { client } = usePortal();
  const refresh = useGatewayRefresh(gatewayId);
  const { data, error, refetch } = useQuery({
    queryKey: ['gateways', gatewayId, 'locks'],
    queryFn: () =>
      everythingOf(items(client, '/v1/gateways/{gatewayId}/recoveryLocks', { params: { path: { gatewayId } } })),
  });
  const clear = useMutation({
    mutationFn: (callerId: string) =>
      client.delete('/v1/gateways/{gatewayId}/recoveryLocks/{callerId}', { params: { path: { gatewayId, callerId } } }),
    onSettled: refresh,
  });
  return (
    <section>
      <Subtitle2 as="h2">{locks.title}</Subtitle2>
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {data?.length === 0 && <Text block>{locks.none}</Text>}
      {data && data.length > 0 && (
        <PlainTable
          caption={locks.lead}
          columns={Object.values(locks.columns)}
          rows={data.map(({ callerId, failures, lockedUntil }) => ({
            key: callerId,
            cells: [
              callerId,
              failures.toLocaleString('en'),
              lockedUntil === undefined ? locks.notLocked : <ClockTime key="until" at={lockedUntil} />,
              <Button
                key="clear"
                size="small"
                aria-label={locks.clearOf(callerId)}
                disabledFocusable={clear.isPending}
                onClick={() => clear.mutate(callerId)}
              >
                {locks.clear}
              </Button>,
            ],
          }))}
        />
      )}
      {clear.error && <FailurePanel error={clear.error} />}
    </section>
  );
}
