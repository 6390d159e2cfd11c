import { isNetworkRange, overlap, PRIMARY_RANGE, RANGE_ALLOWED, regionalRange } from '../../boundary/network-range';
import { type Draft, present } from '../read/draft';
import type { Problem } from '../read/problem';
import type { Check, Subject } from './check';

/** The range of each network is private and overlaps no other, its zones are its own, and none is unused. */
export const checkNetwork: Check = (subject) => {
  const { draft, boundary, primary } = subject;
  const vpc = [...vpcProblems(subject), ...zoneProblems(subject)];
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
        problem(region, `is for a Region that no destination uses; remove it, or add a destination there`, true),
      ),
    ...all.flatMap(([region, range], index) => {
      const other = all.slice(0, index).find(([, before]) => overlap(range, before));
      if (other === undefined) return [];
      // Ranges that the package chooses never overlap, so one of the two is in the file.
      const [at, found, [place, otherRange]] = ranges.has(region)
        ? [region, range, other]
        : [other[0], other[1], [region, range]];
      return [
        problem(at, `found '${found}', which overlaps ${otherRange} of ${place}; choose ranges that don't overlap`),
      ];
    }),
  ];
};

/** An existing VPC is described consistently, and its range only once. */
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
      problem(primary, "is the range of a new VPC, but 'network.vpc' names an existing one; remove it", true),
    );
  }
  const foreign = zones.find((zone) => primary !== undefined && zone?.slice(0, -1) !== primary);
  if (foreign !== undefined) {
    problems.push(at('availabilityZones', `found '${foreign}', which isn't a zone of the primary Region '${primary}'`));
  }
  for (const key of ['availabilityZones', 'routeTableIds'] as const) {
    const { length } = vpc[key] ?? [];
    if (subnets === undefined || vpc[key] === undefined || length === subnets.length) continue;
    problems.push(
      at(key, `found ${length} for ${subnets.length} isolated subnets; list one for each subnet, in the same order`),
    );
  }
  return problems;
}

/** Zones are those of their Region, and of a VPC that the deployment creates. */
function zoneProblems({ draft, primary }: Subject): Problem[] {
  if (primary === undefined) return [];
  const recovery = present(draft.workspaces).length > 0 ? draft.regions?.recovery : undefined;
  const networks = [...calledRegions(draft, primary), ...(recovery === undefined ? [] : [recovery])];
  const given = draft.network?.vpc !== undefined;
  return Object.entries(draft.network?.zones ?? {}).flatMap(([region, zones = []]): Problem[] => {
    const path = ['network', 'zones', region];
    if (given && region === primary) {
      return [
        { path, text: "are zones of a new VPC, but 'network.vpc' names an existing one; remove them", atKey: true },
      ];
    }
    if (!networks.includes(region)) {
      return [{ path, text: 'are for a Region without a network of this deployment; remove them', atKey: true }];
    }
    const foreign = zones.find((zone) => zone?.slice(0, -1) !== region);
    return foreign === undefined ? [] : [{ path, text: `found '${foreign}', which isn't a zone of '${region}'` }];
  });
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
