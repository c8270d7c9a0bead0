import { Button, Field, ProgressBar, Spinner, Subtitle2, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePortal } from '../../app/use-portal.js';
import { ClockTime } from '../../parts/clock-time.js';
import { ConfirmByName } from '../../parts/confirm-by-name.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { StatusLabel, type StatusTone } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import { PlainTable } from '../connections/plain-table.js';
import { useGatewayRefresh } from './gateway-queries.js';

const { rotation } = texts.gateway.recovery;
/** Each credential that was sealed anew counts, and nobody announces it. */
const UNDER_WAY_MS = 2_000;
const TONES: Readonly<Record<keyof typeof rotation.states, StatusTone>> = {
  distributing: 'unknown',
  resealing: 'unknown',
  grace: 'paused',
  done: 'good',
  superseded: 'paused',
};

/** Gives the gateway a new sealing key, and shows how far that is. */
export function RotationPanel({ gatewayId, gatewayName }: { gatewayId: string; gatewayName: string }) {
  const { client } = usePortal();
  const refresh = useGatewayRefresh(gatewayId);
  const [isAsking, setAsking] = useState(false);
  const init = { params: { path: { gatewayId } } };
  const queryKey = ['rotations', gatewayId];
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: async () => (await client.get('/v1/gateways/{gatewayId}/rotations', init)).value,
    refetchInterval: ({ state }) =>
      state.data?.some((one) => one.state === 'distributing' || one.state === 'resealing') ? UNDER_WAY_MS : false,
  });
  const current = data?.find(({ state }) => state === 'distributing' || state === 'resealing');
  const start = async () => {
    await client.post('/v1/gateways/{gatewayId}/rotations', { ...init, body: {} });
    await Promise.all([refetch(), refresh()]);
  };
  const done = current ? current.total - current.remaining : 0;
  return (
    <section>
      <Subtitle2 as="h2">{rotation.title}</Subtitle2>
      <Text block style={{ marginBottom: '0.75rem' }}>
        {rotation.lead}
      </Text>
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {!data && !error && <Spinner label={texts.shell.loading} />}
      {current && (
        <Field
          label={rotation.states[current.state]}
          validationMessage={
            current.total === 0 ? rotation.receipts(current.receipts.length) : rotation.progress(done, current.total)
          }
          validationState="none"
        >
          {current.state === 'distributing' ? (
            <ProgressBar aria-label={rotation.title} />
          ) : (
            <ProgressBar aria-label={rotation.title} value={done} max={Math.max(1, current.total)} />
          )}
        </Field>
      )}
      <Button disabledFocusable={!data || current !== undefined} onClick={() => setAsking(true)}>
        {rotation.start}
      </Button>
      {data && data.length > 0 && (
        <PlainTable
          caption={rotation.past}
          columns={Object.values(rotation.columns)}
          rows={data.map((one) => ({
            key: one.id,
            cells: [
              <ClockTime key="at" at={one.startedAt} />,
              <StatusLabel key="state" tone={TONES[one.state]} label={rotation.states[one.state]} />,
              rotation.progress(one.total - one.remaining, one.total),
              one.setAside === 0 ? rotation.noneAside : rotation.aside(one.setAside),
              one.finishedAt === undefined ? '' : <ClockTime key="end" at={one.finishedAt} />,
            ],
          }))}
        />
      )}
      {isAsking && (
        <ConfirmByName
          title={rotation.confirm}
          name={gatewayName}
          action={rotation.start}
          onConfirm={start}
          onClose={() => setAsking(false)}
        >
          <Text>{rotation.confirmLead}</Text>
        </ConfirmByName>
      )}
    </section>
  );
}
