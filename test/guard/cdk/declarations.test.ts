import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { ResidencyDeclarations } from '@/lib/config/residency-declarations';
import { readAssembly } from '@/lib/guard/assembly/read-assembly';
import { ResidencyGuard } from '@/lib/guard/cdk/residency-guard';
import { checkInputs } from '@/lib/guard/check/check-inputs';
import { newBaseline } from '@/lib/guard/declarations/baseline';
import { writeBaseline } from '@/lib/guard/declarations/baseline-file';
import { freshFolder } from './fresh-folder';
import { manifests, refusal, silently } from './guarded-app';

const EU = { region: 'eu-central-1' };
const ANSWERS = 'reason: tested, approver: dpo@example.eu, expires: 2999-01-01';

const declared = (text: string) => {
  const file = path.join(freshFolder(), 'residency-exceptions.yaml');
  writeFileSync(file, text);
  return ResidencyDeclarations.fromFile(file);
};

function guarded(fill: (app: App) => void, props: Parameters<typeof ResidencyGuard.enforce>[1]) {
  const outdir = freshFolder();
  const app = new App({ outdir, analyticsReporting: false });
  const guard = ResidencyGuard.enforce(app, props);
  fill(app);
  return { app, outdir, guard };
}

const table = (stack: Stack, id = 'Table', region = 'us-east-1') =>
  new CfnGlobalTable(stack, id, {
    attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
    keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
    replicas: [{ region: 'eu-central-1' }, { region }],
  });

/** The output of a passing synth. */
function printed(app: App): string {
  const spy = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    app.synth();
    return spy.mock.calls.flat().join('\n');
  } finally {
    spy.mockRestore();
  }
}

test('an exception permits a finding, and the synth names its approver', () => {
  const declarations = declared(`exceptions: [{ rule: place-outside, stack: Chat, logicalId: Table, ${ANSWERS} }]`);
  const { app, outdir } = guarded((root) => table(new Stack(root, 'Chat', { env: EU })), { declarations });
  expect(printed(app)).toContain(
    "1 exception used:\n  the exception to 'place-outside' (stack Chat, logicalId Table): 1 finding, until 2999-01-01, approved by dpo@example.eu: tested",
  );
  expect(manifests(outdir)).toEqual(['manifest.json']);
});

test.each([
  ['is for nothing in the app', 'stack: Gone, ', ANSWERS, 'exception-unused'],
  ['has expired', 'stack: Chat, ', ANSWERS.replace('2999', '2000'), 'exception-expired'],
  ['has no reason', 'stack: Chat, ', ANSWERS.replace('tested', "''"), 'exception-incomplete'],
])('an exception that %s stops the synth', (_, place, answers, rule) => {
  const declarations = declared(`exceptions: [{ rule: place-outside, ${place}${answers} }]`);
  const { app, outdir } = guarded((root) => new Stack(root, 'Chat', { env: EU }), { declarations });
  expect(silently(() => refusal(app))).toContain(rule);
  expect(manifests(outdir)).toEqual([]);
});

test('a certificate stack passes in us-east-1, but no other resource in it does', () => {
  const text = `exceptions: [{ rule: stack-region, stack: Edge, types: [AWS::SQS::Queue], ${ANSWERS} }]`;
  const build = (extra: boolean) =>
    guarded(
      (root) => {
        const stack = new Stack(root, 'Edge', { env: { region: 'us-east-1' } });
        new CfnQueue(stack, 'Queue');
        if (extra) table(stack, 'Table', 'eu-west-1');
      },
      { declarations: declared(text) },
    );
  expect(printed(build(false).app)).toContain('[AWS::SQS::Queue]');
  expect(silently(() => refusal(build(true).app))).toContain('permits only AWS::SQS::Queue in it');
});

test('a Stage can have its own boundary', () => {
  const build = (region: string) =>
    guarded((root) => new Stack(new Stage(root, 'Germany'), 'Chat', { env: { region } }), {
      declarations: declared('boundaries: [{ stack: Germany, boundary: [DE] }]'),
    }).app;
  expect(() => build('eu-central-1').synth()).not.toThrow();
  expect(silently(() => refusal(build('eu-west-3')))).toContain('outside DE');
});

test('a nested stack inside the boundary passes, also in a Stage', () => {
  const { app, outdir } = guarded((root) => {
    for (const scope of [root, new Stage(root, 'Prod')]) {
      const nested = new NestedStack(new Stack(scope, 'Chat', { env: EU }), 'Nested');
      new CfnQueue(new NestedStack(nested, 'Deeper'), 'Queue');
    }
  }, {});
  expect(() => app.synth()).not.toThrow();
  const { templates, unreadable } = readAssembly(outdir);
  expect(unreadable).toEqual([]);
  expect(templates.map(({ stack }) => stack).sort()).toEqual([
    'Chat',
    'Chat/Nested',
    'Chat/Nested/Deeper',
    'Prod/Chat',
    'Prod/Chat/Nested',
    'Prod/Chat/Nested/Deeper',
  ]);
});

test('a baseline written by the command applies in the app, and only its findings pass', () => {
  const fill = (more?: string) => (root: App) => {
    const stack = new Stack(root, 'Chat', { env: EU });
    table(stack);
    table(new NestedStack(stack, 'Nested'));
    if (more !== undefined) table(stack, 'New', more);
  };
  const outdir = freshFolder();
  const old = new App({ outdir });
  fill()(old);
  old.synth();
  const { findings } = checkInputs(readAssembly(outdir), { boundary: ResidencyBoundary.eu(), deployRegions: [] });
  const baseline = path.join(freshFolder(), 'residency-baseline.json');
  writeBaseline(baseline, newBaseline(findings, []).rows);

  const { app, guard } = guarded(fill(), { baseline });
  expect(printed(app)).toContain(`the baseline permitted ${findings.length} known findings`);
  expect(guard.summary).toBe(`3 resources checked, 0 findings, ${findings.length} known from the baseline`);
  expect(guard._statement()).toBe(
    `3 resources checked, ${findings.length} known findings of the baseline; nothing else leaves the EU`,
  );
  const message = silently(() => refusal(guarded(fill('us-west-2'), { baseline }).app));
  expect(message).toContain('us-west-2');
  expect(message).not.toContain('us-east-1');
  const empty = guarded((root) => new Stack(root, 'Chat', { env: EU }), { baseline }).app;
  expect(printed(empty)).toContain('baseline-unused');
});

test('a missing baseline stops the app before it is built', () => {
  expect(() => guarded(() => undefined, { baseline: '/nowhere/b.json' })).toThrow(
    "/nowhere/b.json: the file doesn't exist; write it with '--write-baseline'",
  );
});
