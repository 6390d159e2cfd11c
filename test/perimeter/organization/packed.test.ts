import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { perimeterDocuments } from '@/lib/perimeter/organization/documents';
import { packed } from '@/lib/perimeter/organization/packed';
import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { deny } from '@/lib/perimeter/organization/statement';
import { scope } from './scope';

/** The document of each statement of the service control policies. */
const places = (changes: Partial<PerimeterScope>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    perimeterDocuments(scope({ requiresBoundary: true, ...changes }))
      .filter(({ kind }) => kind === 'scp')
      .flatMap(({ name, content }) =>
        (content as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => [Sid, name] as const),
      ),
  );

const DEPLOYERS = ['cdk-*-cfn-exec-role-*', 'AWSReservedSSO_Bootstrap_*', 'stacksets-exec-*'];

test.each([
  ['another boundary', { boundary: ResidencyBoundary.parse('DE') }],
  ['an egress', { hasEgress: true }],
  ['more roles that deploy', { deployRoles: DEPLOYERS }],
] as const)('%s moves no statement to another document, in either partition', (_, changes) => {
  for (const partition of ['aws', 'aws-eusc']) {
    expect(places({ partition, ...(changes as Partial<PerimeterScope>) })).toEqual(places({ partition }));
  }
});

test('what is no longer required leaves the others where they are', () => {
  const { MissingBoundaries, ...others } = places({});
  expect(places({ requiresBoundary: false })).toEqual(others);
});

const statement = (Sid: string, length: number) => deny(Sid, { Action: [`s3:${'x'.repeat(length)}`] });
const group = (refuses: string, ...statements: ReturnType<typeof deny>[]) => [{ refuses, statements }];
const sids = (groups: Parameters<typeof packed>[2]) =>
  packed(scope(), 'scp', groups).map(({ content }) => content.Statement.map(({ Sid }) => Sid));

test('a statement without room goes to the next document, and to an earlier one only if no later one has room', () => {
  const [full, large] = [statement('Full', 6_000), statement('Large', 5_000)];
  expect(sids([group('a', full, large), group('b', statement('B', 10)), group('c')])).toEqual([
    ['Full'],
    ['B', 'Large'],
    [],
  ]);
  expect(sids([group('a', statement('A', 10)), group('b', full, large)])).toEqual([['A', 'Large'], ['Full']]);
});

test('a document is added last', () => {
  const [one, two, three] = [statement('One', 6_000), statement('Two', 6_000), statement('Three', 6_000)];
  expect(sids([group('a', one, two), group('b', three)])).toEqual([['One'], ['Three'], ['Two']]);
});

test('the name of a document is the same, however many there are', () => {
  const names = (...groups: Parameters<typeof packed>[2][number][]) =>
    packed(scope(), 'scp', groups).map(({ name }) => name);
  expect(names(group('a', statement('A', 10)))).toEqual(['scp']);
  expect(names(group('a', statement('A', 6_000), statement('B', 6_000)))).toEqual(['scp', 'scp-2']);
  expect(names(group('a', statement('A', 10)), group('b', statement('B', 10)))).toEqual(['scp-1', 'scp-2']);
});

test('what is too large names each list that makes it smaller', () => {
  const remedy = /list fewer 'deployRoles', 'managementRoles' or 'deployments'$/;
  expect(() => sids([group('a', statement('A', 20_000))])).toThrow(remedy);
  expect(() => sids([group('a', ...'ABCDEFGHIJ'.split('').map((sid) => statement(sid, 6_000)))])).toThrow(remedy);
});
