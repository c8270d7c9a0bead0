import { Button, makeStyles, Select, Spinner, Text, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AnswerOf } from '../../../../../src/client/tidegate-client.js';
import { items } from '../../../../../src/client/pages.js';
import { usePortal } from '../../../app/use-portal.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { texts } from '../../../texts/texts.js';
import type { Connection } from '../connection-draft.js';
import { CONNECTION_ROLES, type ConnectionRole } from '../connection-roles.js';
import { PlainTable } from '../plain-table.js';
import { ShareForm } from '../share-form.js';
import { firstOf } from '../use-connection-choices.js';

type Assignment = AnswerOf<'get', '/v1/connections/{connectionId}/roleAssignments'>['value'][number];

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL, maxWidth: '60rem' },
});

/** Who may use a connection, and giving and taking that. */
export function SharingTab({ connection: { id: connectionId } }: { connection: Connection }) {
  const styles = useStyles();
  const { client } = usePortal();
  const queries = useQueryClient();
  const queryKey = ['connections', connectionId, 'roles'];
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () =>
      firstOf(items(client, '/v1/connections/{connectionId}/roleAssignments', { params: { path: { connectionId } } })),
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ['connections', connectionId] });
  const path = (principalId: string) => ({ params: { path: { connectionId, principalId } } });
  const change = useMutation({
    mutationFn: async ({ id, role }: { id: string; role: ConnectionRole | undefined }) => {
      const address = '/v1/connections/{connectionId}/roleAssignments/{principalId}';
      if (role === undefined) await client.delete(address, path(id));
      else await client.patch(address, { ...path(id), body: { role } });
    },
    onSettled: refresh,
  });
  const { sharing } = texts.connection;
  return (
    <div className={styles.root}>
      <Text>{sharing.lead}</Text>
      <ShareForm connectionId={connectionId} onShared={refresh} />
      {change.error && <FailurePanel error={change.error} />}
      {error && !data && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {!data && !error && <Spinner label={texts.shell.loading} />}
      {data?.length === 0 && <Text>{sharing.empty}</Text>}
      {data && data.length > 0 && (
        <PlainTable
          caption={texts.connection.tabs.sharing}
          columns={[sharing.person, sharing.role, sharing.remove]}
          rows={data.map((assignment) => ({
            key: assignment.id,
            cells: [
              describe(assignment),
              <Select
                key="role"
                aria-label={sharing.roleFor(nameOf(assignment))}
                value={assignment.role}
                disabled={change.isPending}
                onChange={(_event, { value }) => change.mutate({ id: assignment.id, role: value as ConnectionRole })}
              >
                {CONNECTION_ROLES.map((role) => (
                  <option key={role} value={role}>
                    {sharing.roles[role]}
                  </option>
                ))}
              </Select>,
              <Button
                key="remove"
                size="small"
                aria-label={sharing.removeOf(nameOf(assignment))}
                disabledFocusable={change.isPending}
                onClick={() => change.mutate({ id: assignment.id, role: undefined })}
              >
                {sharing.remove}
              </Button>,
            ],
          }))}
        />
      )}
      <span role="status">{change.isPending && <Spinner size="tiny" label={texts.parts.saving} />}</span>
    </div>
  );
}

function nameOf({ principal }: Assignment): string {
  return principal.displayName ?? principal.id;
}

function describe({ principal }: Assignment): string {
  const more = principal.userDetails?.userPrincipalName ?? texts.connection.sharing.types[principal.type];
  return `${principal.displayName ?? principal.id} (${more})`;
}
