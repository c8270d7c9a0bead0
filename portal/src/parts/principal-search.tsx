import { Button, Field, Input, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { searchDirectory, type FoundPrincipal } from '../api/directory-search.js';
import { usePortal } from '../app/use-portal.js';
import { texts } from '../texts/texts.js';
import { FailurePanel } from './failure-panel.js';

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'end' },
  grow: { flexGrow: 1, flexBasis: '14rem', minWidth: 0 },
  found: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '16rem', overflowY: 'auto' },
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

export interface PrincipalSearchProps {
  readonly label: string;
  readonly action: string;
  readonly actionOf: (name: string) => string;
  readonly onChoose: (principal: FoundPrincipal) => void;
  /** Which kinds can be chosen. */
  readonly types?: readonly FoundPrincipal['type'][];
}

/** Finds somebody in the directory by name. Stands outside of forms: Enter searches. */
export function PrincipalSearch({ label, action, actionOf, onChoose, types }: PrincipalSearchProps) {
  const styles = useStyles();
  const { client } = usePortal();
  const [query, setQuery] = useState('');
  const find = useMutation({ mutationFn: () => searchDirectory(client, query.trim()) });
  const found = find.data?.filter(({ type }) => types?.includes(type) ?? true);
  const search = () => {
    if (query.trim() !== '') find.mutate();
  };
  return (
    <div>
      <div className={styles.line}>
        <Field label={label} className={styles.grow}>
          <Input
            value={query}
            dir="auto"
            autoComplete="off"
            placeholder={texts.principalSearch.search}
            onChange={(_event, { value }) => setQuery(value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              search();
            }}
          />
        </Field>
        <Button onClick={search} disabledFocusable={find.isPending}>
          {texts.principalSearch.find}
        </Button>
      </div>
      <span role="status">
        {find.isPending && <Spinner size="tiny" label={texts.principalSearch.finding} />}
        {found?.length === 0 && texts.principalSearch.nobody}
      </span>
      {found && found.length > 0 && (
        <ul className={styles.found}>
          {found.map((one) => (
            <li key={one.id} className={styles.item}>
              <span>
                <span className={styles.name}>{one.displayName}</span>{' '}
                <Text size={200}>{one.userPrincipalName ?? texts.principalSearch.types[one.type]}</Text>
              </span>
              <Button
                size="small"
                aria-label={actionOf(one.displayName)}
                onClick={() => {
                  onChoose(one);
                  find.reset();
                  setQuery('');
                }}
              >
                {action}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {find.error && <FailurePanel error={find.error} />}
    </div>
  );
}
