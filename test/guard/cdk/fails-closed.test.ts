import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { App, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { ResidencyGuard } from '@/lib/guard/cdk/residency-guard';
import { ResidencyPlugin } from '@/lib/guard/cdk/residency-plugin';
import { EuResidencyChecks } from '@/lib/guard/nag/eu-residency-checks';
import { freshFolder } from './fresh-folder';
import { guardedApp, manifests, refusal, silently } from './guarded-app';

afterEach(() => jest.restoreAllMocks());

/** A construct tree that can't be read makes the guard itself throw. */
const breakTree = (app: App) =>
  jest.spyOn(app.node, 'findAll').mockImplementation(() => {
    throw new Error('tree broken');
  });

test('a pack that throws part-way reports a finding instead', () => {
  const app = new App({ outdir: freshFolder() });
  new Stack(app, 'S', { env: { region: 'eu-west-1' } });
  const pack = new EuResidencyChecks(app);
  breakTree(app);
  expect(pack.validateScope(app)).toMatchObject({
    success: false,
    violations: [{ ruleName: 'guard-failed', severity: 'fatal', description: expect.stringContaining('tree broken') }],
  });
});

test('the app checks again if CDK treats a throwing plugin as passed', () => {
  jest.spyOn(ResidencyPlugin.prototype, 'validate').mockImplementation(() => {
    throw new Error('plugin broken');
  });
  const outdir = freshFolder();
  const app = guardedApp((_, root) => new Stack(root, 'Us', { env: { region: 'us-east-1' } }), outdir);
  expect(silently(() => refusal(app))).toContain('stack-region');
  expect(manifests(outdir)).toEqual([]);
});

test('a guard that always throws withholds a clean app', () => {
  jest.spyOn(ResidencyPlugin.prototype, 'validate').mockImplementation(() => {
    throw new Error('plugin broken');
  });
  const outdir = freshFolder();
  const app = guardedApp(() => undefined, outdir);
  jest.spyOn(ResidencyPlugin.prototype, 'lastCheck', 'get').mockImplementation(() => {
    throw new Error('guard broken');
  });
  expect(silently(() => refusal(app))).toContain('the guard itself failed, so nothing was checked: guard broken');
  expect(manifests(outdir)).toEqual([]);
});

test('missing templates are findings', () => {
  const outdir = freshFolder();
  const app = guardedApp(() => undefined, outdir);
  app.synth();
  rmSync(path.join(outdir, 'Chat.template.json'));
  expect(new EuResidencyChecks(app).validateScope(app).violations.map((violation) => violation.ruleName)).toEqual([
    'template-readable',
  ]);
});

test('a nested template that cannot be read is a finding, and so is the resource that deploys it', () => {
  const outdir = freshFolder();
  const app = guardedApp((stack) => new CfnQueue(new NestedStack(stack, 'Nested'), 'Queue'), outdir);
  app.synth();
  const rules = () => new EuResidencyChecks(app).validateScope(app).violations.map(({ ruleName }) => ruleName);
  expect(rules()).toEqual([]);
  const nested = readdirSync(outdir).find((name) => name.endsWith('.nested.template.json')) as string;
  writeFileSync(path.join(outdir, nested), '[');
  expect(rules().sort()).toEqual(['nested-template', 'template-readable']);
});

test.each([
  [
    '/eu-central-1',
    '/us-east-1',
    "'Chat.template.json' would be deployed to us-east-1, but was checked for eu-central-1",
  ],
  [
    'Chat.template',
    'Other.template',
    "'Other.template.json' would be deployed to eu-central-1, but it belongs to no stack",
  ],
])('a manifest with another %s is a finding', (from, to, description) => {
  const outdir = freshFolder();
  const app = guardedApp(() => undefined, outdir);
  app.synth();
  const manifest = path.join(outdir, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll(from, to));
  expect(new EuResidencyChecks(app).validateScope(app).violations).toMatchObject([
    { ruleName: 'assembly-differs', description: expect.stringContaining(description) },
  ]);
});

test("an app refused by another plugin stays refused, with that plugin's reason", () => {
  const app = guardedApp((_, root) =>
    Validations.of(root).addPlugins({
      name: 'Other',
      validate: () => ({
        success: false,
        violations: [
          {
            ruleName: 'other',
            description: 'x',
            severity: 'error',
            violatingResources: [{ constructPath: 'Chat', locations: [] }],
          },
        ],
      }),
    }),
  );
  expect(silently(() => refusal(app))).toContain('ERROR x (Other)');
});

test("an app whose output can't be written is refused with that error", () => {
  const outdir = freshFolder();
  const app = guardedApp((stack) => stack.node.addValidation({ validate: () => ['a queue is missing'] }), outdir);
  expect(refusal(app)).toContain('[Chat] a queue is missing');
  expect(manifests(outdir)).toEqual([]);
});

test('one line guards an app of any class', () => {
  const outdir = freshFolder();
  const app = new App({ outdir });
  ResidencyGuard.enforce(app);
  new Stack(app, 'Us', { env: { region: 'us-east-1' } });
  expect(silently(() => refusal(app))).toContain('stack-region');
  expect(manifests(outdir)).toEqual([]);
});

test("a passed synth isn't reused for the next one, whose plugin fails", () => {
  const outdir = freshFolder();
  const app = guardedApp(() => undefined, outdir);
  app.synth();
  new Stack(app, 'Us', { env: { region: 'us-east-1' } });
  jest.spyOn(ResidencyPlugin.prototype, 'validate').mockImplementation(() => {
    throw new Error('plugin broken');
  });
  expect(silently(() => refusal({ synth: () => app.synth({ force: true }) }))).toContain('stack-region');
  expect(manifests(outdir)).toEqual([]);
});
