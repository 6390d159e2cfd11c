import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { ResidencyGuard } from '@/lib/guard/cdk/residency-guard';
import { refusal, silently } from '../guard/cdk/guarded-app';
import { checkIn, folder } from './support';

const STACKS = 60;
const FINDINGS = 200;

/** Synthesizes the existing app: 200 tables that are replicated outside, spread over 60 stacks. */
function app(root: string, { fixed = false, more = 0, baseline = '' } = {}) {
  const cdk = new App({ outdir: path.join(root, 'cdk.out'), analyticsReporting: false });
  if (baseline !== '') ResidencyGuard.enforce(cdk, { baseline });
  const stacks = Array.from(
    { length: STACKS },
    (_, n) => new Stack(cdk, `Team${n}`, { env: { region: 'eu-central-1' } }),
  );
  const table = (n: number, region: string) =>
    new CfnGlobalTable(stacks[n % STACKS] as Stack, `Table${n}`, {
      attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
      keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
      replicas: [{ region: 'eu-central-1' }, { region }],
    });
  for (let n = 0; n < FINDINGS; n++) table(n, fixed && n === 0 ? 'eu-west-1' : 'us-east-1');
  for (let n = 0; n < more; n++) table(FINDINGS + n, 'us-east-1');
  return cdk;
}

const rows = (root: string) =>
  JSON.parse(readFileSync(path.join(root, 'residency-baseline.json'), 'utf8')).findings.length;

test('an app of 60 stacks with 200 old findings is guarded in two commands', () => {
  const root = folder();
  app(root).synth();
  expect(checkIn(root).code).toBe(1);

  expect(checkIn(root, '--write-baseline', 'cdk.out')).toMatchObject({
    code: 0,
    err: "residency-baseline.json: 200 rows written; use it with 'eu-residency check --baseline residency-baseline.json'",
  });
  const guarded = checkIn(root, '--baseline', 'residency-baseline.json');
  expect(guarded).toMatchObject({ code: 0, err: '' });
  expect(guarded.out).toContain('200 known findings let pass by the baseline');
  expect(rows(root)).toBe(200);
  const baseline = path.join(root, 'residency-baseline.json');

  // A new leak fails, in the command and at synth, and the baseline does not take it in.
  app(root, { more: 1 }).synth();
  const leaking = checkIn(root, '--baseline', 'residency-baseline.json');
  expect(leaking.code).toBe(1);
  expect(leaking.out).toContain('Team20/Table200');
  expect(leaking.out).toContain('1 block, 0 unresolved, 0 info; 200 known findings');
  const message = silently(() => refusal(app(root, { more: 1, baseline })));
  expect(message).toMatch(/^Residency: 1 finding: data could leave the EU/);
  app(root, { more: 1 }).synth();
  const refused = checkIn(root, '--write-baseline');
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('not written: 1 finding would be added to it; fix them, or add --grow');
  expect(rows(root)).toBe(200);

  // What is fixed is reported, and the file shrinks.
  app(root, { fixed: true }).synth();
  const fixed = checkIn(root, '--baseline', 'residency-baseline.json');
  expect(fixed.code).toBe(0);
  expect(fixed.out).toContain('info  baseline-unused');
  expect(checkIn(root, '--write-baseline=residency-baseline.json')).toMatchObject({
    code: 0,
    err: expect.stringContaining('199 rows written, 0 added, 1 removed'),
  });
  expect(rows(root)).toBe(199);
  silently(() => app(root, { fixed: true, baseline }).synth());
  expect(checkIn(root, '--baseline', 'residency-baseline.json').out).not.toContain('baseline-unused');

  // It grows on purpose only.
  app(root, { fixed: true, more: 2 }).synth();
  expect(checkIn(root, '--write-baseline', '--grow').err).toContain('201 rows written, 2 added, 0 removed');
});

test('reasons and last days that were added by hand stay, and a row past its last day blocks again', () => {
  const root = folder({
    'a.json': {
      Resources: { T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'us-east-1' }] } } },
    },
    'old.json': {
      version: 1,
      findings: [
        {
          ...{ rule: 'place-outside', stack: 'a.json', id: 'T', type: 'AWS::DynamoDB::GlobalTable' },
          ...{ path: '/Properties/Replicas/*/Region', value: 'us-east-1', reason: 'ticket 7', expires: '2000-01-01' },
        },
      ],
    },
  });
  const { code, out } = checkIn(root, 'a.json', '--region', 'eu-west-1', '--baseline', 'old.json');
  expect(code).toBe(1);
  expect(out).toContain('info  baseline-expired');
  checkIn(root, 'a.json', '--region', 'eu-west-1', '--write-baseline', 'old.json');
  expect(readFileSync(path.join(root, 'old.json'), 'utf8')).toContain('"reason":"ticket 7","expires":"2000-01-01"');
});

test('no baseline is written of inputs that could not all be read', () => {
  const root = folder({ 'a.json': { Resources: {} } });
  const { code, err } = checkIn(root, 'a.json', 'b.json', '--region', 'eu-west-1', '--write-baseline');
  expect(code).toBe(2);
  expect(err).toContain('residency-baseline.json: not written, because not every input could be read');
});

// biome-ignore format: one row a line
test.each<[string, unknown, string]>([
  ['a list', [], "isn't a baseline, because it has no list 'findings'"],
  ['another version', { version: 2, findings: [] }, 'version: found 2; allowed: 1'],
  ['a row that is text', { version: 1, findings: ['x'] }, 'findings[0]: found "x"; allowed: a mapping'],
  ['a row without rule', { version: 1, findings: [{ stack: 's' }] }, 'findings[0].rule: is missing'],
  ['a row with another key', { version: 1, findings: [{ rule: 'r', stack: 's', file: 'f' }] }, "findings[0].file: isn't a key of a row"],
  ['a count of nothing', { version: 1, findings: [{ rule: 'r', stack: 's', count: 0 }] }, 'findings[0].count: found 0; allowed: a whole number of at least 1'],
  ['a day in words', { version: 1, findings: [{ rule: 'r', stack: 's', expires: 'soon' }] }, "findings[0].expires: found 'soon'; allowed: a date such as 2027-06-30"],
  ['a value that is no text', { version: 1, findings: [{ rule: 'r', stack: 's', value: 1 }] }, 'findings[0].value: found 1; allowed: a string'],
])('a baseline that is %s is refused', (_, content, message) => {
  const root = folder({ 'a.json': { Resources: {} }, 'b.json': content });
  const { code, err } = checkIn(root, 'a.json', '--baseline', 'b.json');
  expect(err).toContain(`--baseline: b.json: ${message}`);
  expect(code).toBe(2);
});
