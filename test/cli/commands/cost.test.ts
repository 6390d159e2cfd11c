import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cost } from '@/lib/cli/commands/cost';
import { requestMetrics } from '@/lib/cli/cost/request-metrics';
import { folder } from '../support';

const NOW = new Date('2026-11-30');
const SAMPLE = path.join(__dirname, '../../releases/0.1.0/templates/sample');

/** A cloud assembly of stacks. */
function assembly(stacks: Readonly<Record<string, object>>, account = 'unknown-account'): string {
  const root = folder({});
  const artifacts = Object.fromEntries(
    Object.entries(stacks).map(([name, template]) => {
      writeFileSync(path.join(root, `${name}.json`), JSON.stringify(template));
      const properties = { templateFile: `${name}.json` };
      return [name, { type: 'aws:cloudformation:stack', environment: `aws://${account}/eu-central-1`, properties }];
    }),
  );
  writeFileSync(path.join(root, 'manifest.json'), JSON.stringify({ version: '36.0.0', artifacts }));
  return root;
}
const KEY = { Type: 'AWS::KMS::Key', Properties: { Tags: [{ Key: 'residency:tenant', Value: 'workspace/a' }] } };
const ONE = { Resources: { Key: KEY } };
const TWO = { Resources: { Key: KEY, Other: KEY } };

function printed(args: readonly string[], synthesize?: Parameters<typeof cost>[2]): string {
  const lines: string[] = [];
  const spy = jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  try {
    expect(cost(args, NOW, synthesize)).toBe(0);
  } finally {
    spy.mockRestore();
  }
  return lines.join('\n');
}

test('a cloud assembly is priced by its templates', () => {
  expect(printed([assembly({ One: ONE })])).toMatch(
    /^workspace\/a +eu-central-1 +KMS keys +1 key +\$1\.00 per key +\$1\.00\n\nFixed part of workspace\/a: \$1\.00 per month\nFixed part: \$1\.00 per month\n/m,
  );
});

describe('the assemblies of several accounts', () => {
  const SCIENCES = assembly({ One: ONE }, '111122223333');
  const LAW = assembly({ One: TWO }, '222233334444');

  test('are one bill, in which a tenant begins with its account', () => {
    const out = printed([SCIENCES, LAW]);
    expect(out).toContain('\nFixed part of 111122223333/workspace/a: $1.00 per month\n');
    expect(out).toContain('\nFixed part of 222233334444/workspace/a: $2.00 per month\n');
    expect(out).toContain('\nFixed part: $3.00 per month\n');
    expect(printed([SCIENCES, LAW, '--format', 'csv'])).toContain(
      '\n222233334444/workspace/a,fixed,eu-central-1,KMS keys,2,',
    );
  });

  const samples = () => {
    const stacks = ['foundation', 'projects', 'workspace-sciences'].map((name) => `exemple-${name}`);
    const templates = Object.fromEntries(stacks.map((name) => [name, require(path.join(SAMPLE, `${name}.json`))]));
    return ['111122223333', '222233334444'].map((account) => assembly(templates, account));
  };

  test('share the free users of Cognito', () => {
    const billed = (paths: readonly string[]) =>
      printed([...paths, '--members', '10000', '--active', '100%', '--format', 'csv'])
        .split('\n')
        .filter((line) => /,users of /.test(line))
        .map((line) => Number(line.split(',')[9]));
    const accounts = samples();
    const [both, one] = [billed(accounts), billed(accounts.slice(0, 1))];
    // Each of two workspaces has 5,000 free users, and pays for 5,000 × $0.0055.
    expect([both, one]).toEqual([[27.5, 27.5], [0]]);
  });

  test('have the members of each, at the sum of what each costs', () => {
    const accounts = samples();
    const amount = (out: string, what: string) =>
      Number(new RegExp(`^${what}: \\$([\\d,.]+)`, 'm').exec(out)?.[1]?.replace(',', ''));
    const [both, one] = [printed(accounts), printed(accounts.slice(0, 1))];
    for (const what of ['Fixed part', 'Use without models', 'Total'])
      expect(amount(both, what)).toBeCloseTo(2 * amount(one, what), 2);
    expect(amount(one, 'Total')).toBeGreaterThan(50);
    expect(amount(both, 'For each member')).toBeCloseTo(amount(one, 'For each member'), 2);
  });

  test.each<[string, () => string[], RegExp]>([
    [
      'one without an account',
      () => [SCIENCES, assembly({ One: ONE })],
      /: its stacks must name one account .* found none; set 'account'/,
    ],
    [
      'one account twice',
      () => [SCIENCES, LAW, assembly({ One: ONE }, '111122223333')],
      /both assemblies of the account 111122223333/,
    ],
    [
      'a file',
      () => [SCIENCES, path.join(LAW, 'manifest.json')],
      /manifest\.json: several accounts are billed by their cloud assemblies/,
    ],
  ])('%s is refused', (_, paths, message) => {
    expect(() => cost(paths(), NOW)).toThrow(message);
  });

  test('one that can not be read is named, and there is no bill', () => {
    const [log, error] = [
      jest.spyOn(console, 'log').mockImplementation(),
      jest.spyOn(console, 'error').mockImplementation(),
    ];
    try {
      expect(cost([SCIENCES, folder({ 'a.txt': '' })], NOW)).toBe(2);
      expect(error).toHaveBeenCalledWith(expect.stringMatching(/: not read: it contains no manifest\.json/));
      expect(log).not.toHaveBeenCalled();
    } finally {
      log.mockRestore();
      error.mockRestore();
    }
  });
});

test('with --format csv, each line of a tenant is a row with its source', () => {
  expect(printed([assembly({ One: ONE }), '--format', 'csv'])).toContain(
    '\nworkspace/a,fixed,eu-central-1,KMS keys,1,keys,1,1,0,1.00,2026-09,aws-kms-pricing',
  );
});

test('euros come by the rate of the configuration', () => {
  const root = folder({ 'residency.yaml': `${CONFIG}currency: { EUR: 0.5, asOf: 2026-11-02 }\n` });
  const config = path.join(root, 'residency.yaml');
  const out = printed([assembly({ One: ONE }), '--config', config]);
  expect(out).toContain('Fixed part: $1.00 (€0.50) per month');
  expect(out).toContain('as of 2026-11-02: 0.5 for $1.');
});

const CONFIG = `boundary: eu
name: a
regions: { primary: eu-central-1 }
alerts: { none: a test }
models: [{ id: m, destinations: [{ bedrock: 'openai.gpt-oss-120b-1:0' }] }]
projects: [{ id: p, models: [m] }]
`;

test('a configuration is synthesized, and what a further workspace adds is the difference', () => {
  const config = path.join(folder({ 'residency.yaml': CONFIG }), 'residency.yaml');
  const made = mkdtempSync(path.join(tmpdir(), 'cost-'));
  cpSync(assembly({ One: ONE }), path.join(made, 'declared'), { recursive: true });
  cpSync(assembly({ One: TWO }), path.join(made, 'workspace'), { recursive: true });
  mkdirSync(path.join(made, 'without-recovery'));
  cpSync(assembly({ One: { Resources: {} } }), path.join(made, 'without-recovery'), { recursive: true });
  const out = printed([config], (file) => {
    expect(file).toBe(config);
    const without = { name: 'without-recovery', region: 'eu-west-1' } as const;
    return { folder: made, variants: [{ name: 'declared' }, { name: 'workspace' }, without] };
  });
  expect(out).toContain('\nA further workspace: $1.00 per month\n');
  expect(out).toContain('\nRecovery for all workspaces in eu-west-1, included above: $1.00 per month\n');
  expect(existsSync(made)).toBe(false);
});

test.each([
  ['egress-zone', 2, 'A second zone of the egress, with its firewall and NAT gateway: $1.00'],
  ['without-egress-zone', 3, 'A third zone of the egress, included above: $1.00'],
] as const)('%s: what zone %d of the egress adds is the difference', (name, zone, line) => {
  const config = path.join(folder({ 'residency.yaml': CONFIG }), 'residency.yaml');
  const made = mkdtempSync(path.join(tmpdir(), 'cost-'));
  const [before, after] = name === 'egress-zone' ? [ONE, TWO] : [TWO, ONE];
  cpSync(assembly({ One: before }), path.join(made, 'declared'), { recursive: true });
  cpSync(assembly({ One: after }), path.join(made, name), { recursive: true });
  const out = printed([config], () => ({ folder: made, variants: [{ name: 'declared' }, { name, zone }] }));
  expect(out).toContain(`\n${line} per month\n`);
});

test('an assembly that cannot be read is named, and exits with 2', () => {
  const error = jest.spyOn(console, 'error').mockImplementation(() => {});
  try {
    expect(cost([folder({ 'a.txt': '' })], NOW)).toBe(2);
    expect(error).toHaveBeenCalledWith(expect.stringMatching(/: not read: it contains no manifest\.json/));
  } finally {
    error.mockRestore();
  }
});

test.each<[string[], RegExp]>([
  [['a', 'b'], /^a: several accounts are billed by their cloud assemblies, and this isn't a folder; run 'cdk synth'/],
  [['--members', '-1'], /--members/],
  [['--members', '1.5'], /^--members: found '1\.5'; allowed: a whole number/],
  [['--active', '60'], /^--active: found '60'; allowed: a share such as 60%/],
  [['--active', '101%'], /^--active/],
  [['--format', 'xml'], /^--format/],
  [
    [path.join(folder({ 'a.yaml': 'boundary: eu\n' }), 'a.yaml')],
    /: declares only a boundary; add a workspace or a project$/,
  ],
  [['none'], /^none: there is no such file or folder; run 'cdk synth' to make an assembly/],
  [['none.yaml'], /^none\.yaml: there is no such file/],
  [['none.yaml', '--config', 'a.yaml'], /^--config applies to a cloud assembly only/],
])('%j is refused', (args, message) => {
  expect(() => cost(args, NOW)).toThrow(message);
});

test('requests send the metrics of one route and one model, and equal series count once', () => {
  const gateway = (tenant: string, model: string) => ({
    tenant,
    region: 'eu-central-1',
    models: { [model]: [] },
    isFederated: false,
    isLite: true,
  });
  const one = requestMetrics([gateway('workspace/a', 'fast')]);
  expect(one).toBeGreaterThanOrEqual(16);
  expect(requestMetrics([gateway('workspace/a', 'fast'), gateway('workspace/a', 'fast')])).toBe(one);
  expect(requestMetrics([gateway('workspace/a', 'fast'), gateway('workspace/a', 'large')])).toBeGreaterThan(one);
});

test('what 0.1.0 deployed for the sample, with its endpoint for logs, has a price', () => {
  const stacks = ['foundation', 'projects', 'workspace-sciences'].map((name) => `exemple-${name}`);
  const templates = Object.fromEntries(stacks.map((name) => [name, require(path.join(SAMPLE, `${name}.json`))]));
  // 3 endpoints in 2 zones: 6 × 730 × $0.012
  expect(printed([assembly(templates)])).toMatch(
    /interface endpoints +4,380 zone-hours +\$0\.012 per zone-hour +\$52\.56/,
  );
});
