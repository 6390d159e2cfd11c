import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Alias, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { templateSerializer } from '@/lib/testing';

function templateWith(code: string): Record<string, unknown> {
  const folder = mkdtempSync(path.join(tmpdir(), 'asset-'));
  writeFileSync(path.join(folder, 'index.js'), code);
  const stack = new Stack(new App(), 'Stack');
  const handler = new LambdaFunction(stack, 'Function', {
    code: Code.fromAsset(folder),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_22_X,
  });
  new Alias(stack, 'Live', { aliasName: 'live', version: handler.currentVersion });
  return Template.fromStack(stack).toJSON();
}

const plain = (value: unknown) => JSON.stringify(value, undefined, 2) ?? '';
/** Like jest, the printer applies the serializer again to the content. */
const printed = (value: unknown): string =>
  templateSerializer.test(value) ? templateSerializer.print(value, printed) : plain(value);

test('two versions of the code give one snapshot, which shows that there is an asset', () => {
  const [one, other] = [templateWith('exports.handler = 1'), templateWith('exports.handler = 2')];
  expect(JSON.stringify(one)).not.toBe(JSON.stringify(other));
  expect(printed(one)).toBe(printed(other));
  expect(printed(one)).toContain('<asset hash>.zip');
  expect(printed(one).match(/"FunctionCurrentVersion[0-9A-F]{8}<version hash>"/g)).toHaveLength(2);
  expect(printed(one)).not.toContain('BootstrapVersion');
});

test('a change of the deployed resources is visible', () => {
  const one = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } }, Parameters: { BootstrapVersion: {} } };
  const other = { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } } };
  expect(printed(one)).not.toBe(printed(other));
});

test('other values are printed unchanged', () => {
  for (const value of [
    null,
    1,
    'a'.repeat(64),
    [],
    { Resources: {} },
    { Type: 'x', Resources: { BootstrapVersion: 1 } },
  ]) {
    expect(printed(value)).toBe(plain(value));
  }
});
