import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EU_COUNTRIES } from '@/lib/facts/generated/countries';
import { HOSTS } from '@/lib/facts/generated/hosts';
import { PLATFORM } from '@/lib/facts/generated/platform';
import { PROVIDERS } from '@/lib/facts/generated/providers';
import { SERVICE_FACTS } from '@/lib/facts/generated/services';
import { SOURCES } from '@/lib/facts/generated/sources';
import { SERVICES } from '@/lib/facts/services';
import type { Sourced } from '@/lib/facts/types';
import { factModules } from '@/scripts/facts';

interface SourceRow extends Sourced {
  readonly service: string;
  readonly fields: Readonly<Record<string, Sourced>>;
}
const SOURCE: { services: SourceRow[]; platform: SourceRow } = JSON.parse(
  readFileSync(path.join(__dirname, '../../lib/facts/source/services.json'), 'utf8'),
);
/** The fields about a company or its network, whose source differs from that of the API. */
const OWN_SOURCE = ['company', 'ownerCountry', 'sharedCdn'] as const;

test('each service has exactly one row, in the order of the list', () => {
  expect(SERVICE_FACTS.map(({ service }) => service)).toEqual(SERVICES);
});

test.each(SERVICE_FACTS.map((row) => [row.service, row] as const))(
  '%s has rows in the tables of hosts and providers',
  (_, row) => {
    const { provider, host } = row;
    expect(HOSTS.find((other) => other.host === host)).toMatchObject({ provider });
    expect(PROVIDERS.find((other) => other.provider === provider)).toMatchObject({ host });
  },
);

test.each(SERVICE_FACTS.map((row) => [row.service, row] as const))('every value of %s has a source', (service, row) => {
  const { fields } = SOURCE.services.find((other) => other.service === service) as SourceRow;
  const known = OWN_SOURCE.filter((field) => row[field] !== null);
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(known));
  for (const fact of [row, ...Object.values(fields)]) {
    expect(Object.keys(SOURCES)).toContain(fact.source);
    expect(fact.asOf).toMatch(/^\d{4}(-\d{2}){0,2}$/);
    expect(['high', 'medium', 'low']).toContain(fact.confidence);
  }
});

test('a field of low confidence is unknown', () => {
  const row = SOURCE.services.find(({ service }) => service === 'ionos') as SourceRow;
  const doubted = {
    ...SOURCE,
    services: [{ ...row, fields: { ...row.fields, ownerCountry: { ...row, confidence: 'low' } } }],
  };
  const text = factModules({ 'services.json': doubted }).get('services.ts');
  expect(text).toContain('"company":"IONOS SE","ownerCountry":null');
});

test('a base path has no variable part; only the service without stored keys has none', () => {
  for (const { service, basePath } of SERVICE_FACTS) {
    if (service === 'google') expect(basePath).toBeNull();
    else expect(basePath).toMatch(/^(\/[a-z0-9]+)+$/);
  }
});

test('only a host that a source places behind a shared CDN, or apart from any, is marked', () => {
  expect(SERVICE_FACTS.flatMap(({ service, sharedCdn }) => (sharedCdn === null ? [] : [[service, sharedCdn]]))).toEqual(
    [
      ['openai', true],
      ['scaleway', false],
    ],
  );
});

test("the owners under EU law are those of the EU's own hosts", () => {
  const own = SERVICE_FACTS.filter(({ ownerCountry }) => ownerCountry !== null && EU_COUNTRIES.includes(ownerCountry));
  expect(own.map(({ service }) => service)).toEqual(['mistral', 'scaleway', 'ovhcloud', 'ionos', 'stackit']);
});

test('the platform is under US law, by a source', () => {
  expect(PLATFORM).toMatchObject({ owner: 'Amazon.com, Inc.', ownerCountry: 'US', confidence: 'high' });
  expect(Object.keys(SOURCES)).toEqual(
    expect.arrayContaining([PLATFORM.source, SOURCE.platform.fields.company?.source]),
  );
});
