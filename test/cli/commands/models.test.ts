import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { mayServeWithoutRetention } from '@/lib/boundary/retention';
import { models } from '@/lib/cli/commands/models';
import { readConfig } from '@/lib/config/load';
import { ON_DEMAND_MODELS } from '@/lib/facts/generated/on-demand-models';
import { PROFILES } from '@/lib/facts/generated/profiles';
import { REGIONS } from '@/lib/facts/generated/regions';
import { PACKAGED } from '@/lib/facts/packaged';
import { allowedModels } from '@/lib/report/models/allowed-models';
import { folder } from '../support';

const NOW = new Date('2026-11-24');
const eu = ResidencyBoundary.eu();

function printed(...args: string[]): string {
  const lines: string[] = [];
  const spy = jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  try {
    expect(models(args, NOW)).toBe(0);
  } finally {
    spy.mockRestore();
  }
  return lines.join('\n');
}

test.each(['eu', 'eea', 'DE', 'SE,FR', 'eu-central-1'])(
  'inside %s it lists what may be called, and nothing else',
  (name) => {
    const boundary = ResidencyBoundary.parse(name);
    const listed = allowedModels(boundary, undefined, NOW).flatMap(({ id, routes }) =>
      routes.flatMap(({ from, processedIn }) => from.map((source) => `${id} ${source} ${processedIn.join()}`)),
    );
    const ids = [...PROFILES.map(({ id }) => id), ...ON_DEMAND_MODELS.map(({ modelId }) => modelId)];
    const allowed = REGIONS.flatMap(({ code }) =>
      ids.flatMap((id) => {
        const decision = decideDestination(boundary, code, id);
        return decision.inside ? [`${id} ${code} ${decision.destination.regions.join()}`] : [];
      }),
    );
    expect(allowed.length).toBeGreaterThan(5);
    expect(listed.sort()).toEqual(allowed.sort());
  },
);

test('a row has the kind of a model, where it is called and processed, and what its provider retains', () => {
  const rows = printed('--region', 'eu-central-1').split('\n');
  expect(rows[0]).toMatch(/^MODEL OR PROFILE +KIND +CALLED FROM +PROCESSED IN +PROVIDER RETAINS$/);
  const row = (id: string) => rows.find((line) => line.startsWith(`${id} `));
  expect(row('eu.amazon.nova-lite-v1:0')).toMatch(
    / text +eu-central-1 +eu-central-1 \(DE\) eu-north-1 \(SE\) eu-west-1 \(IE\) eu-west-3 \(FR\), as of 2025-12\* +nothing, as of 2026-10-18$/,
  );
  expect(row('openai.gpt-oss-20b-1:0')).toMatch(/ text +eu-central-1 +where it is called, as of 2026-04-20\* +nothing/);
  expect(row('amazon.titan-embed-image-v1')).toMatch(/ embedding \(not served\) /);
  expect(rows.at(-1)).toMatch(/^\* from a fact that is older than its kind allows/);
  expect(rows.join()).not.toMatch(/global\.|us\.|eu-west-2/);
});

test('a model that Regions serve themselves has one row for all of them', () => {
  const rows = printed()
    .split('\n')
    .filter((line) => line.startsWith('amazon.titan-embed-text-v2:0 '));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('eu-central-1 eu-north-1 eu-south-1 eu-west-1 eu-west-3');
});

test('what is old is marked by the day it is asked', () => {
  const stale = (day: string) =>
    allowedModels(eu, 'eu-central-1', new Date(day)).filter(({ keeps }) => keeps.stale).length;
  expect(stale('2026-11-24')).toBe(0);
  expect(stale('2027-12-01')).toBeGreaterThan(10);
});

test('as JSON the same, for programs', () => {
  const { boundary, region, models: list } = JSON.parse(printed('--format', 'json', '--region', 'eu-west-1'));
  expect([boundary, region]).toEqual(['eu', 'eu-west-1']);
  expect(list.find(({ id }: { id: string }) => id === 'cohere.embed-v4:0')).toEqual({
    admitted: null,
    id: 'cohere.embed-v4:0',
    modelId: 'cohere.embed-v4:0',
    kind: 'embedding',
    served: true,
    routes: [{ from: ['eu-west-1'], processedIn: ['eu-west-1'] }],
    routesAsOf: expect.any(String),
    routesStale: expect.any(Boolean),
    keeps: { what: 'nothing', days: 0, by: null, mayServeProjects: true, asOf: '2026-10-18', stale: false },
  });
});

test.each(eu.regionCodes('aws'))('as YAML for %s it can be pasted into a residency.yaml', (region) => {
  const yaml = printed('--format', 'yaml', '--region', region);
  const names = [...yaml.matchAll(/^ {2}- id: (\S+)$/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(0);
  const text = (list: readonly (string | undefined)[]) =>
    `boundary: eu\nname: exemple\nregions: { primary: ${region} }\n${yaml}\nprojects:\n  - { id: all, models: [${list.join(', ')}] }\nalerts: { none: a test }\n`;
  const kept = yaml.split(/^ {2}- id: /m).filter((part) => part.includes('not for projects'));
  const forProjects = names.filter((name) => !kept.some((part) => part.startsWith(`${name}\n`)));
  const { deployment } = readConfig(text(forProjects), 'residency.yaml');
  expect(deployment?.models.map(({ id }) => id)).toEqual(names);
  const unkept = deployment?.models.filter(({ destinations }) =>
    destinations.every(({ modelId }) => mayServeWithoutRetention(PACKAGED, modelId).inside),
  );
  expect(unkept?.map(({ id }) => id)).toEqual(forProjects);
});

test('a Region without a model in the facts has a message', () => {
  expect(printed('--region', 'eusc-de-east-1')).toBe(
    '# the facts contain no model that stays inside the EU from eusc-de-east-1',
  );
});

describe('as YAML without a Region', () => {
  const called = (files: Readonly<Record<string, string>>, ...args: string[]) => {
    const before = process.cwd();
    process.chdir(folder(files));
    try {
      return printed('--format', 'yaml', ...args).split('\n')[0];
    } finally {
      process.chdir(before);
    }
  };
  const header = (inside: string, region: string) =>
    `# Inside ${inside}, called from ${region}. Remove the models that you don't want.`;

  test('it is for the primary Region and the boundary of residency.yaml, even if that file is incomplete', () => {
    const config = 'boundary: [FR]\nregions: { primary: eu-west-3 }\nmodels:\n';
    expect(called({ 'residency.yaml': config })).toBe(header('FR', 'eu-west-3'));
    expect(called({ 'residency.yaml': config }, '--boundary', 'eu')).toBe(header('the EU', 'eu-west-3'));
    expect(called({ 'residency.yaml': config }, '--boundary', 'DE')).toBe(header('DE', 'eu-central-1'));
    expect(called({ 'campus.yaml': config }, '--config', 'campus.yaml')).toBe(header('FR', 'eu-west-3'));
  });

  test.each([
    ['no residency.yaml', {}],
    ['a primary Region outside the boundary', { 'residency.yaml': 'boundary: eu\nregions: { primary: eu-west-2 }\n' }],
    ['a file without Regions', { 'residency.yaml': 'boundary: eu\n' }],
  ])('with %s it is for the Region that can call the most models', (_, files) => {
    expect(called(files)).toBe(header('the EU', 'eu-west-1'));
  });
});

test('the boundary of a configuration that is named applies to the table too', () => {
  const file = path.join(folder({ 'residency.yaml': 'boundary: [FR]\n' }), 'residency.yaml');
  expect(printed('--config', file)).toContain('eu-west-3');
  expect(printed('--config', file)).not.toContain('eu-central-1');
});

test.each<[string[], RegExp]>([
  [['--boundary', 'us'], /^--boundary: /],
  [['--region', 'eu-west-2'], /^--region: 'eu-west-2' is in London \(GB\), outside the EU/],
  [['--format', 'yml'], /^--format: found 'yml'; allowed: table, yaml, json; did you mean 'yaml'\?/],
  [['--config', 'none.yaml'], /^--config: there is no file 'none\.yaml'$/],
  [['--width', '40'], /^--width: found '40'; allowed: a number of columns from 80 to 99999$/],
  [['extra'], /Unexpected argument 'extra'/],
])('%j is refused', (args, message) => {
  expect(() => models(args, NOW)).toThrow(message);
});

test.each([
  ['a misspelled boundary', 'boundary: euu\n', /--config: .*residency\.yaml: boundary: .*got 'euu'/],
  ['a country that is none', 'boundary: [DE, FRR]\n', /--config: .*residency\.yaml: boundary: .*'FRR'/],
  ['broken YAML', 'boundary: [DE\n', /--config: .*residency\.yaml:\d+:\d+: /],
])('%s in --config is refused, never replaced by the EU', (_, text, message) => {
  const file = path.join(folder({ 'residency.yaml': text }), 'residency.yaml');
  expect(() => models(['--config', file])).toThrow(message);
});
