import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { App, Stack } from 'aws-cdk-lib/core';
import { AccessLog } from '@/lib/constructs/gateway/access-log';

const make = () => {
  const stack = new Stack(new App(), 'Api', { env: { account: '111122223333', region: 'eu-central-1' } });
  const encryptionKey = new kms.Key(stack, 'Key');
  const log = new AccessLog(stack, 'AccessLog', { encryptionKey, retention: logs.RetentionDays.ONE_MONTH });
  return { stack, log };
};

const variables = (): string[] => Object.values(JSON.parse(make().log.format.toString()));

test('the log has only these variables, because a new one is a decision about personal data', () => {
  expect(variables()).toEqual([
    '$context.requestId',
    '$context.extendedRequestId',
    '$context.requestTime',
    '$context.httpMethod',
    '$context.resourcePath',
    '$context.status',
    '$context.error.responseType',
    '$context.integration.status',
    '$context.responseLatency',
    '$context.integration.latency',
    '$context.responseLength',
    '$context.tlsVersion',
  ]);
});

test.each([
  ['the caller', 'identity'],
  ['claims or keys', 'authorizer'],
  ['names in the path', '$context.path'],
  ['messages that repeat the request', 'message'],
  ['headers, queries and bodies', '$input'],
])('no variable holds %s', (_, part) => {
  expect(variables().filter((variable) => variable.includes(part))).toEqual([]);
});

test('the log has the given key and a finite retention', () => {
  Template.fromStack(make().stack).hasResourceProperties('AWS::Logs::LogGroup', {
    KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
    RetentionInDays: 30,
  });
});

test("the stage gets the log group's ARN without a wildcard, whatever the app's flags", () => {
  const { stack, log } = make();
  expect(JSON.stringify(stack.resolve(log.destination.bind({} as never).destinationArn))).not.toContain('*');
});
