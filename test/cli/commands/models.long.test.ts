import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import type { ProfileRow } from '@/lib/boundary/profile-row';
import { mayServeWithoutRetention } from '@/lib/boundary/retention';
import { models } from '@/lib/cli/commands/models';
import { readConfig } from '@/lib/config/load';
import { ON_DEMAND_MODELS } from '@/lib/facts/generated/on-demand-models';
import { PROFILES } from '@/lib/facts/generated/profiles';
import { REGIONS } from '@/lib/facts/generated/regions';
import { PACKAGED } from '@/lib/facts/packaged';
import { type AllowedModel, allowedModels } from '@/lib/report/models/allowed-models';
import { ENDING, modelsTable } from '@/lib/report/models/models-table';
import { modelsYaml } from '@/lib/report/models/models-yaml';
import { boundaryOn, model, profile } from '@/test/support/aged-facts';
import { changed } from '../../releases/support/json';
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
    const dated = boundary._withFacts(PACKAGED.at(() => NOW));
    const ids = [...PROFILES.map(({ id }) => id), ...ON_DEMAND_MODELS.map(({ modelId }) => modelId)];
    const allowed = REGIONS.flatMap(({ code }) =>
      ids.flatMap((id) => {
        const decision = decideDestination(dated, code, id);
        return decision.inside ? [`${id} ${code} ${decision.destination.regions.join()}`] : [];
      }),
    );
    expect(allowed.length).toBeGreaterThan(5);
    expect(listed.sort()).toEqual(allowed.sort());
  },
);

test('a row has the kind of a model, where it is called and processed, and what its provider retains', () => {
  const rows = printed('--region', 'eu-central-1').split('\n');
  expect(rows.find((line) => line.startsWith('MODEL'))).toMatch(
    /^MODEL OR PROFILE +KIND +LIFE +CALLED FROM +PROCESSED IN +PROVIDER RETAINS$/,
  );
  const row = (id: string) => rows.find((line) => line.startsWith(`${id} `));
  expect(row('eu.amazon.nova-lite-v1:0')).toMatch(
    / text +\S.* +eu-central-1 +eu-central-1 \(DE\) eu-north-1 \(SE\) eu-west-1 \(IE\) eu-west-3 \(FR\), as of [\d-]+\*? +nothing, as of [\d-]+$/,
  );
  expect(row('openai.gpt-oss-20b-1:0')).toMatch(
    / text +\S.* +eu-central-1 +where it is called, as of [\d-]+\*? +nothing/,
  );
  expect(row('amazon.titan-embed-image-v1')).toMatch(/ embedding \(not served\) /);
  expect(rows.join()).not.toMatch(/global\.|us\.|eu-west-2/);
});

test('a model that Regions serve themselves has one row for all of them', () => {
  const rows = printed('--region', 'all')
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
  const out = printed('--format', 'json', '--region', 'eu-west-1');
  expect(changed('models', out)).toEqual([]);
  const { boundary, region, models: list } = JSON.parse(out);
  expect([boundary, region]).toEqual(['eu', 'eu-west-1']);
  expect(list.find(({ id }: { id: string }) => id === 'cohere.embed-v4:0')).toEqual({
    admitted: null,
    id: 'cohere.embed-v4:0',
    modelId: 'cohere.embed-v4:0',
    kind: 'embedding',
    served: true,
    releasedAt: null,
    legacyFrom: null,
    endsAt: null,
    endsNotBefore: null,
    ending: false,
    price: null,
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
  const { deployment } = readConfig(text(forProjects), 'residency.yaml', undefined, [], (declared) =>
    declared._withFacts(PACKAGED.at(() => NOW)),
  );
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

describe('without --region', () => {
  const inFolder = <T>(files: Readonly<Record<string, string>>, act: () => T): T => {
    const before = process.cwd();
    process.chdir(folder(files));
    try {
      return act();
    } finally {
      process.chdir(before);
    }
  };
  const CONFIG = { 'residency.yaml': 'boundary: [FR, DE]\nregions: { primary: eu-west-3 }\n' };
  const callers = (...args: string[]): string[] => {
    const { models: list } = JSON.parse(printed('--format', 'json', ...args));
    return [...new Set<string>(list.flatMap(({ routes }: AllowedModel) => routes.flatMap(({ from }) => from)))].sort();
  };

  test('the primary Region and the boundary of residency.yaml apply, and the table says so', () => {
    inFolder(CONFIG, () => {
      expect(callers()).toEqual(['eu-west-3']);
      expect(callers('--region', 'all')).toEqual(['eu-central-1', 'eu-west-3']);
      const note =
        'Called from eu-west-3, the primary Region of residency.yaml. --region all lists what all Regions can call.';
      expect(printed().split('\n').at(-1)).toBe(note);
      expect(printed('--region', 'all')).not.toContain('the primary Region');
      expect(printed('--region', 'eu-west-3')).not.toContain('the primary Region');
    });
  });

  test('a primary Region outside the boundary that is asked for lists all of it', () => {
    expect(inFolder(CONFIG, () => callers('--boundary', 'SE'))).toEqual(['eu-north-1']);
  });

  test('no residency.yaml lists all Regions', () => {
    expect(inFolder({}, () => callers())).toEqual(eu.regionCodes('aws'));
  });
});

const LIVES = boundaryOn('2026-11-30', {
  models: [
    model('exemple.chat-1', { releasedAt: '2025-01-01', legacyFrom: '2026-06-01', endsAt: '2026-12-24' }),
    model('exemple.chat-2', { releasedAt: '2026-10-01', endsNotBefore: '2026-11-01' }),
    model('exemple.chat-3', { releasedAt: '2026-02-01', endsAt: '2027-12-01' }),
  ],
  profiles: [
    profile('eu.exemple.chat-1'),
    profile('eu.exemple.chat-3'),
    profile('eu.exemple.chat-2'),
    { ...profile('eu.exemple.chat-4'), asOf: '2026-06-01' },
  ],
  modelRetention: ['1', '2', '3', '4'].map((number) => ({
    modelId: `exemple.chat-${number}`,
    underNone: 'served',
    days: 0,
    keeper: null,
    what: 'nothing',
    source: 'test',
    asOf: '2026-11-30',
    confidence: 'high',
  })),
});
const own = (day: string, rows: readonly ProfileRow[] = []) =>
  allowedModels(LIVES, 'eu-central-1', new Date(day), rows).filter(({ modelId }) => modelId.startsWith('exemple.'));

test('the newest is first, and one that has ended isn’t listed', () => {
  const ids = (day: string) => own(day).map(({ modelId, ending }) => `${modelId.slice(13)}${ending ? '!' : ''}`);
  expect(ids('2026-11-30')).toEqual(['2', '3', '1!', '4']);
  expect(ids('2026-12-24')).toEqual(['2', '3', '4']);
  expect(ids('2027-08-03')).toEqual(['2', '3!', '4']);
  expect(ids('2027-12-01')).toEqual(['2', '4']);
});

test('a table of 80 columns shows each life, and the older facts apart', () => {
  const table = modelsTable(own('2026-11-30'), 80);
  expect(Math.max(...table.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  expect(table.split('\n').filter((line) => /^\S|LIFE/.test(line))).toEqual([
    'eu.exemple.chat-2',
    '  LIFE              since 2026-10-01, ends not before 2026-11-01',
    'eu.exemple.chat-3',
    '  LIFE              since 2026-02-01, ends 2027-12-01',
    'eu.exemple.chat-1',
    '  LIFE              since 2025-01-01, legacy from 2026-06-01, ends 2026-12-24!',
    'Not confirmed lately. *: from a fact that is older than its kind allows: check',
    "with the provider before you rely on it. Renew profiles with 'eu-residency facts",
    "verify --all --write', and the rest with a facts release ('eu-residency facts",
    "update FILE') or a newer version of this package.",
    'eu.exemple.chat-4',
    '!: the model is closed to new customers, or ends within 120 days. Name a newer',
    'one.',
  ]);
  expect(modelsTable(own('2026-11-30').slice(0, 2), 80)).not.toMatch(/[*!]/);
});

test('as YAML each life is a comment', () => {
  const yaml = modelsYaml(own('2026-11-30'), 'the EU', 'eu-central-1').split('\n');
  expect(yaml).toContain(
    '    # text; since 2025-01-01, legacy from 2026-06-01, ends 2026-12-24!; the provider retains nothing, as of 2026-11-30 in facts release 1',
  );
  expect(yaml).toContain('    # text; the provider retains nothing, as of 2026-11-30 in facts release 1');
  expect(yaml.slice(-2)).toEqual([`# ${ENDING}`, expect.stringMatching(/^# \*: from a fact that is older/)]);
});

describe('a row of residency-facts.yaml', () => {
  const row = (regions: readonly string[], asOf: string): ProfileRow => ({
    id: 'eu.exemple.chat-4',
    sourceRegion: 'eu-central-1',
    regions,
    source: 'GetInferenceProfile',
    asOf,
    confidence: 'high',
  });
  const SAME = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'];
  const listed = (one: ProfileRow) => own('2026-11-30', [one]).find(({ id }) => id === one.id);

  test('renews the date of a profile that it confirms', () => {
    expect(listed(row(SAME, '2026-11-20'))).toMatchObject({ routesAsOf: '2026-11-20', routesStale: false });
    expect(listed(row(SAME, '2026-12-20'))).toMatchObject({ routesAsOf: '2026-06-01', routesStale: true });
  });

  test('adds a Region inside the boundary, and refuses one outside', () => {
    expect(listed(row([...SAME, 'eu-south-2'], '2026-11-20'))?.routes[0]?.processedIn).toContain('eu-south-2');
    expect(listed(row([...SAME, 'eu-west-2'], '2026-11-20'))).toBeUndefined();
  });

  test('is read from the folder of the configuration', () => {
    const rows =
      'profiles:\n  - { id: eu.amazon.nova-lite-v1:0, from: eu-central-1, regions: [eu-central-1, eu-west-2], source: GetInferenceProfile, asOf: 2026-11-20, confidence: high }\n';
    const config = 'boundary: eu\nregions: { primary: eu-central-1 }\n';
    const file = path.join(folder({ 'residency.yaml': config, 'residency-facts.yaml': rows }), 'residency.yaml');
    expect(printed('--config', file)).not.toContain('eu.amazon.nova-lite-v1:0');
    expect(printed('--region', 'eu-central-1')).toContain('eu.amazon.nova-lite-v1:0');
  });
});

test.each(eu.regionCodes('aws'))('nothing that is served from %s is of an unknown kind', (region) => {
  const served = allowedModels(eu, region, NOW).filter((one) => one.served);
  expect(served.length).toBeGreaterThan(0);
  expect(served.filter(({ kind }) => kind === null)).toEqual([]);
});

test('the boundary of a configuration that is named applies to the table too', () => {
  const file = path.join(folder({ 'residency.yaml': 'boundary: [FR]\n' }), 'residency.yaml');
  expect(printed('--config', file)).toContain('eu-west-3');
  expect(printed('--config', file)).not.toContain('eu-central-1');
});

test.each<[string[], RegExp]>([
  [['--boundary', 'us'], /^--boundary: /],
  [['--region', 'eu-west-2'], /^--region: 'eu-west-2' is in London \(GB\), outside the EU/],
  [
    ['--region', 'all', '--format', 'yaml'],
    /^--region: 'all' has no YAML, because a destination is called from one Region; name one$/,
  ],
  [['--format', 'yml'], /^--format: found 'yml'; allowed: table, yaml, json; did you mean 'yaml'\?/],
  [['--config', 'none.yaml'], /^--config: there is no file 'none\.yaml'$/],
  [['--config', '.'], /^\.: is a directory; name the file in it$/],
  [['--width', '40'], /^--width: found '40'; allowed: a number of columns from 80 to 99999$/],
  [['extra'], /Unexpected argument 'extra'/],
])('%j is refused', (args, message) => {
  expect(() => models(args, NOW)).toThrow(message);
});

test.each([
  ['a misspelled boundary', 'boundary: euu\n', /--config: .*residency\.yaml: boundary: .*got 'euu'/],
  ['a country that is none', 'boundary: [DE, FRR]\n', /--config: .*residency\.yaml: boundary: .*'FRR'/],
  ['a boundary under a misspelled key', 'bondary: [DE]\n', /--config: .*residency\.yaml: boundary: is missing; add it/],
  ['an empty file', '', /--config: .*residency\.yaml: boundary: is missing; add it/],
  ['broken YAML', 'boundary: [DE\n', /--config: .*residency\.yaml:\d+:\d+: /],
])('%s in --config is refused, never replaced by the EU', (_, text, message) => {
  const file = path.join(folder({ 'residency.yaml': text }), 'residency.yaml');
  expect(() => models(['--config', file])).toThrow(message);
});
