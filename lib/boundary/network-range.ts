import { isRangeWithin, PRIVATE_RANGES, parseRange } from './address';

/** The default range of the VPC that everything is deployed to. */
export const PRIMARY_RANGE = '10.0.0.0/16';

/**
 * The Regions that have a range of their own, determined by their position in this list. Add new ones at the end: moving one
 * would change its range and so replace a VPC that is in use.
 */
const SLOTS: readonly string[] = [
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-3',
  'eusc-de-east-1',
];

/** Three pools, so that at least one doesn't overlap the primary VPC's range, which is at most a /16. */
const POOLS = ['10.1', '172.28', '192.168'];

/** The allowed VPC ranges: from the largest that AWS permits to the smallest that fits two subnets with endpoints. */
export const RANGE_ALLOWED = 'a range of private IPv4 addresses from /16 to /26, such as 10.0.16.0/24';

/** Whether a text is an allowed VPC range. */
export function isNetworkRange(text: string): boolean {
  const range = parseRange(text);
  return range?.bits === 32 && range.prefix >= 16 && range.prefix <= 26 && isRangeWithin(text, PRIVATE_RANGES);
}

/** Whether two ranges have an address in common; false if a text isn't a range. */
export const overlap = (one: string, other: string): boolean =>
  isRangeWithin(one, [other]) || isRangeWithin(other, [one]);

/**
 * The default range of a further Region's VPC. It depends only on the Region and the primary range, so that adding or removing
 * a Region doesn't change the others' ranges.
 *
 * @throws if the Region isn't in the list
 */
export function regionalRange(region: string, primaryRange: string): string {
  const slot = SLOTS.indexOf(region);
  const range = POOLS.map((pool) => `${pool}.${slot}.0/24`).find((candidate) => !overlap(candidate, primaryRange));
  if (slot !== -1 && range !== undefined) return range;
  throw new Error(`there is no default range for ${region} next to ${primaryRange}; specify one`);
}
