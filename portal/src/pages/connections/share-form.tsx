import { Button, Field, Input, makeStyles, Select, Spinner, Text, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { searchDirectory, type FoundPrincipal } from '../../api/directory-search.js';
import { usePortal } from '../../app/use-portal.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import { CONNECTION_ROLES, type ConnectionRole } from './connection-roles.js';

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
  },
  name: { unicodeBidi: 'isolate', overflowWrap: 'anywhere' },
});

/** Finds somebody in the directory and gives them a role. */
export function ShareForm({ connectionId, onShared }: { connectionId: string; onShared: () => Promise<void> }) {
  const styles = useStyles();
  const { client } = usePortal();
  const [query, setQuery] = useState('');
  const [role, setRole] = useState<ConnectionRole>('User');
  const find = useMutation({ mutationFn: () => searchDirectory(client, query.trim()) });
  const share = useMutation({
    mutationFn: async ({ id, type }: FoundPrincipal) => {
      const params = { path: { connectionId } };
      const body = { principal: { id, type }, role };
      await client.post('/v1/connections/{connectionId}/roleAssignments', { params, body });
      await onShared();
    },
  });
  const { sharing } = texts.connection;
  return (
    <form
      className={styles.root}
      aria-label={sharing.add}
      onSubmit={(event) => {
        event.preventDefault();
        share.reset();
        if (query.trim() !== '') find.mutate();
      }}
    >
      <Text weight="semibold">{sharing.add}</Text>
      <div className={styles.line}>
        <Field label={sharing.search} className={styles.grow}>
          <Input value={query} onChange={(_event, { value }) => setQuery(value)} dir="auto" autoComplete="off" />
        </Field>
        <Field label={sharing.newRole}>
          <Select value={role} onChange={(_event, { value }) => setRole(value as ConnectionRole)}>
            {CONNECTION_ROLES.map((one) => (
              <option key={one} value={one}>
                {sharing.roles[one]}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" disabledFocusable={find.isPending}>
          {sharing.find}
        </Button>
      </div>
      <span role="status">
        {find.isPending && <Spinner size="tiny" label={sharing.finding} />}
        {find.data?.length === 0 && sharing.nobody}
        {share.isSuccess && sharing.shared(share.variables.displayName)}
      </span>
      {find.data && find.data.length > 0 && (
        <ul className={styles.found}>
          {find.data.map((one) => (
            <li key={one.id} className={styles.item}>
              <span>
                <span className={styles.name}>{one.displayName}</span>{' '}
                <Text size={200}>{one.userPrincipalName ?? sharing.types[one.type]}</Text>
              </span>
              <Button
                size="small"
                aria-label={sharing.shareWith(one.displayName)}
                disabledFocusable={share.isPending}
                onClick={() => share.mutate(one)}
              >
                {sharing.share}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {find.error && <FailurePanel error={find.error} />}
      {share.error && <FailurePanel error={share.error} />}
    </form>
  );
}
