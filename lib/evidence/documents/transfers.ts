import { EEA_EXTRA_COUNTRIES, EU_COUNTRIES } from '../../facts/generated/countries';
import { findRegion } from '../../facts/region';
import type { Evidence } from '../core/evidence';
import { UNKNOWN_REGION } from '../core/place';
import { type Content, code, field, joined } from '../tree/tree';
import type { DocumentContext } from './context';

/** Which third countries data may reach, by the places that the report has. It says "none" only if no place is unknown. */
export function transfers({ evidence, words: { processing }, separator }: DocumentContext): Content {
  const reached = new Set(evidence.flows.map(({ to }) => to));
  const used = evidence.regions.filter(({ region, uses }) => uses.length > 0 || reached.has(region));
  const [third, rest] = [used.filter(isThird), used.filter((one) => !isThird(one))];
  const outside = rest.filter(({ isInside }) => !isInside);
  const list = (sentence: string, rows: typeof used): Content =>
    rows.length === 0 ? [] : [`${sentence} `, ...joined(rows.map(({ region }) => code(region)))];
  const unknown = unknownPlaces(evidence);
  const elsewhere = thirdPlaces(evidence);
  const parts: Content[] = [
    list(processing.transfer, third),
    elsewhere.length === 0 ? [] : [`${processing.transferPlaces} `, ...joined(elsewhere.map(code))],
    list(processing.outsideBoundary, outside),
    unknown === 0 ? [] : [field(processing.unknownPlaces(unknown))],
    third.length === 0 && elsewhere.length === 0 && unknown === 0 ? [processing.noTransfer(used.length)] : [],
  ].filter((part) => part.length > 0);
  return parts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
}

/** The GDPR applies in the EEA, whatever the boundary is. */
const isThird = ({ region }: { readonly region: string }): boolean => findRegion(region)?.eea !== true;

/** The third countries in which providers outside AWS may process requests: `CH (OpenAI)`. */
const thirdPlaces = ({ models }: Evidence): string[] => [
  ...new Set(
    models.flatMap(({ processedIn: { text }, external }) =>
      external === undefined || text === UNKNOWN_REGION
        ? []
        : text
            .split(', ')
            .filter((place) => !IN_EEA.includes(place))
            .map((place) => `${place} (${external.provider})`),
    ),
  ),
];

/** The places of the EEA: countries, and the whole of it. */
const IN_EEA: readonly string[] = ['EU', 'EEA', ...EU_COUNTRIES, ...EEA_EXTRA_COUNTRIES];

/** How many rows don't say where something is. */
function unknownPlaces({ tenants, stores, keys, flows, models, findings }: Evidence): number {
  const regions = [...tenants, ...stores, ...keys].map(({ region }) => region);
  const isUnknown = (region: string) => region.split(', ').includes(UNKNOWN_REGION);
  return [
    regions.filter(isUnknown),
    flows.filter(({ from, to }) => isUnknown(from) || isUnknown(to)),
    models.filter(({ processedIn }) => processedIn.text === UNKNOWN_REGION),
    findings.filter(({ status }) => status === 'unknown'),
  ].flat().length;
}
