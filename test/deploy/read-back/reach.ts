import assert from 'node:assert/strict';
import { type ContextEntry, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { ACCOUNT } from '../machine/emulator';
import { type Context, PROJECTS, WORKSPACE } from './context';

const MODEL = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const profile = (region: string, prefix: string) =>
  `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/${prefix}.${MODEL}`;
const model = (region: string) => `arn:aws:bedrock:${region}::foundation-model/${MODEL}`;
const via = (value: string): ContextEntry[] => [
  { ContextKeyName: 'bedrock:InferenceProfileArn', ContextKeyType: 'string', ContextKeyValues: [value] },
];

/** What the emulator's IAM decides for the gateways' roles: the models inside; stores, of the workspace's alone and of its own. */
export async function reach({ report, aws, deployed }: Context): Promise<void> {
  const arnOfTable = (under: string) =>
    `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/${deployed.one('AWS::DynamoDB::GlobalTable', under).physicalId}`;
  const [conversations, members] = [`${WORKSPACE}/Conversations`, `${WORKSPACE}/BranchKeys`].map(arnOfTable) as [
    string,
    string,
  ];
  const files = `arn:aws:s3:::${deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId}`;
  for (const under of [WORKSPACE, PROJECTS]) {
    const role = deployed.one('AWS::IAM::Role', `${under}/Gateway/Gateway`).physicalId;
    const decide = async (action: string, resource: string, context: ContextEntry[] = []) => {
      const { EvaluationResults } = await aws.iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
          ActionNames: [action],
          ResourceArns: [resource],
          ContextEntries: context,
        }),
      );
      return EvaluationResults?.[0]?.EvalDecision === 'allowed';
    };
    const invoke = 'bedrock:InvokeModelWithResponseStream';
    await report.check(`${under}: its role may invoke the profile, and its models by way of it`, async () => {
      assert.ok(await decide(invoke, profile('eu-central-1', 'eu')));
      assert.ok(await decide(invoke, model('eu-west-1'), via(profile('eu-central-1', 'eu'))));
    });
    await report.check(`${under}: its role may not invoke outside, or past the profile`, async () => {
      assert.ok(!(await decide(invoke, profile('us-east-1', 'us'))), 'a profile of us-east-1');
      assert.ok(!(await decide(invoke, profile('eu-west-2', 'eu'))), 'an eu. profile called from London');
      assert.ok(!(await decide(invoke, profile('eu-central-1', 'global'))), 'a global profile');
      assert.ok(
        !(await decide(invoke, model('us-east-1'), via(profile('eu-central-1', 'eu')))),
        'a model of us-east-1',
      );
      assert.ok(!(await decide(invoke, model('eu-west-1'))), 'a model past the profile');
    });
    const isWorkspace = under === WORKSPACE;
    await report.check(
      `${under}: its role ${isWorkspace ? 'uses the conversations and files of the workspace' : 'reaches no conversation and no file'}`,
      async () => {
        assert.equal(await decide('dynamodb:PutItem', conversations), isWorkspace);
        assert.equal(await decide('s3:PutObject', `${files}/x`), isWorkspace);
        assert.equal(await decide('dynamodb:PutItem', members), isWorkspace);
      },
    );
    await report.check(`${under}: its role scans no table, erases no key, and changes no store`, async () => {
      for (const action of ['dynamodb:Scan', 'dynamodb:UpdateTable', 'dynamodb:DeleteTable'])
        assert.ok(!(await decide(action, conversations)), action);
      for (const action of ['dynamodb:DeleteItem', 'dynamodb:UpdateItem', 'dynamodb:Query', 'dynamodb:Scan'])
        assert.ok(!(await decide(action, members)), action);
      for (const action of ['s3:PutBucketPolicy', 's3:PutLifecycleConfiguration', 's3:DeleteBucket'])
        assert.ok(!(await decide(action, files)), action);
    });
  }
}
