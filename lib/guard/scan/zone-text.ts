import { REGIONS } from '../../facts/generated/regions';
import { ZONES } from '../../facts/generated/zones';
import { AFTER, alternatives, BEFORE } from './pattern';

/** City codes of the zones in the facts: the next zone that AWS opens in such a city has the same code. */
const CITIES = alternatives(ZONES.flatMap((zone) => /-([a-z]{3})-(?:wlz-)?\d[a-z]?$/.exec(zone.name ?? '')?.[1] ?? []));

/** `ap-northeast-1` is `apne1` in the ids of its zones. */
const shortened = (code: string) =>
  code.replace(
    /-(gov-)?(north|south)?(east|west|central)?-?(\d)$/,
    (_, gov = '', one = '', two = '', number) => `${gov.slice(0, 1)}${one.slice(0, 1)}${two.slice(0, 1)}${number}`,
  );
const PREFIXES = alternatives(REGIONS.map(({ azIdPrefix, code }) => azIdPrefix ?? shortened(code)));

const idOf = (prefix: string, city: string) => `(?:${prefix})(?:-wl\\d)?(?:-(?:${city})\\d?)?-(?:az|wlz)\\d`;

/** Zone ids in any text: only for Regions and cities in the facts, because `redis1-az1` has the same form. */
export const ZONE_ID = new RegExp(`${BEFORE}${idOf(PREFIXES, CITIES)}${AFTER}`, 'g');

/** Zone ids in a property that holds zones: anything of that form. */
export const ANY_ZONE_ID = new RegExp(`${BEFORE}${idOf('[a-z]{2,5}\\d', '[a-z]{3}')}${AFTER}`, 'g');

const CERTAIN = new RegExp(`-(?:wlz-\\d[a-z]?|(?:${CITIES})-\\d[a-z])$`);
/** Names of zones and of their opt-in groups, which lack the last letter. */
const NAMES = new Set(ZONES.flatMap(({ name }) => (name === null ? [] : [name, name.replace(/[a-z]$/, '')])));

/** Whether a name that begins with a Region's code is a zone: `eu-central-1-dev-1` names something in Frankfurt. */
export const isZone = (name: string): boolean => NAMES.has(name) || CERTAIN.test(name);
