import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { SOURCE_KINDS } from '../../../../src/contract/targets.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { texts } from '../../texts/texts.js';
import { GATEWAY_ROLES, type GatewayRole, type Grant } from './gateway-roles.js';

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalS },
  kinds: { border: 'none', margin: 0, padding: 0, display: 'flex', flexWrap: 'wrap' },
});

export interface GrantFieldsProps {
  readonly grant: Grant;
  readonly onChange: (grant: Grant) => void;
}

/** A role, and the kinds of sources that it is for. */
export function GrantFields({ grant, onChange }: GrantFieldsProps) {
  const styles = useStyles();
  const { people } = texts.gateway;
  const { role, allowedKinds } = grant;
  return (
    <div className={styles.root}>
      <ChoiceField
        label={people.role}
        value={role}
        options={GATEWAY_ROLES.map((one) => [one, people.roles[one]] as const)}
        onChoose={(value) => onChange({ ...grant, role: value as GatewayRole })}
      />
      {role !== 'Admin' && (
        <fieldset className={styles.kinds}>
          <legend>{people.kinds}</legend>
          <Checkbox
            label={people.allKinds}
            checked={allowedKinds.length === 0}
            onChange={() => onChange({ ...grant, allowedKinds: [] })}
          />
          {SOURCE_KINDS.map((kind) => (
            <Checkbox
              key={kind}
              label={texts.sourceKinds[kind]}
              checked={allowedKinds.includes(kind)}
              onChange={(_event, { checked }) =>
                onChange({
                  ...grant,
                  allowedKinds: checked === true ? [...allowedKinds, kind] : allowedKinds.filter((one) => one !== kind),
                })
              }
            />
          ))}
        </fieldset>
      )}
    </div>
  );
}
