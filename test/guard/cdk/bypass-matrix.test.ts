import { Stack, Stage, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { ResidencyPlugin } from '@/lib/guard/cdk/residency-plugin';
import { RULES } from '@/lib/guard/rules';
import { BYPASSES, override, table } from './bypasses';
import { freshFolder } from './fresh-folder';
import { guardedApp, manifests, refusal, silently } from './guarded-app';

test.each(BYPASSES)('%s is refused and leaves nothing to deploy', (_, fill) => {
  const outdir = freshFolder();
  const app = guardedApp(fill, outdir);
  expect(silently(() => refusal(app))).toMatch(
    /^Residency: \d+ findings?: data could leave the EU\. The cloud assembly is withheld/,
  );
  expect(manifests(outdir)).toEqual([]);
});

test('an app that stays inside the boundary passes, and its resources are counted', () => {
  const outdir = freshFolder();
  const app = guardedApp((stack) => table(stack, 'eu-west-1'), outdir);
  app.synth();
  expect(manifests(outdir)).toEqual(['manifest.json']);
  expect(app.checkedResources).toBe(1);
});

test('an app without stacks passes', () => {
  const app = guardedApp((stack, root) => root.node.tryRemoveChild(stack.node.id));
  expect(() => app.synth()).not.toThrow();
});

test('an acknowledgement on the app silences no rule', () => {
  const app = guardedApp((stack) => {
    table(stack, 'us-east-1');
    stack.addTransform('Macro');
    new Bucket(stack, 'B');
  });
  for (const { id } of RULES) {
    for (const name of [id, `EuResidency-${id}`, `EuResidency::${id}`])
      Validations.of(app).acknowledge({ id: name, reason: 'no' });
  }
  const message = silently(() => refusal(app));
  expect(message).toContain('place-outside');
  expect(message).toContain('template-transform');
});

test('a Stage synthesized on its own is withheld together with the app', () => {
  const outdir = freshFolder();
  const app = guardedApp((stack) => {
    const stage = new Stage(stack.node.root, 'Prod');
    new Stack(stage, 'Us', { env: { region: 'us-east-1' } });
    stage.synth();
  }, outdir);
  silently(() => refusal(app));
  expect(manifests(outdir)).toEqual([]);
});

test('an app that fails before its synth leaves nothing from an earlier run to deploy', () => {
  const outdir = freshFolder();
  guardedApp((stack) => table(stack, 'eu-west-1'), outdir).synth();
  expect(() =>
    guardedApp(() => {
      throw new Error('a mistake in the app');
    }, outdir),
  ).toThrow('a mistake');
  expect(manifests(outdir)).toEqual([]);
});

test("a message names the construct, the property, the value and the app's source line", () => {
  const message = silently(() => refusal(guardedApp((stack) => override(stack, 'us-east-1'))));
  expect(message).toContain('block  place-outside  Chat/Table (AWS::DynamoDB::GlobalTable)');
  expect(message).toMatch(/defined at test\/guard\/cdk\/bypasses\.ts:\d+:\d+/);
  expect(message).toContain('at: /Properties/Replicas/1/Region: us-east-1 (US)');
  expect(message).toMatch(/fix: Name a place inside/);
});

test('each finding is printed once: the CDK prints none of them', () => {
  const printed: string[] = [];
  const spy = jest.spyOn(console, 'error').mockImplementation((line) => void printed.push(String(line)));
  const validated = jest.spyOn(ResidencyPlugin.prototype, 'validate');
  const message = refusal(guardedApp((stack) => table(stack, 'us-east-1')));
  const told = validated.mock.results.map(({ value }) => value);
  validated.mockRestore();
  spy.mockRestore();
  expect(told).toEqual([{ success: true, violations: [] }]);
  expect(message.match(/place-outside {2}Chat\/Table/g)).toHaveLength(1);
  expect(printed.join()).not.toContain('place-outside');
});

test('a boundary of Germany refuses Paris', () => {
  const app = new ResidencyApp({ outdir: freshFolder(), boundary: ResidencyBoundary.countries('DE') });
  new Stack(app, 'Chat', { env: { region: 'eu-west-3' } });
  expect(silently(() => refusal(app))).toContain("'eu-west-3' is in Paris (FR), outside DE");
});
