import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { texts } from '../../texts/texts.js';
import type { RegionService } from './region-service.js';

const { environments: words } = texts;
const RADIUS = 12;
const TRIANGLE = '0,-15 15,12 -15,12';
const useStyles = makeStyles({
  mark: {
    cursor: 'pointer',
    outlineStyle: 'none',
    '&:focus-visible .ring': { stroke: tokens.colorStrokeFocus2, strokeWidth: 3 },
  },
  ring: { fill: 'none', stroke: 'transparent' },
  chosen: { stroke: tokens.colorStrokeFocus2, strokeWidth: 2 },
  served: { fill: tokens.colorNeutralBackground1, stroke: tokens.colorBrandStroke1, strokeWidth: 2 },
  bare: { fill: tokens.colorNeutralBackground1, stroke: tokens.colorStatusDangerForeground1, strokeWidth: 2 },
  number: {
    fill: tokens.colorNeutralForeground1,
    fontSize: '11px',
    fontWeight: tokens.fontWeightSemibold,
    textAnchor: 'middle',
  },
});

export interface MapMarkProps {
  readonly region: RegionService;
  readonly point: readonly [x: number, y: number];
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** One region on the map, with the number of its environments. */
export function MapMark({ region, point: [x, y], isChosen, onChoose }: MapMarkProps) {
  const styles = useStyles();
  const { displayName, environments, gateways, service } = region;
  const isServed = service === 'served' || service === 'offline';
  const counts = `${words.environmentCount(environments.length)}, ${words.gatewayCount(gateways.length)}`;
  return (
    <g
      className={styles.mark}
      transform={`translate(${x} ${y})`}
      role="button"
      tabIndex={0}
      aria-pressed={isChosen}
      aria-label={`${displayName}: ${counts}`}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose();
      }}
    >
      <title>{`${displayName}: ${counts}`}</title>
      <circle className={mergeClasses('ring', styles.ring, isChosen && styles.chosen)} r={RADIUS + 7} />
      {isServed || environments.length === 0 ? (
        <circle className={styles.served} r={RADIUS} />
      ) : (
        <polygon className={styles.bare} points={TRIANGLE} />
      )}
      <text className={styles.number} y={isServed ? 4 : 9}>
        {environments.length}
      </text>
    </g>
  );
}
