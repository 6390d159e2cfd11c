import assert from 'node:assert/strict';
import { type ContextEntry, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { ACCOUNT } from '../harness/emulator';
import { type Context, PROJECTS, WORKSPACE } from './context';

const MODEL = 'anthropic.claude-sonnet-5';
const profile = (region: string, prefix: string) =>
  `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/${prefix}.${MODEL}`;
const model = (region: string) => `arn:aws:bedrock:${region}::foundation-model/${MODEL}`;
const via = (value: string): ContextEntry[] => [
  { ContextKeyName: 'bedrock:InferenceProfileArn', ContextKeyType: 'string', ContextKeyValues: [value] },
];

/** The emulator's IAM decisions for the gateways' roles: both may call models in the EU, and only the workspace's role may use its stores. */
export async function iamAccess({ report, aws, deployed }: Context): Promise<void> {
  const arnOfTable = (under: string) =>
    `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/${deployed.one('AWS::DynamoDB::GlobalTable', under).physicalId}`;
  const [conversations, members] = [`${WORKSPACE}/Conversations`, `${WORKSPACE}/BranchKeys`].map(arnOfTable) as [
    string,
    string,
  ];
  const files = `arn:aws:s3:::${deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId}`;
  for (const under of [WORKSPACE, PROJECTS]) {
    const role = deployed.one('AWS::IAM::Role', `${under}/Gateway/Gateway`).physicalId;
    const isAllowed = async (action: string, resource: string, context: ContextEntry[] = []) => {
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
    await report.check(`${under}: its role may invoke the profile, and the profile's models through it`, async () => {
      assert.ok(await isAllowed(invoke, profile('eu-central-1', 'eu')));
      assert.ok(await isAllowed(invoke, model('eu-west-1'), via(profile('eu-central-1', 'eu'))));
    });
    await report.check(`${under}: its role may not invoke a model outside the EU or without the profile`, async () => {
      assert.ok(!(await isAllowed(invoke, profile('us-east-1', 'us'))), 'a profile of us-east-1');
      assert.ok(!(await isAllowed(invoke, profile('eu-west-2', 'eu'))), 'an eu. profile called from London');
      assert.ok(!(await isAllowed(invoke, profile('eu-central-1', 'global'))), 'a global profile');
      assert.ok(
        !(await isAllowed(invoke, model('us-east-1'), via(profile('eu-central-1', 'eu')))),
        'a model of us-east-1',
      );
      assert.ok(!(await isAllowed(invoke, model('eu-west-1'))), 'a model without the profile');
    });
    const isWorkspace = under === WORKSPACE;
    await report.check(
      `${under}: its role ${isWorkspace ? "may use the workspace's conversations and files" : 'may use no conversation and no file'}`,
      async () => {
        assert.equal(await isAllowed('dynamodb:PutItem', conversations), isWorkspace);
        assert.equal(await isAllowed('s3:PutObject', `${files}/x`), isWorkspace);
        assert.equal(await isAllowed('dynamodb:GetItem', members), isWorkspace);
        assert.ok(!(await isAllowed('dynamodb:PutItem', members)), 'writing keys');
      },
    );
    await report.check(`${under}: its role may not scan a table, delete a key or change a store`, async () => {
      for (const action of ['dynamodb:Scan', 'dynamodb:UpdateTable', 'dynamodb:DeleteTable'])
        assert.ok(!(await isAllowed(action, conversations)), action);
      for (const action of ['dynamodb:DeleteItem', 'dynamodb:UpdateItem', 'dynamodb:Query', 'dynamodb:Scan'])
        assert.ok(!(await isAllowed(action, members)), action);
      for (const action of ['s3:PutBucketPolicy', 's3:PutLifecycleConfiguration', 's3:DeleteBucket'])
        assert.ok(!(await isAllowed(action, files)), action);
    });
  }
}
