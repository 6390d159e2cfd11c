import fc from 'fast-check';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { isNetworkRange, overlap, PRIMARY_RANGE, RANGE_ALLOWED, regionalRange } from '@/lib/boundary/network-range';
import { runsOf, TIMES } from '../support/property-runs';

jest.setTimeout(60_000 * TIMES);

const REGIONS = ResidencyBoundary.eea().regionCodes();

const prefix = fc.integer({ min: 16, max: 26 });
const inBlock = (first: number, bits: number) =>
  fc.tuple(fc.nat(), prefix).map(([at, length]) => {
    const size = 2 ** (32 - length);
    const address = first + (at % 2 ** (length - bits)) * size;
    return `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${length}`;
  });
/** Any allowed VPC range. */
const range = fc.oneof(
  inBlock(10 * 2 ** 24, 8),
  inBlock(172 * 2 ** 24 + 16 * 2 ** 16, 12),
  inBlock(192 * 2 ** 24 + 168 * 2 ** 16, 16),
);

test('the default ranges never overlap, whatever the primary range', () => {
  fc.assert(
    fc.property(range, (primary) => {
      const all = [primary, ...REGIONS.map((region) => regionalRange(region, primary))];
      for (const [index, one] of all.entries()) {
        expect(isNetworkRange(one)).toBe(true);
        expect(all.slice(index + 1).filter((other) => overlap(one, other))).toEqual([]);
      }
    }),
    runsOf(300, 1_000),
  );
});

test('two ranges overlap if and only if they share an address', () => {
  const bounds = (text: string) => {
    const [address = '', length] = text.split('/');
    const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    return [first, first + 2 ** (32 - Number(length)) - 1] as const;
  };
  fc.assert(
    fc.property(range, range, (one, other) => {
      const [a, b] = [bounds(one), bounds(other)];
      expect(overlap(one, other)).toBe(a[0] <= b[1] && b[0] <= a[1]);
    }),
    runsOf(1_000),
  );
});

test('ranges in use never change', () => {
  expect(PRIMARY_RANGE).toBe('10.0.0.0/16');
  expect(Object.fromEntries(REGIONS.map((region) => [region, regionalRange(region, PRIMARY_RANGE)]))).toEqual({
    'eu-central-1': '10.1.0.0/24',
    'eu-north-1': '10.1.1.0/24',
    'eu-south-1': '10.1.2.0/24',
    'eu-south-2': '10.1.3.0/24',
    'eu-west-1': '10.1.4.0/24',
    'eu-west-3': '10.1.5.0/24',
    'eusc-de-east-1': '10.1.6.0/24',
  });
});

test.each([
  ['10.1.0.0/16', '172.28.1.0/24'],
  ['10.1.1.64/26', '172.28.1.0/24'],
  ['10.1.2.0/24', '10.1.1.0/24'],
])("next to %s, Stockholm's range is %s", (primary, expected) => {
  expect(regionalRange('eu-north-1', primary)).toBe(expected);
});

test('a Region outside the boundary has no default range', () => {
  expect(() => regionalRange('us-east-1', PRIMARY_RANGE)).toThrow(
    'there is no default range for us-east-1 next to 10.0.0.0/16; specify one',
  );
});

test.each([
  ['10.0.0.0/16', true],
  ['192.168.255.192/26', true],
  ['172.31.0.0/20', true],
  ['10.0.0.0/15', false],
  ['10.0.0.0/27', false],
  ['10.0.0.1/24', false],
  ['172.32.0.0/16', false],
  ['8.8.8.0/24', false],
  ['fd00::/26', false],
  ['10.0.0.0', false],
  ['10.0.0/24', false],
  ['', false],
])('%s is an allowed VPC range: %s', (text, expected) => expect(isNetworkRange(text)).toBe(expected));

test.each([
  ['us-east-1', PRIMARY_RANGE],
  ['eu-west-1', '0.0.0.0/0'],
])('%s next to %s has no default range', (region, primary) => {
  if (primary === PRIMARY_RANGE) {
    expect(() => regionalRange(region, primary)).toThrow(
      'there is no default range for us-east-1 next to 10.0.0.0/16; specify one',
    );
  } else expect(() => regionalRange(region, primary)).toThrow('specify one');
});

test('a Region takes the first pool that the primary range leaves free', () => {
  const ranges = ['10.0.0.0/16', '10.1.0.0/16', '10.0.0.0/8'].map((primary) => regionalRange('eu-west-3', primary));
  expect(ranges).toEqual(['10.1.5.0/24', '172.28.5.0/24', '172.28.5.0/24']);
});

test('the text about allowed ranges names one', () => {
  const [, example = ''] =
    /^a range of private IPv4 addresses from \/16 to \/26, such as (\S+)$/.exec(RANGE_ALLOWED) ?? [];
  expect(isNetworkRange(example)).toBe(true);
});
