import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { reachOf } from '../../../api/region-reach.js';
import { usePortal } from '../../../app/use-portal.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { texts } from '../../../texts/texts.js';
import type { Connection } from '../connection-draft.js';
import { EnvironmentChoice } from '../environment-choice.js';
import { useConnectionChoices } from '../use-connection-choices.js';

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalM, maxWidth: '44rem', justifyItems: 'start' },
  wide: { width: '100%' },
});

/** In which environments a connection can be used. */
export function EnvironmentsTab({ connection }: { connection: Connection }) {
  const styles = useStyles();
  const { client } = usePortal();
  const queries = useQueryClient();
  const { gatewayId, id: connectionId, environmentIds } = connection;
  const { environments, regions } = useConnectionChoices(gatewayId);
  const gateway = useQuery({
    queryKey: ['gateways', gatewayId],
    queryFn: () => client.get('/v1/gateways/{gatewayId}', { params: { path: { gatewayId } } }),
  });
  const [chosen, setChosen] = useState<readonly string[]>(environmentIds);
  const removed = environmentIds.filter((id) => !chosen.includes(id));
  const added = chosen.filter((id) => !environmentIds.includes(id));
  // One by one: what somebody else bound meanwhile stays.
  const save = useMutation({
    mutationFn: async () => {
      const path = (environmentId: string) => ({ params: { path: { connectionId, environmentId } } });
      for (const id of added) await client.put('/v1/connections/{connectionId}/environments/{environmentId}', path(id));
      for (const id of removed) {
        await client.delete('/v1/connections/{connectionId}/environments/{environmentId}', path(id));
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['connections', connectionId] }),
  });
  const failed = [environments, regions, gateway].find(({ error, data }) => error && data === undefined);
  if (failed) return <FailurePanel error={failed.error} onAgain={() => void failed.refetch()} />;
  if (!environments.data || !regions.data || !gateway.data) return <Spinner label={texts.shell.loading} />;
  const nameOf = (id: string) => environments.data.find((one) => one.id === id)?.displayName ?? id;
  const { bound } = texts.connection;
  return (
    <form
      className={styles.root}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Text>{bound.lead}</Text>
      <div className={styles.wide}>
        <EnvironmentChoice
          reach={reachOf(regions.data, gateway.data.region, environments.data)}
          chosen={chosen}
          onChange={setChosen}
          isDisabled={save.isPending}
        />
      </div>
      {removed.length > 0 && <Text role="status">{bound.losing(removed.map(nameOf).join(', '))}</Text>}
      <Button
        type="submit"
        appearance="primary"
        disabledFocusable={save.isPending || (added.length === 0 && removed.length === 0)}
      >
        {bound.save}
      </Button>
      <span role="status">
        {save.isPending && <Spinner size="tiny" label={bound.saving} />}
        {save.isSuccess && added.length + removed.length === 0 && bound.saved}
      </span>
      {save.error && <FailurePanel error={save.error} />}
    </form>
  );
}
