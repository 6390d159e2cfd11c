import { releaseOrigin } from '@/lib/facts/release';

const release = {
  version: 4,
  digest: 'f'.repeat(64),
  checkedAt: '2027-01-14',
  nextCheck: '2027-03-15',
  expires: '2027-04-14',
};

// biome-ignore format: one row a line
test.each<[string, Parameters<typeof releaseOrigin>, string | undefined]>([
  ['a row of the release', [release, { kind: 'release', version: 4 }], 'facts release 4 of 2027-01-14'],
  ['a row of a release whose date isn’t known', [undefined, { kind: 'release', version: 4 }], 'facts release 4'],
  ['a row of the package', [release, undefined], undefined],
  ['a row that the owner admitted', [release, { kind: 'admitted', requestedBy: 'a', approvedBy: 'b', reason: 'c', expires: '2027-06-30' }], undefined],
])('%s', (_, given, expected) => expect(releaseOrigin(...given)).toBe(expected));
