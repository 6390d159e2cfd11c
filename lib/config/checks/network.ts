import { isNetworkRange, overlap, PRIMARY_RANGE, RANGE_ALLOWED, regionalRange } from '../../boundary/network-range';
import { type Draft, present } from '../read/draft';
import type { Problem } from '../read/problem';
import type { Check, Subject } from './check';

/** The range of each network is private, and has no address in common with another's; no range is for nothing. */
export const checkNetwork: Check = (subject) => {
  const { draft, boundary, primary } = subject;
  const vpc = vpcProblems(subject);
  if (vpc.length > 0) return vpc;
  const given = Object.entries(draft.network?.ranges ?? {}).filter((entry): entry is [string, string] => !!entry[1]);
  const wrong = given.filter(([, range]) => !isNetworkRange(range));
  if (wrong.length > 0) {
    return wrong.map(([region, range]) => problem(region, `found '${range}'; allowed: ${RANGE_ALLOWED}`));
  }
  if (boundary === undefined || primary === undefined) return [];
  const ranges = new Map(given);
  const ours = draft.network?.vpc?.cidr ?? ranges.get(primary) ?? PRIMARY_RANGE;
  const called = calledRegions(draft, primary);
  const all = called
    .filter((region) => boundary.containsRegion(region))
    .map((region): [string, string] => [
      region,
      region === primary ? ours : (ranges.get(region) ?? regionalRange(region, ours)),
    ]);
  return [
    ...given
      .filter(([region]) => !called.includes(region))
      .map(([region]) =>
        problem(region, `is for a Region in which no destination is called; leave it out, or call one there`, true),
      ),
    ...all.flatMap(([region, range], index) => {
      const other = all.slice(0, index).find(([, before]) => overlap(range, before));
      if (other === undefined) return [];
      // Ranges that are chosen never meet, so one of the two is written down.
      const [at, found, [place, beside]] = ranges.has(region)
        ? [region, range, other]
        : [other[0], other[1], [region, range]];
      return [
        problem(at, `found '${found}', which overlaps ${beside} of ${place}; give ranges without a common address`),
      ];
    }),
  ];
};

/** A VPC that is there already is described as it can be, and its range once. */
function vpcProblems({ draft, primary }: Subject): Problem[] {
  const { vpc, ranges } = draft.network ?? {};
  if (vpc === undefined) return [];
  const at = (key: string, text: string): Problem => ({ path: ['network', 'vpc', key], text });
  const { cidr, availabilityZones: zones = [], isolatedSubnetIds: subnets } = vpc;
  const problems: Problem[] = [];
  if (cidr !== undefined && !isNetworkRange(cidr)) {
    problems.push(at('cidr', `found '${cidr}'; allowed: ${RANGE_ALLOWED}`));
  }
  if (primary !== undefined && ranges?.[primary] !== undefined) {
    problems.push(
      problem(primary, "is the range of a VPC that isn't made, as 'network.vpc' names one; leave it out", true),
    );
  }
  const foreign = zones.find((zone) => primary !== undefined && zone?.slice(0, -1) !== primary);
  if (foreign !== undefined) {
    problems.push(at('availabilityZones', `found '${foreign}', which is no zone of the primary Region '${primary}'`));
  }
  for (const key of ['availabilityZones', 'routeTableIds'] as const) {
    const { length } = vpc[key] ?? [];
    if (subnets === undefined || vpc[key] === undefined || length === subnets.length) continue;
    problems.push(
      at(key, `found ${length} for ${subnets.length} isolated subnets; name that of each subnet, in their order`),
    );
  }
  return problems;
}

function calledRegions(draft: Draft, primary: string): string[] {
  const named = present(draft.models).flatMap(([, { destinations }]) =>
    present(destinations).flatMap(([, { region }]) => region ?? []),
  );
  return [...new Set([primary, ...named])];
}

const problem = (region: string, text: string, atKey = false): Problem => ({
  path: ['network', 'ranges', region],
  text,
  atKey,
});
