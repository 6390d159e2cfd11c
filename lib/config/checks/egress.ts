import { isNetworkRange } from '../../boundary/network-range';
import { type Draft, present, valueAt } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import { EGRESS_RANGE_ALLOWED } from '../schema/egress';
import type { Check } from './check';

/** The keys of a destination outside AWS. */
const OUTSIDE = ['openai', 'provider'] as const;

/** A deployment has an egress exactly if a destination needs it, in zones of its primary Region. */
export const checkEgress: Check = ({ raw, draft, primary, purpose }) => {
  const outside = present(draft.models).flatMap(([index, { destinations }]) =>
    present(destinations).flatMap(([position, target]) =>
      OUTSIDE.filter((key) => target[key] !== undefined).map((key): [Path, string] => [
        ['models', index, 'destinations', position, key],
        target[key] ?? '',
      ]),
    ),
  );
  const isDeclared = valueAt(raw, ['egress']) !== undefined;
  if (isDeclared) {
    // A destination with a mistake may be the one that it is for.
    const isMeant =
      present(draft.models).length === 0 || JSON.stringify(valueAt(raw, ['models'])).match(/"(openai|provider)":/);
    if (outside.length > 0 || isMeant) return declaredProblems(draft.egress, primary);
    const text = "leads to nothing, because no destination is outside AWS ('openai' or 'provider'); remove it";
    return [
      { path: ['egress'], text, atKey: true },
      ...declaredProblems(draft.egress, primary),
      ...unusedEndpoint(draft),
    ];
  }
  if (outside.length === 0) return unusedEndpoint(draft);
  if (purpose.unneeded.includes('egress')) return [];
  return outside.map(([path, name]) => ({
    path,
    text:
      `found '${name}', which a deployment reaches only through an egress; add 'egress: {}', whose firewall and NAT gateway in each zone are ` +
      "billed by the hour, or use it with 'eu-residency serve'",
  }));
};

/** Only gateways of an egress call Lambda, so a foundation refuses an endpoint that it would never use. */
function unusedEndpoint({ network }: Draft): Problem[] {
  if (network?.vpc?.endpoints?.lambda !== 'existing') return [];
  const text =
    "found 'existing', but nothing in the network calls Lambda, because no destination is outside AWS; remove it, or add a destination " +
    'outside AWS';
  return [{ path: ['network', 'vpc', 'endpoints', 'lambda'], text }];
}

function declaredProblems(
  egress:
    | { readonly zones?: readonly (string | undefined)[] | undefined; readonly addressRange?: string | undefined }
    | undefined,
  primary: string | undefined,
): Problem[] {
  const { zones, addressRange } = egress ?? {};
  const problems: Problem[] = present(zones)
    .filter(([, zone]) => primary !== undefined && zone.slice(0, -1) !== primary)
    .map(([index, zone]) => ({
      path: ['egress', 'zones', index],
      text: `found '${zone}', which isn't a zone of the primary Region '${primary}'`,
    }));
  if (addressRange === undefined) return problems;
  const isAllowed = isNetworkRange(addressRange) && Number(addressRange.split('/')[1]) <= 23;
  return isAllowed
    ? problems
    : [
        ...problems,
        { path: ['egress', 'addressRange'], text: `found '${addressRange}'; allowed: ${EGRESS_RANGE_ALLOWED}` },
      ];
}
