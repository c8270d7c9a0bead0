import type { ConnectionSummary } from '../../api/connection-summaries.js';
import { AppLink } from '../../parts/app-link.js';
import { ClockTime, clockTime } from '../../parts/clock-time.js';
import type { EventColumn } from '../../parts/event-table.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import type { TestOutcome } from './use-bulk-test.js';

/** Columns of the list. @param outcomes of tests that were started here, which are newer than what the list says */
export function connectionColumns(
  outcomes: ReadonlyMap<string, TestOutcome>,
): readonly EventColumn<ConnectionSummary>[] {
  const { columns, never } = texts.connections;
  const kinds: Readonly<Record<string, string>> = texts.sourceKinds;
  return [
    {
      title: columns.name,
      track: 'minmax(0, 2fr)',
      show: ({ id, displayName }) => <AppLink to={`/connections/${id}`}>{displayName}</AppLink>,
    },
    { title: columns.kind, track: 'minmax(0, 1fr)', show: ({ kind }) => kinds[kind] ?? kind },
    { title: columns.path, track: 'minmax(0, 2fr)', show: ({ path }) => path },
    {
      title: columns.gateway,
      track: 'minmax(0, 1.2fr)',
      show: ({ gatewayId, gatewayName }) => <AppLink to={`/gateways/${gatewayId}`}>{gatewayName}</AppLink>,
    },
    {
      title: columns.state,
      track: 'minmax(0, 1.3fr)',
      show: (connection) => <TestState connection={connection} outcome={outcomes.get(connection.id)} />,
    },
    {
      title: columns.used,
      track: '11rem',
      show: ({ lastUsedAt }) => (lastUsedAt === null ? never : <ClockTime at={lastUsedAt} />),
    },
  ];
}

function TestState({ connection, outcome }: { connection: ConnectionSummary; outcome: TestOutcome | undefined }) {
  const { connections } = texts;
  const { lastTest, status } = connection;
  if (outcome) {
    return (
      <StatusLabel
        tone={outcome.ok ? 'good' : 'bad'}
        label={outcome.ok ? connections.works : connections.statuses.failing}
      />
    );
  }
  const time = lastTest === null ? undefined : clockTime(lastTest.at);
  return (
    <span title={time}>
      {status === 'working' && <StatusLabel tone="good" label={connections.works} />}
      {status === 'failing' && (
        <>
          <StatusLabel tone="bad" label={connections.statuses.failing} /> {lastTest?.code}
        </>
      )}
      {status !== 'working' && status !== 'failing' && <StatusLabel tone="unknown" label={connections.untested} />}
    </span>
  );
}
