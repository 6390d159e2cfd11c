import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib/core';
import { LimitsPlugin } from '@/lib/app/limits-plugin';
import { ResidencyDeployment } from '@/lib/app/residency-deployment';

/** Synthesizes a deployment with a stack that has a bucket policy with a statement of this ID, and returns what is printed, and whether it failed. */
function synthesize(sid: string): { readonly printed: string; readonly failed: boolean } {
  const folder = mkdtempSync(path.join(tmpdir(), 'limits-'));
  const config = path.join(folder, 'residency.yaml');
  writeFileSync(config, 'boundary: eu\n');
  const app = ResidencyDeployment.fromFile({ config, outdir: path.join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Own', { env: { region: 'eu-central-1' } });
  const PolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Sid: sid, Effect: 'Deny', Action: 's3:*', Principal: '*', Resource: '*' }],
  };
  new CfnResource(stack, 'Policy', { type: 'AWS::S3::BucketPolicy', properties: { Bucket: 'b', PolicyDocument } });
  const lines: string[] = [];
  const spies = (['error', 'log', 'warn'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...line) => void lines.push(line.join(' '))),
  );
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(`${text}`) > 0);
  let failed = false;
  try {
    app.synth();
    failed = process.exitCode === 1;
  } catch (error) {
    failed = true;
    lines.push((error as Error).message);
  } finally {
    for (const spy of [...spies, write]) spy.mockRestore();
    process.exitCode = undefined;
  }
  return { printed: lines.join('\n'), failed };
}

test('what exceeds a limit of AWS is refused at synthesis, with the limit and the fix', () => {
  const { printed, failed } = synthesize('x'.repeat(20_480));
  expect(failed).toBe(true);
  expect(printed).toMatch(
    /Own, Policy: the bucket's policy has at least \d+ bytes, and AWS accepts no more than 20480/,
  );
  expect(printed).toMatch(/shorten it, or divide it between two resources/);
  expect(printed).not.toMatch(/residency\.yaml/);
});

test('what does not is accepted', () => {
  const { printed, failed } = synthesize('x'.repeat(100));
  expect(failed).toBe(false);
  expect(printed).not.toMatch(/AWS accepts no more/);
});

describe('the fix', () => {
  const app = new App();
  const stack = new Stack(app, 'Own');
  for (let nth = 0; nth <= 200; nth++) new CfnOutput(stack, `Output${nth}`, { value: 'v' });
  app.synth();
  const fixes = (declared: Stack[]) =>
    new LimitsPlugin(() => declared).validate({ templatePaths: [], stackTemplates: [], appConstruct: app }).violations;

  test("of a user's own stack is in the stack", () =>
    expect(fixes([])).toMatchObject([
      { description: expect.stringMatching(/^Own: .*201 outputs/), fix: 'divide the stack' },
    ]));

  test('of a declared one is in the file', () =>
    expect(fixes([stack])).toMatchObject([{ fix: expect.stringMatching(/second residency\.yaml/) }]));
});

test('a template that can’t be read names its stack', () => {
  const app = new App();
  new Stack(app, 'Own');
  const validate = () =>
    new LimitsPlugin(() => []).validate({ templatePaths: [], stackTemplates: [], appConstruct: app });
  expect(validate).toThrow(/^Own: /);
});
