import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { DeclaredPlaces } from '@/lib/guard/rule/declared-places';

const places = (...rows: object[]) =>
  new DeclaredPlaces(rows.map((row) => ({ country: 'DE', reason: 'ours', ...row })));

test.each<[glob: string, host: string, country: string | undefined]>([
  ['api.example.de', 'api.example.de', 'DE'],
  ['api.example.de', 'API.Example.DE', 'DE'],
  ['api.example.de', 'xapi.example.de', undefined],
  ['*.example.de', 'api.example.de', 'DE'],
  ['*.example.de', 'evil-example.de', undefined],
  ['*.example.de', 'example.de', undefined],
  ['*.example.de', 'a.b.example.de', undefined],
  ['*.example.de', 'api.example.de.evil.com', undefined],
  ['**.example.de', 'a.b.example.de', 'DE'],
  ['**.example.de', 'a.example.de', 'DE'],
  ['**.example.de', 'example.de', undefined],
  ['**.example.de', 'evil-example.de', undefined],
  ['api-*.example.de', 'api-2.example.de', 'DE'],
  ['api-*.example.de', 'api-2.x.example.de', undefined],
])('host %s on %s: %s', (host, name, country) => {
  expect(places({ host }).hostCountry(name)).toBe(country);
});

test('buckets and types are looked up in their own rows', () => {
  const declared = places(
    { bucket: 'logs-*', country: 'FR' },
    { type: 'Datadog::*', country: 'IE' },
    { host: 'logs-a' },
  );
  expect(declared.bucketCountry('logs-a')).toBe('FR');
  expect(declared.bucketCountry('other')).toBeUndefined();
  expect(declared.typeCountry('Datadog::Monitors::Monitor')).toBe('IE');
  expect(declared.hostCountry('logs-a')).toBe('DE');
  expect(DeclaredPlaces.none().hostCountry('logs-a')).toBeUndefined();
});

test('the first matching row applies', () => {
  const declared = places({ host: 'a.example.de', country: 'FR' }, { host: '*.example.de' });
  expect(declared.hostCountry('a.example.de')).toBe('FR');
});

test.each(['Custom::Thing', 'AWS::CloudFormation::CustomResource'])('%s has no place by name', (type) => {
  expect(places({ type: '*' }).typeCountry(type)).toBeUndefined();
});

const rulesFor = (declared: DeclaredPlaces) =>
  checkTemplate(
    { Resources: { M: { Type: 'Datadog::Monitors::Monitor', Properties: {} } } },
    { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'eu-central-1', places: declared },
  ).findings.filter(({ level }) => level !== 'info');

test('a type passes if its declared place is inside the boundary, and its finding names a country outside', () => {
  expect(rulesFor(DeclaredPlaces.none())).toHaveLength(1);
  expect(rulesFor(places({ type: 'Datadog::*', country: 'DE' }))).toEqual([]);
  expect(rulesFor(places({ type: 'Datadog::*', country: 'US' }))).toEqual([
    expect.objectContaining({ message: expect.stringContaining('US') }),
  ]);
});
