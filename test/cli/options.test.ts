import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { changed } from '../releases/support/json';
import { CLEAN, checkIn, folder, LEAK, OPEN, template } from './support';

const FRANKFURT = ['--region', 'eu-central-1'];
const root = folder({
  'clean.json': CLEAN,
  'leak.json': LEAK,
  'second-leak.json': LEAK,
  'open.json': OPEN,
  'paris.json': template('AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: 'eu-west-3' }] }),
  'host.json': template('AWS::Events::ApiDestination', { InvocationEndpoint: 'https://api.example.de/v1' }),
  'residency.yaml': 'boundary: [DE]\n',
  'wrong.yaml': 'boundary: XX\n',
  'places.yaml':
    'places: [{ host: "*.example.de", country: DE, reason: ours }, { type: AWS::Events::ApiDestination, country: DE, reason: ours }]\n',
  'exceptions.yaml':
    'exceptions: [{ rule: place-outside, file: leak.json, reason: tested, approver: dpo, expires: 2999-01-01 }]\n',
  'expired.yaml':
    'exceptions: [{ rule: place-outside, file: leak.json, reason: tested, approver: dpo, expires: 2000-01-01 }]\n',
});
const run = (...args: string[]) => checkIn(root, ...args);
const json = (...args: string[]) => JSON.parse(run('--format', 'json', ...args).out);

// biome-ignore format: one row a line
test.each<[string[], number]>([
  [['clean.json', ...FRANKFURT], 0],
  [['leak.json', ...FRANKFURT], 1],
  [['clean.json', 'leak.json', ...FRANKFURT], 1],
  [['clean.json'], 1],
  [['clean.json', '--region', 'us-east-1'], 1],
  [['clean.json', '--region', 'eu-west-1', '--region', 'us-east-1'], 1],
  [['clean.json', '--region', 'eu-west-1,eu-west-3'], 0],
  [['clean.json', '--region', 'eu-west-3', '--boundary', 'FR'], 0],
  [['clean.json', '--region', 'eu-west-3', '--boundary', 'DE,IE'], 1],
  [['clean.json', '--region', 'eu-west-3', '--boundary', 'eea'], 0],
  [['open.json', ...FRANKFURT], 1],
  [['open.json', ...FRANKFURT, '--unresolved', 'warn'], 0],
  [['leak.json', ...FRANKFURT, '--unresolved', 'warn'], 1],
  [['leak.json', ...FRANKFURT, '--min-level', 'block'], 1],
  [['open.json', ...FRANKFURT, '--min-level', 'block'], 1],
  [['paris.json', ...FRANKFURT], 0],
  [['paris.json', ...FRANKFURT, '--config', 'residency.yaml'], 1],
  [['leak.json', ...FRANKFURT, '--exceptions', 'exceptions.yaml'], 0],
  [['leak.json', ...FRANKFURT, '--exceptions', 'expired.yaml'], 1],
  [['clean.json', ...FRANKFURT, '--exceptions', 'exceptions.yaml'], 0],
  [['*.json', ...FRANKFURT], 1],
  [['{clean,paris}.json', ...FRANKFURT], 0],
  [['missing.json', ...FRANKFURT], 2],
  [['missing.json', 'leak.json', ...FRANKFURT], 2],
  [['none/*.json', ...FRANKFURT], 2],
])('check %j ends with %d', (args, code) => {
  expect(run(...args).code).toBe(code);
});

test('the JSON has the keys and types of version 0.1.0', () => {
  const { out } = run(
    'leak.json',
    'second-leak.json',
    ...FRANKFURT,
    '--exceptions',
    'exceptions.yaml',
    '--format',
    'json',
  );
  expect(changed('check', out)).toEqual([]);
});

test('one run writes several reports, each as --format prints it, also if an input cannot be read', () => {
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const args = ['leak.json', 'missing.json', ...FRANKFURT];
  const { code, out } = run(...args, '--report', 'sarif=out=1.sarif', '--report=junit=out.xml');
  expect([code, out]).toEqual([2, run(...args).out]);
  expect(read('out=1.sarif')).toBe(`${run(...args, '--format', 'sarif').out}\n`);
  expect(read('out.xml')).toBe(`${run(...args, '--format', 'junit').out}\n`);
});

test('a report that cannot be written fails a check that finds nothing', () => {
  const { code, err } = run('clean.json', ...FRANKFURT, '--report', 'json=none/a.json');
  expect(err).toContain("--report: the json report can't be written (ENOENT); name a file in a folder that exists");
  expect(code).toBe(2);
});

// biome-ignore format: one row a line
test.each<[string[], string]>([
  [['--boundary', 'XX'], "--boundary: a boundary may contain only EEA countries, got 'XX'"],
  [['--boundary', 'EU'], "in upper case; or use 'eu' or 'eea'"],
  [['--boundary', ''], '--boundary: a boundary may contain only EEA countries'],
  [['--region', 'us-east-9'], "--region: found 'us-east-9', which isn't a known Region"],
  [['--format', 'xml'], "--format: found 'xml'; allowed: pretty, json, sarif, junit, github, gitlab, markdown"],
  [['--format', 'sarfi'], "did you mean 'sarif'?"],
  [['--report', 'residency.sarif'], "--report: needs a format and a file, such as 'sarif=residency.sarif'"],
  [['--report', 'sarif='], '--report: needs a format and a file'],
  [['--report', 'pretty=a.txt'], "--report: found 'pretty'; allowed: json, sarif, junit, github, gitlab, markdown"],
  [['--report', 'json=a.json', '--write-baseline'], '--report and --write-baseline exclude each other'],
  [['--unresolved', 'pass'], "--unresolved: found 'pass'; allowed: block, warn"],
  [['--min-level', 'error'], "--min-level: found 'error'; allowed: block, unresolved, info"],
  [['--bundary', 'eu'], "there is no option '--bundary'; did you mean '--boundary'?"],
  [['--verbose'], "there is no option '--verbose'"],
  [['--region'], '--region'],
  [['--config', 'residency.yaml', '--boundary', 'eu'], 'the boundary is given twice, by --boundary and by residency.yaml; omit --boundary'],
  [['--config', 'wrong.yaml'], "wrong.yaml:1:11: boundary: found 'XX'"],
  [['--config', 'none.yaml'], 'none.yaml: there is no such file'],
  [['--exceptions', 'none.yaml'], 'none.yaml: there is no such file'],
  [['--exceptions', 'residency.yaml'], "residency.yaml:1:1: boundary: isn't a known key"],
  [['--baseline', 'none.json'], "--baseline: none.json: the file doesn't exist; write it with '--write-baseline'"],
  [['--baseline', 'leak.json'], "--baseline: leak.json: isn't a baseline, because it has no list 'findings'"],
  [['--baseline', 'places.yaml'], "places.yaml: isn't JSON, so it isn't a baseline"],
  [['--baseline', 'a.json', '--write-baseline', 'a.json'], '--baseline and --write-baseline exclude each other'],
  [['--write-baseline', 'leak.json'], "--write-baseline: leak.json: isn't a baseline"],
  [['--grow'], '--grow applies to --write-baseline only'],
])('the command line %j is off: %s', (args, message) => {
  const { code, err, out } = run('clean.json', ...FRANKFURT, ...args);
  expect(err).toContain(message);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});

test('what follows -- is a path, even if it looks like an option', () => {
  const named = ['--write-baseline=x/template.json', '--exceptions=y/template.yaml', '--none/template.json'];
  const staged = folder(Object.fromEntries(named.map((name) => [name, LEAK])));
  const { code, out } = checkIn(staged, ...FRANKFURT, '--format', 'json', '--', ...named);
  expect(code).toBe(1);
  expect(JSON.parse(out).files.map(({ file }: { file: string }) => file)).toEqual(named);
  expect(readdirSync(staged).sort()).toEqual([...named].map((name) => name.split('/')[0]).sort());
  expect(checkIn(staged, ...FRANKFURT, '--', '--write-baseline').err).toContain(
    '--write-baseline: not checked: there is no such file',
  );
});

test('cdk.out is checked when no path is given', () => {
  expect(run().err).toBe(
    "cdk.out: not checked: there is no such file or folder; run 'cdk synth' first, or name the files to read",
  );
});

test('a place that is declared is no finding, and no exception either', () => {
  const rules = json('host.json', ...FRANKFURT).findings.map(({ rule }: { rule: string }) => rule);
  expect(rules).toEqual(['host-unknown']);
  expect(json('host.json', ...FRANKFURT, '--exceptions', 'places.yaml')).toMatchObject({
    findings: [],
    exceptions: [],
  });
});

test('--min-level hides what is less grave, and the summary still counts it', () => {
  const { findings, summary } = json('open.json', 'leak.json', ...FRANKFURT, '--min-level', 'block');
  expect(findings.map(({ level }: { level: string }) => level)).toEqual(['block']);
  expect(summary).toMatchObject({ block: 1, unresolved: 1 });
  expect(run('open.json', 'leak.json', ...FRANKFURT, '--min-level', 'block').out).toContain(
    '1 block, 1 unresolved, 0 info; 1 below --min-level not shown',
  );
});

test('a file that is named twice is read once', () => {
  expect(json('clean.json', './clean.json', 'cl*.json', ...FRANKFURT).files).toHaveLength(1);
});

test('--config and --exceptions hold together', () => {
  const report = json('leak.json', ...FRANKFURT, '--config', 'residency.yaml', '--exceptions', 'exceptions.yaml');
  expect(report.boundary).toBe('DE');
  expect(report.exceptions).toEqual([
    {
      rule: 'place-outside',
      stack: null,
      file: 'leak.json',
      logicalId: null,
      type: null,
      property: null,
      value: null,
      types: null,
      reason: 'tested',
      approver: 'dpo',
      expires: '2999-01-01',
      findings: 2,
    },
  ]);
});

test('an exception holds for a file whichever way it is named', () => {
  for (const name of ['leak.json', './leak.json', `${root}/leak.json`, 'l*.json']) {
    expect(run(name, ...FRANKFURT, '--exceptions', 'exceptions.yaml').code).toBe(0);
  }
});

test('a CloudFront distribution for public assets, with its certificate in us-east-1, is possible', () => {
  const answers = 'reason: public images only, approver: dpo, expires: 2999-01-01';
  const site = folder({
    'cdk.out/manifest.json': {
      version: '36.0.0',
      artifacts: {
        Site: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://111122223333/eu-central-1',
          properties: { templateFile: 'Site.json' },
        },
        Edge: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://111122223333/us-east-1',
          properties: { templateFile: 'Edge.json' },
        },
      },
    },
    'cdk.out/Site.json': template('AWS::CloudFront::Distribution', {
      DistributionConfig: { Enabled: true, PriceClass: 'PriceClass_100' },
    }),
    'cdk.out/Edge.json': template('AWS::CertificateManager::Certificate', { DomainName: 'www.example.eu' }),
    'exceptions.yaml': `exceptions:
  - { rule: edge-type, stack: Site, logicalId: Subject, type: AWS::CloudFront::Distribution, ${answers} }
  - { rule: stack-region, stack: Edge, types: [AWS::CertificateManager::Certificate], ${answers} }
`,
  });
  expect(checkIn(site).code).toBe(1);
  const { code, out } = checkIn(site, '--exceptions', 'exceptions.yaml');
  expect(out).toContain('2 exceptions used:');
  expect(code).toBe(0);
});
