import assert from 'node:assert/strict';
import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { ACCOUNT } from '../harness/emulator';
import { arnOfKey } from './arn';
import { type Context, FOUNDATION, WORKSPACE } from './context';

/** The roles that exercise users' rights, each with its permitted acts. Every other act is refused. */
const PERMITTED: Readonly<Record<string, readonly string[]>> = {
  Witness: ['read key records', 'certify'],
  Eraser: ['delete rows', 'delete objects', "delete members' keys"],
  Exporter: ['read objects', 'write exports', 'read key records'],
  Closer: ["delete the workspace's key", 'certify'],
  Admin: [],
  Confirm: [],
  Tend: [],
};

/** The emulator's IAM decisions for the roles that exercise rights: each may do its own acts, and none may do another role's. */
export async function rightsRoles({ report, aws, deployed }: Context): Promise<void> {
  const table = (under: string) =>
    `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/${deployed.one('AWS::DynamoDB::GlobalTable', under).physicalId}`;
  const bucket = (under: string) => `arn:aws:s3:::${deployed.one('AWS::S3::Bucket', under).physicalId}`;
  const files = bucket(WORKSPACE);
  const acts: Readonly<Record<string, readonly [action: string, resource: string]>> = {
    'read key records': ['dynamodb:GetItem', table(`${WORKSPACE}/BranchKeys`)],
    "delete members' keys": ['dynamodb:DeleteItem', table(`${WORKSPACE}/BranchKeys`)],
    'delete rows': ['dynamodb:BatchWriteItem', table(`${WORKSPACE}/Conversations`)],
    'read objects': ['s3:GetObject', `${files}/content/someone/x`],
    'delete objects': ['s3:DeleteObjectVersion', `${files}/content/someone/x`],
    'write exports': ['s3:PutObject', `${files}/exports/someone/x`],
    certify: ['s3:PutObject', `${bucket(`${FOUNDATION}/Evidence`)}/certificates/sciences/x`],
    "delete the workspace's key": ['kms:ScheduleKeyDeletion', arnOfKey(deployed, `${WORKSPACE}/Key`)],
    'call a model': ['bedrock:InvokeModel', 'arn:aws:bedrock:eu-central-1::foundation-model/openai.gpt-oss-120b-1:0'],
  };
  for (const [name, permitted] of Object.entries(PERMITTED)) {
    const role = deployed.one('AWS::IAM::Role', `${WORKSPACE}/Rights/${name}`).physicalId;
    await report.check(
      `rights: the role ${name} may ${permitted.join(', ') || 'use no content'}, and nothing else`,
      async () => {
        const allowed: string[] = [];
        for (const [act, [action, resource]] of Object.entries(acts)) {
          const { EvaluationResults } = await aws.iam.send(
            new SimulatePrincipalPolicyCommand({
              PolicySourceArn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
              ActionNames: [action],
              ResourceArns: [resource],
            }),
          );
          if (EvaluationResults?.[0]?.EvalDecision === 'allowed') allowed.push(act);
        }
        assert.deepEqual(allowed.sort(), [...permitted].sort());
      },
    );
  }
}
