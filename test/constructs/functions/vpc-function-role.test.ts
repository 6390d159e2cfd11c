import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { vpcFunctionRole } from '@/lib/constructs/functions/vpc-function-role';

let template: Template;
beforeAll(() => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-central-1' } });
  vpcFunctionRole(stack, 'Role', 'a test');
  template = Template.fromStack(stack);
});

interface Statement {
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource: unknown;
}

const statements = (): Statement[] =>
  Object.values(template.findResources('AWS::IAM::Role'))[0]?.Properties.Policies[0].PolicyDocument.Statement;

test('the role can create network interfaces only in the account and Region of the stack', () => {
  expect(statements()[0]?.Resource).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:eu-central-1:111122223333:*/*']],
  });
});

test("the function's own code can't make Lambda's calls", () => {
  const allowed = statements()
    .filter((s) => s.Effect === 'Allow')
    .flatMap((s) => s.Action);
  expect(statements().at(-1)).toMatchObject({
    Effect: 'Deny',
    Action: expect.arrayContaining(allowed),
    Resource: '*',
    Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
  });
});

test("the role has no managed policy, because AWS's would allow every log group", () => {
  template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
});
