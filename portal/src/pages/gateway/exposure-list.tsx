import { Button, Subtitle2, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { items } from '../../../../src/client/pages.js';
import { usePortal } from '../../app/use-portal.js';
import { AppLink } from '../../parts/app-link.js';
import { ClockTime } from '../../parts/clock-time.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import { PlainTable } from '../connections/plain-table.js';
import { FormDialog } from './form-dialog.js';
import { everythingOf, useGatewayRefresh } from './gateway-queries.js';

const { exposures } = texts.gateway.recovery;

/** Members in wrong hands, and the passwords that they could have opened, until each was changed at its source. */
export function ExposureList({ gatewayId }: { gatewayId: string }) {
  const { client } = usePortal();
  const refresh = useGatewayRefresh(gatewayId);
  const [closing, setClosing] = useState<{ id: string; name: string }>();
  const init = { params: { path: { gatewayId } } };
  const compromises = useQuery({
    queryKey: ['gateways', gatewayId, 'compromises'],
    queryFn: () => everythingOf(items(client, '/v1/gateways/{gatewayId}/compromises', init)),
  });
  const list = useQuery({
    queryKey: ['gateways', gatewayId, 'exposures'],
    queryFn: () => everythingOf(items(client, '/v1/gateways/{gatewayId}/exposures', init)),
  });
  const error = compromises.error ?? list.error;
  const close = async (connectionId: string) => {
    const params = { path: { gatewayId, connectionId } };
    await client.post('/v1/gateways/{gatewayId}/exposures/{connectionId}/closure', { params });
    await refresh();
  };
  return (
    <section>
      <Subtitle2 as="h2">{exposures.title}</Subtitle2>
      {error && (
        <FailurePanel error={error} onAgain={() => void Promise.all([compromises.refetch(), list.refetch()])} />
      )}
      {compromises.data?.length === 0 && <Text block>{exposures.none}</Text>}
      {compromises.data && compromises.data.length > 0 && (
        <PlainTable
          caption={exposures.compromises}
          columns={Object.values(exposures.compromiseColumns)}
          rows={compromises.data.map(({ memberId, memberName, at, pending, openExposures }) => ({
            key: memberId,
            cells: [
              <bdi key="name">{memberName}</bdi>,
              <ClockTime key="at" at={at} />,
              pending.length === 0 ? (
                <StatusLabel key="pending" tone="good" label={exposures.nothingPending} />
              ) : (
                <StatusLabel
                  key="pending"
                  tone="warning"
                  label={pending.map((one) => exposures.pending[one]).join(', ')}
                />
              ),
              openExposures.toLocaleString('en'),
            ],
          }))}
        />
      )}
      {list.data && list.data.length > 0 && (
        <PlainTable
          caption={exposures.lead}
          columns={Object.values(exposures.columns)}
          rows={list.data.map(({ connectionId, connectionName = connectionId, memberId, since, closedAt }) => ({
            key: `${connectionId} ${memberId}`,
            cells: [
              <AppLink key="name" to={`/connections/${connectionId}`}>
                {connectionName}
              </AppLink>,
              <ClockTime key="since" at={since} />,
              closedAt === undefined ? (
                <StatusLabel key="state" tone="bad" label={exposures.open} />
              ) : (
                <StatusLabel key="state" tone="good" label={exposures.closed} />
              ),
              closedAt === undefined ? (
                <Button
                  key="close"
                  size="small"
                  aria-label={exposures.closeOf(connectionName)}
                  onClick={() => setClosing({ id: connectionId, name: connectionName })}
                >
                  {exposures.close}
                </Button>
              ) : (
                <ClockTime key="close" at={closedAt} />
              ),
            ],
          }))}
        />
      )}
      {closing && (
        <FormDialog
          title={exposures.closeTitle(closing.name)}
          action={exposures.close}
          onSubmit={() => close(closing.id)}
          onClose={() => setClosing(undefined)}
        >
          <Text>{exposures.closeLead}</Text>
        </FormDialog>
      )}
    </section>
  );
}
