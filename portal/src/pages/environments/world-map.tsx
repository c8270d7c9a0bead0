import { makeStyles, tokens } from '@fluentui/react-components';
import { geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'world-atlas/countries-110m.json';
import { texts } from '../../texts/texts.js';
import { MapLegend } from './map-legend.js';
import { MapMark } from './map-mark.js';
import { middleOf, REGION_PLACES } from './region-places.js';
import type { RegionService } from './region-service.js';

const { environments: words } = texts;
const WIDTH = 960;
/** Without the poles, where no region is. */
const HEIGHT = 440;
const atlas = world as unknown as Topology<{ countries: GeometryCollection }>;
const projection = geoNaturalEarth1()
  .scale(178)
  .translate([WIDTH / 2, HEIGHT / 2 + 30]);
const OUTLINES = geoPath(projection)(feature(atlas, atlas.objects.countries)) ?? '';

const useStyles = makeStyles({
  map: {
    width: '100%',
    maxHeight: '60vh',
    display: 'block',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRadius: tokens.borderRadiusMedium,
  },
  land: { fill: tokens.colorNeutralStroke3, stroke: tokens.colorNeutralStroke1, strokeWidth: 0.5 },
  tie: { stroke: tokens.colorBrandStroke1, strokeWidth: 1, strokeDasharray: '3 3' },
  gateway: { fill: tokens.colorBrandBackground, stroke: tokens.colorNeutralBackground1, strokeWidth: 1.5 },
});

export interface WorldMapProps {
  readonly regions: readonly RegionService[];
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}

/** Environment regions as round marks, or as triangles where nobody serves them; gateways as squares, tied to whom they serve. */
export function WorldMap({ regions, chosen, onChoose }: WorldMapProps) {
  const styles = useStyles();
  const marks = regions.flatMap((region) => {
    const place = middleOf(region.gatewayRegions.map(({ key }) => key));
    const point = place && projection(place);
    return point ? [{ region, point }] : [];
  });
  // Where there is no environment, the square of the gateway is all there is to see.
  const shown = marks.filter(({ region }) => region.environments.length > 0);
  const ties = marks.flatMap(({ region, point }) =>
    [...new Set(region.gateways.map((gateway) => gateway.region))].flatMap((key) => {
      const place = REGION_PLACES[key];
      const end = place && projection(place);
      return end
        ? [
            {
              key: `${region.key} ${key}`,
              gatewayRegion: key,
              from: point,
              to: end,
              isBare: region.environments.length === 0,
            },
          ]
        : [];
    }),
  );
  const drawn = ties.filter(({ isBare }) => !isBare);
  const squares = new Map(ties.map(({ gatewayRegion, to }) => [gatewayRegion, to]));
  return (
    <>
      <svg className={styles.map} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={words.mapLabel}>
        <path className={styles.land} d={OUTLINES} aria-hidden />
        {drawn.map(({ key, from, to }) => (
          <line key={key} className={styles.tie} x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} aria-hidden />
        ))}
        {[...squares].map(([key, [x, y]]) => (
          <rect key={key} className={styles.gateway} x={x - 5} y={y - 5} width={10} height={10} aria-hidden />
        ))}
        {shown.map(({ region, point }) => (
          <MapMark
            key={region.key}
            region={region}
            point={point}
            isChosen={region.key === chosen}
            onChoose={() => onChoose(region.key)}
          />
        ))}
      </svg>
      <MapLegend />
    </>
  );
}
