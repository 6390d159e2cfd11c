import { REGION_COORDINATES } from '../../../facts/generated/region-coordinates';
import type { Evidence, KeyRow, RegionRow } from '../../core/evidence';
import { type Point, project } from './project';

/** A Region on the map or in its margin. */
export interface Place extends Point {
  readonly row: Pick<RegionRow, 'region' | 'name' | 'country' | 'isInside' | 'uses'>;
  /** Not on the map: it is listed in the margin. */
  readonly isElsewhere: boolean;
  /** Where its label stands. */
  readonly side: 'left' | 'right';
  readonly stores: number;
  readonly keys: number;
  readonly gateways: number;
}

/** To the west of these, the sea leaves room for a label; to the east of the others. */
const LEFT: ReadonlySet<string> = new Set(['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-south-2']);

const COORDINATES = new Map(REGION_COORDINATES.map((of) => [of.code, of]));

/** The first line of the margin, and the distance between its lines. */
const MARGIN = { x: -150, y: 60, line: 56 };

/** Every Region of the evidence, with its position and what it holds. One of which nothing is known counts as outside. */
export function placesOf(evidence: Evidence): readonly Place[] {
  const { regions, stores, keys, models } = evidence;
  const known = new Set(regions.map(({ region }) => region));
  const unknown = [...new Set(named(evidence))]
    .filter((region) => !known.has(region))
    .map((region) => ({ region, name: '', country: '', isInside: false, uses: [] }));
  let elsewhere = 0;
  return [...regions, ...unknown].map((row) => {
    const { region } = row;
    const coordinates = COORDINATES.get(region);
    const point = coordinates ? project(coordinates) : { x: MARGIN.x, y: MARGIN.y + MARGIN.line * elsewhere++ };
    const gateways = models.filter(({ sourceRegion }) => sourceRegion === region);
    return {
      row,
      ...point,
      isElsewhere: coordinates === undefined,
      side: LEFT.has(region) ? 'left' : 'right',
      stores: stores.filter((store) => store.region === region).length,
      keys: keys.filter((key) => regionsOf(key).includes(region)).length,
      gateways: new Set(gateways.map(({ stack, gateway }) => `${stack} ${gateway}`)).size,
    };
  });
}

/** A key that is read as one although it has replicas names each of their Regions. */
const regionsOf = ({ region }: KeyRow): readonly string[] => region.split(', ');

const named = ({ stores, keys, models, flows }: Evidence): readonly string[] => [
  ...stores.map(({ region }) => region),
  ...keys.flatMap(regionsOf),
  ...models.map(({ sourceRegion }) => sourceRegion),
  ...flows.flatMap(({ from, to }) => [from, to]),
];

/** Whether it holds something of the deployment; otherwise requests may only be processed there, or something names it. */
export const holds = ({ stores, keys, gateways }: Place): boolean => stores + keys + gateways > 0;
