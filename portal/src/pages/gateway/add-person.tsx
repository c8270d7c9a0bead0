import { Button, Field, Input, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { searchDirectory } from '../../api/directory-search.js';
import { usePortal } from '../../app/use-portal.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import type { GatewayRoles, Grant } from './gateway-roles.js';
import { GrantFields } from './grant-fields.js';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  line: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'end' },
  grow: { flexGrow: 1, flexBasis: '16rem' },
  found: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '20rem', overflowY: 'auto' },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: `${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
});

/** Finds somebody in the directory by name and gives them a role at the gateway. */
export function AddPerson({ assign }: Pick<GatewayRoles, 'assign'>) {
  const styles = useStyles();
  const { client } = usePortal();
  const [query, setQuery] = useState('');
  const [grant, setGrant] = useState<Grant>({ role: 'ConnectionCreator', allowedKinds: [] });
  const find = useMutation({ mutationFn: () => searchDirectory(client, query.trim()) });
  const { people } = texts.gateway;
  return (
    <form
      className={styles.root}
      aria-label={people.add}
      onSubmit={(event) => {
        event.preventDefault();
        assign.reset();
        if (query.trim() !== '') find.mutate();
      }}
    >
      <Text weight="semibold">{people.add}</Text>
      <GrantFields grant={grant} onChange={setGrant} />
      <div className={styles.line}>
        <Field label={people.search} className={styles.grow}>
          <Input value={query} dir="auto" autoComplete="off" onChange={(_event, { value }) => setQuery(value)} />
        </Field>
        <Button type="submit" disabledFocusable={find.isPending}>
          {people.find}
        </Button>
      </div>
      <span role="status">
        {find.isPending && <Spinner size="tiny" label={people.finding} />}
        {find.data?.length === 0 && people.nobody}
        {assign.isSuccess && people.added(assign.variables.principal.displayName)}
      </span>
      {find.data && find.data.length > 0 && (
        <ul className={styles.found}>
          {find.data.map((one) => (
            <li key={one.id} className={styles.item}>
              <span>
                <bdi>{one.displayName}</bdi> <Text size={200}>{one.userPrincipalName ?? people.types[one.type]}</Text>
              </span>
              <Button
                size="small"
                aria-label={people.addOf(one.displayName)}
                disabledFocusable={assign.isPending}
                onClick={() => assign.mutate({ principal: one, grant })}
              >
                {people.addNow}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {find.error && <FailurePanel error={find.error} />}
      {assign.error && <FailurePanel error={assign.error} />}
    </form>
  );
}
