import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { items } from '../../../../../src/client/pages.js';
import { usePortal } from '../../../app/use-portal.js';
import { AppLink } from '../../../parts/app-link.js';
import { ClockTime } from '../../../parts/clock-time.js';
import { CopyText } from '../../../parts/copy-text.js';
import { texts } from '../../../texts/texts.js';
import type { Connection } from '../connection-draft.js';
import { FactList } from '../fact-list.js';
import { TestNow } from '../test-now.js';
import { firstOf } from '../use-connection-choices.js';

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL, maxWidth: '60rem' },
});

/** What a connection is, and whether it works. */
export function OverviewTab({ connection }: { connection: Connection }) {
  const styles = useStyles();
  const { client } = usePortal();
  const { gatewayId, credentialDetails, connectionDetails } = connection;
  const gateway = useQuery({
    queryKey: ['gateways', gatewayId],
    queryFn: () => client.get('/v1/gateways/{gatewayId}', { params: { path: { gatewayId } } }),
  });
  const environments = useQuery({
    queryKey: ['environments', 'choices'],
    queryFn: () => firstOf(items(client, '/v1/environments')),
  });
  const bound = connection.environmentIds.map(
    (id) => environments.data?.find((environment) => environment.id === id)?.displayName ?? id,
  );
  const { connection: words, newConnection } = texts;
  return (
    <div className={styles.root}>
      <TestNow connectionId={connection.id} />
      <FactList
        facts={[
          {
            term: words.gateway,
            // Who only uses the connection may not see the gateway behind it.
            value: gateway.data ? (
              <AppLink to={`/gateways/${gatewayId}`}>{gateway.data.displayName}</AppLink>
            ) : (
              gatewayId
            ),
          },
          { term: words.source, value: `${connectionDetails.type}: ${connectionDetails.path}` },
          { term: words.credential, value: newConnection.credentialTypes[credentialDetails.credentialType] },
          { term: words.encryption, value: newConnection.encryptions[credentialDetails.connectionEncryption] },
          { term: words.privacy, value: newConnection.privacyLevels[connection.privacyLevel] },
          { term: words.environments, value: bound.join(', ') || words.none },
          {
            term: words.created,
            value: <ClockTime at={connection.connectionRecency.createdDateTime} />,
          },
          { term: words.id, value: <CopyText text={connection.id} /> },
        ]}
      />
    </div>
  );
}
