import { Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Reach } from '../../api/region-reach.js';
import { texts } from '../../texts/texts.js';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    maxHeight: '20rem',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  fieldset: { border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalXS },
  hint: { display: 'block', color: tokens.colorNeutralForeground3, marginBottom: tokens.spacingVerticalXS },
  name: { unicodeBidi: 'isolate', overflowWrap: 'anywhere' },
  why: { color: tokens.colorNeutralForeground2 },
});

export interface EnvironmentChoiceProps {
  readonly reach: readonly Reach[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly isDisabled?: boolean;
}

/** Environments to bind a connection to; those that the gateway's region does not serve say why. */
export function EnvironmentChoice({ reach, chosen, onChange, isDisabled = false }: EnvironmentChoiceProps) {
  const styles = useStyles();
  const sorted = [...reach].sort((one, other) => Number(other.isServed) - Number(one.isServed));
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{texts.newConnection.environments}</legend>
      <Text size={200} className={styles.hint}>
        {texts.newConnection.environmentsHint}
      </Text>
      {reach.length === 0 && <Text>{texts.newConnection.noEnvironments}</Text>}
      <ul className={styles.list} hidden={reach.length === 0}>
        {sorted.map(({ environment, isServed, regionName, servingRegions }) => (
          <li key={environment.id}>
            <Checkbox
              checked={chosen.includes(environment.id)}
              // One that was bound under an older map of the regions can still be taken away.
              disabled={isDisabled || (!isServed && !chosen.includes(environment.id))}
              onChange={(_event, { checked }) =>
                onChange(checked === true ? [...chosen, environment.id] : chosen.filter((id) => id !== environment.id))
              }
              label={
                <>
                  <span className={styles.name}>{environment.displayName}</span>{' '}
                  <Text size={200} className={styles.why}>
                    {isServed ? regionName : texts.newConnection.notReached(regionName, servingRegions.join(', '))}
                  </Text>
                </>
              }
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
