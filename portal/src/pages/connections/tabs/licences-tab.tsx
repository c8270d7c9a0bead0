import { Spinner, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { usePortal } from '../../../app/use-portal.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { StatusLabel } from '../../../parts/status-label.js';
import { texts } from '../../../texts/texts.js';
import type { Connection } from '../connection-draft.js';
import { PlainTable } from '../plain-table.js';

/** Whether the people it is shared with are licensed for it. */
export function LicencesTab({ connection: { id: connectionId } }: { connection: Connection }) {
  const { client } = usePortal();
  const { data, error, refetch } = useQuery({
    queryKey: ['connections', connectionId, 'licences'],
    queryFn: () => client.get('/v1/connections/{connectionId}/licences', { params: { path: { connectionId } } }),
  });
  const { licences } = texts.connection;
  if (error && !data) return <FailurePanel error={error} onAgain={() => void refetch()} />;
  if (!data) return <Spinner label={texts.shell.loading} />;
  if (data.value.length === 0) return <Text>{licences.empty}</Text>;
  const rows = [...data.value].sort((one, other) => Number(one.isEligible) - Number(other.isEligible));
  return (
    <>
      <Text block>{licences.lead}</Text>
      <Text block>{licences.policy}</Text>
      <PlainTable
        caption={licences.refusedCount(data.refused)}
        columns={[licences.person, licences.verdict, licences.plan, licences.via]}
        rows={rows.map(({ user, isEligible, plan, via }) => ({
          key: user.id,
          cells: [
            `${user.displayName}${user.upn === undefined ? '' : ` (${user.upn})`}`,
            <StatusLabel
              key="verdict"
              tone={isEligible ? 'good' : 'bad'}
              label={isEligible ? licences.allowed : licences.refused}
            />,
            plan,
            via === 'direct' ? licences.direct : via,
          ],
        }))}
      />
      {data.isCut && <Text>{licences.cut}</Text>}
    </>
  );
}
