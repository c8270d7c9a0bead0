import { Spinner } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePortal } from '../../../app/use-portal.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { texts } from '../../../texts/texts.js';
import type { Connection } from '../connection-draft.js';
import { draftOf, methodOf } from '../connection-edit.js';
import { EditForm } from '../edit-form.js';
import { useConnectionChoices } from '../use-connection-choices.js';

/** Changing a connection. The form begins from what was stored when it was opened, and is not pulled along by others. */
export function SettingsTab({ connection }: { connection: Connection }) {
  const { client } = usePortal();
  const { gatewayId } = connection;
  const { types } = useConnectionChoices(gatewayId);
  const [round, setRound] = useState(0);
  const gateway = useQuery({
    queryKey: ['gateways', gatewayId],
    queryFn: () => client.get('/v1/gateways/{gatewayId}', { params: { path: { gatewayId } } }),
  });
  const failed = [types, gateway].find(({ error, data }) => error && data === undefined);
  if (failed) return <FailurePanel error={failed.error} onAgain={() => void failed.refetch()} />;
  if (!types.data || !gateway.data) return <Spinner label={texts.shell.loading} />;
  const type = types.data.find((one) => one.type === connection.connectionDetails.type);
  const method = methodOf(type, draftOf(connection));
  if (!type || !method) return null;
  return (
    <EditForm
      key={round}
      connection={connection}
      type={type}
      method={method}
      keyId={gateway.data.keyId}
      onStartOver={() => setRound(round + 1)}
    />
  );
}
