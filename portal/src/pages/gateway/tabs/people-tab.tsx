import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { ConfirmByName } from '../../../parts/confirm-by-name.js';
import { FailurePanel } from '../../../parts/failure-panel.js';
import { texts } from '../../../texts/texts.js';
import { PlainTable } from '../../connections/plain-table.js';
import { AddPerson } from '../add-person.js';
import { FormDialog } from '../form-dialog.js';
import type { Gateway } from '../gateway-queries.js';
import { useGatewayRoles, type Assignment, type Grant } from '../gateway-roles.js';
import { GrantFields } from '../grant-fields.js';

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL, maxWidth: '64rem' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});
const { people } = texts.gateway;

/** Who may administer the gateway or make connections with it. */
export function PeopleTab({ gateway }: { gateway: Gateway }) {
  const styles = useStyles();
  const { list, assign, change, revoke } = useGatewayRoles(gateway.id);
  const [changing, setChanging] = useState<{ assignment: Assignment; grant: Grant }>();
  const [removing, setRemoving] = useState<Assignment>();
  const { data, error } = list;
  const admins = data?.filter(({ role }) => role === 'Admin') ?? [];
  return (
    <div className={styles.root}>
      <Text>{people.lead}</Text>
      <AddPerson assign={assign} />
      {error && <FailurePanel error={error} onAgain={() => void list.refetch()} />}
      {!data && !error && <Spinner label={texts.shell.loading} />}
      {admins.length === 1 && <Text>{people.single}</Text>}
      {data && (
        <PlainTable
          caption={texts.gateway.tabs.people}
          columns={Object.values(people.columns)}
          rows={data.map((assignment) => ({ key: assignment.id, cells: cellsOf(assignment) }))}
        />
      )}
      {changing && (
        <FormDialog
          title={people.changeTitle(nameOf(changing.assignment))}
          action={texts.parts.save}
          onSubmit={() => change.mutateAsync({ principalId: changing.assignment.id, grant: changing.grant })}
          onClose={() => setChanging(undefined)}
        >
          <GrantFields grant={changing.grant} onChange={(grant) => setChanging({ ...changing, grant })} />
        </FormDialog>
      )}
      {removing && (
        <ConfirmByName
          title={people.removeTitle}
          name={nameOf(removing)}
          action={people.remove}
          onConfirm={async () => {
            await revoke.mutateAsync(removing.id);
          }}
          onClose={() => setRemoving(undefined)}
        >
          <Text>{people.removeLead}</Text>
        </ConfirmByName>
      )}
    </div>
  );

  function cellsOf(assignment: Assignment): React.ReactNode[] {
    const { principal, role, allowedKinds = [] } = assignment;
    const name = nameOf(assignment);
    return [
      <span key="who">
        <bdi>{name}</bdi>{' '}
        <Text size={200}>{principal.userDetails?.userPrincipalName ?? people.types[principal.type]}</Text>
      </span>,
      people.roles[role],
      role === 'Admin' || allowedKinds.length === 0
        ? people.allKinds
        : allowedKinds.map((kind) => texts.sourceKinds[kind]).join(', '),
      <span key="buttons" className={styles.buttons}>
        <Button
          size="small"
          aria-label={people.changeOf(name)}
          onClick={() => setChanging({ assignment, grant: { role, allowedKinds } })}
        >
          {people.change}
        </Button>
        <Button size="small" aria-label={people.removeOf(name)} onClick={() => setRemoving(assignment)}>
          {people.remove}
        </Button>
      </span>,
    ];
  }
}

function nameOf({ principal }: Assignment): string {
  return principal.displayName ?? principal.id;
}
