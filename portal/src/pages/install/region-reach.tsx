import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { reachOf, type RegionMap } from '../../api/region-reach.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import type { PlacedEnvironment } from '../connections/connection-wizard.js';

const useStyles = makeStyles({
  root: {
    width: '100%',
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  list: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalS} 0 0`,
    padding: 0,
    maxHeight: '16rem',
    overflowY: 'auto',
  },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
  label: { '& > span': { whiteSpace: 'normal' } },
  why: { color: tokens.colorNeutralForeground2 },
  name: { unicodeBidi: 'isolate', overflowWrap: 'anywhere' },
});

export interface RegionReachProps {
  readonly regionKey: string;
  readonly regionName: string;
  readonly regions: RegionMap;
  readonly environments: readonly PlacedEnvironment[];
}

/** Which environments a gateway in a region serves, and why. */
export function RegionReach({ regionKey, regionName, regions, environments }: RegionReachProps) {
  const styles = useStyles();
  const reach = reachOf(regions, regionKey, environments);
  const sorted = [...reach].sort((one, other) => Number(other.isServed) - Number(one.isServed));
  return (
    <section className={styles.root} aria-live="polite">
      <Subtitle2 as="h2">{texts.install.reach(regionName)}</Subtitle2>
      <Text block className={styles.why}>
        {environments.length === 0 ? texts.install.noEnvironments : texts.install.reachLead}
      </Text>
      <ul className={styles.list} tabIndex={sorted.length > 8 ? 0 : undefined}>
        {sorted.map(({ environment, isServed, regionName: place, servingRegions }) => (
          <li key={environment.id} className={styles.item}>
            <StatusLabel tone={isServed ? 'good' : 'unknown'} label={environment.displayName} />
            <Text className={styles.why}>
              {isServed ? texts.install.serves(place) : texts.install.servesNot(place, servingRegions.join(', '))}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
