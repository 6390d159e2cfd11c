import { isRangeWithin, PRIVATE_RANGES, parseRange } from './address';

/** The range of the VPC that everything is deployed to, where none is given. */
export const PRIMARY_RANGE = '10.0.0.0/16';

/**
 * The Regions that get a range of their own, by their place in this list. New ones are added at the end: whoever moves
 * one gives it another range, and so replaces a VPC that is in use.
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

/** Three, so that whichever one range the primary VPC has, of at most /16, one is beside it. */
const POOLS = ['10.1', '172.28', '192.168'];

/** What a range of a VPC may be: the largest that AWS has, and the smallest that two subnets with endpoints fit in. */
export const RANGE_ALLOWED = 'a range of private IPv4 addresses from /16 to /26, such as 10.0.16.0/24';

/** Whether a text is a range that a VPC may have here. */
export function isNetworkRange(text: string): boolean {
  const range = parseRange(text);
  return range?.bits === 32 && range.prefix >= 16 && range.prefix <= 26 && isRangeWithin(text, PRIVATE_RANGES);
}

/** Whether two ranges have an address in common; what is no range has none. */
export const overlap = (one: string, other: string): boolean =>
  isRangeWithin(one, [other]) || isRangeWithin(other, [one]);

/**
 * The range of a further Region's VPC, where none is given. It depends on nothing but the Region and the primary range, so
 * that a Region that comes or goes leaves the others where they are.
 *
 * @throws if the Region isn't in the list
 */
export function regionalRange(region: string, primaryRange: string): string {
  const slot = SLOTS.indexOf(region);
  const range = POOLS.map((pool) => `${pool}.${slot}.0/24`).find((candidate) => !overlap(candidate, primaryRange));
  if (slot !== -1 && range !== undefined) return range;
  throw new Error(`no range of its own is known for ${region} beside ${primaryRange}; give one`);
}
