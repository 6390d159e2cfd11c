import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { ApiGatewayAccount } from '@/lib/constructs/gateway/api-gateway-account';

let template: Template;
beforeAll(() => {
  const stack = new Stack(new App(), 'Shared');
  new ApiGatewayAccount(stack, 'Account');
  template = Template.fromStack(stack);
});

test('API Gateway logs with its own role', () => {
  template.hasResourceProperties('AWS::ApiGateway::Account', {
    CloudWatchRoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AccountRole'), 'Arn'] },
  });
});

test('the role can only log', () => {
  const [role] = Object.values(template.findResources('AWS::IAM::Role'));
  const actions = role?.Properties.Policies[0].PolicyDocument.Statement.flatMap((s: { Action: string[] }) => s.Action);
  expect(actions.filter((action: string) => !action.startsWith('logs:'))).toEqual([]);
  expect(role?.Properties.ManagedPolicyArns).toBeUndefined();
});

test.each(['AWS::ApiGateway::Account', 'AWS::IAM::Role'])('%s is retained for other APIs of the account', (type) => {
  template.hasResource(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});
