import { Button, Field, makeStyles, Radio, RadioGroup, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { ChoiceField } from '../../parts/choice-field.js';
import { PrincipalSearch } from '../../parts/principal-search.js';
import { texts } from '../../texts/texts.js';
import type { PolicyDraft, TenantPolicy } from './policy-change.js';

const { policy: words } = texts;
const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalM, alignContent: 'start', minWidth: 0 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
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

export interface PolicyFieldsProps {
  readonly policy: TenantPolicy;
  readonly draft: PolicyDraft;
  readonly onChange: (part: PolicyDraft) => void;
}

/** Who may bring gateways into the tenant. */
export function InstallFields({ policy, draft, onChange }: PolicyFieldsProps) {
  const styles = useStyles();
  // The policy knows ids only; names are known of those who were found here.
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const installers = draft.installers ?? policy.installers;
  const listed = draft.listedInstallers ?? policy.listedInstallers;
  return (
    <section className={styles.root} aria-label={words.install}>
      <Subtitle2 as="h2">{words.install}</Subtitle2>
      <Field label={words.installers}>
        <RadioGroup
          value={installers}
          onChange={(_event, { value }) => onChange({ installers: value === 'Open' ? 'Open' : 'Restricted' })}
        >
          {(['Open', 'Restricted'] as const).map((one) => (
            <Radio key={one} value={one} label={words.installerChoices[one]} />
          ))}
        </RadioGroup>
      </Field>
      {listed && installers === 'Restricted' && (
        <div>
          <Text weight="semibold">{words.listed}</Text>
          {listed.length === 0 && <p>{words.nobodyListed}</p>}
          <ul className={styles.list}>
            {listed.map(({ id, type }) => (
              <li key={id} className={styles.item}>
                <span>
                  <bdi>{names.get(id) ?? id}</bdi> <Text size={200}>{texts.principalSearch.types[type]}</Text>
                </span>
                <Button
                  size="small"
                  aria-label={words.removeInstaller(names.get(id) ?? id)}
                  onClick={() => onChange({ listedInstallers: listed.filter((one) => one.id !== id) })}
                >
                  {words.remove}
                </Button>
              </li>
            ))}
          </ul>
          <PrincipalSearch
            label={words.addInstaller}
            action={words.addInstaller}
            actionOf={words.addInstallerOf}
            onChoose={({ id, type, displayName }) => {
              setNames((before) => new Map(before).set(id, displayName));
              if (!listed.some((one) => one.id === id)) onChange({ listedInstallers: [...listed, { id, type }] });
            }}
          />
        </div>
      )}
      <ChoiceField
        label={words.joinTokens}
        value={draft.joinTokenCreators ?? policy.joinTokenCreators}
        options={[
          ['Installers', words.joinTokenChoices.Installers],
          ['TenantAdministrators', words.joinTokenChoices.TenantAdministrators],
        ]}
        onChoose={(value) =>
          onChange({ joinTokenCreators: value === 'Installers' ? 'Installers' : 'TenantAdministrators' })
        }
      />
    </section>
  );
}
