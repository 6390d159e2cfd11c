import assert from 'node:assert/strict';
import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { ACCOUNT } from '../machine/emulator';
import { arnOfKey } from './arn';
import { type Context, FOUNDATION, WORKSPACE } from './context';

/** Who exercises rights of users, and the acts that each may do: every other act is refused to it. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  Witness: ['ask for keys', 'certify'],
  Eraser: ['delete rows', 'delete objects', 'end keys of members'],
  Exporter: ['read objects', 'write exports', 'ask for keys'],
  Closer: ["end the workspace's key", 'certify'],
  Admin: [],
  Tend: [],
};

/** What the emulator's IAM decides for the roles by which rights are exercised: each does its part, and none does another's. */
export async function rightsRoles({ report, aws, deployed }: Context): Promise<void> {
  const table = (under: string) =>
    `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/${deployed.one('AWS::DynamoDB::GlobalTable', under).physicalId}`;
  const bucket = (under: string) => `arn:aws:s3:::${deployed.one('AWS::S3::Bucket', under).physicalId}`;
  const files = bucket(WORKSPACE);
  const acts: Readonly<Record<string, readonly [action: string, resource: string]>> = {
    'ask for keys': ['dynamodb:GetItem', table(`${WORKSPACE}/BranchKeys`)],
    'end keys of members': ['dynamodb:DeleteItem', table(`${WORKSPACE}/BranchKeys`)],
    'delete rows': ['dynamodb:BatchWriteItem', table(`${WORKSPACE}/Conversations`)],
    'read objects': ['s3:GetObject', `${files}/content/someone/x`],
    'delete objects': ['s3:DeleteObjectVersion', `${files}/content/someone/x`],
    'write exports': ['s3:PutObject', `${files}/exports/someone/x`],
    certify: ['s3:PutObject', `${bucket(`${FOUNDATION}/Evidence`)}/certificates/sciences/x`],
    "end the workspace's key": ['kms:ScheduleKeyDeletion', arnOfKey(deployed, `${WORKSPACE}/Key`)],
    'call a model': ['bedrock:InvokeModel', 'arn:aws:bedrock:eu-central-1::foundation-model/openai.gpt-oss-120b-1:0'],
  };
  for (const [who, may] of Object.entries(MAY)) {
    const role = deployed.one('AWS::IAM::Role', `${WORKSPACE}/Rights/${who}`).physicalId;
    await report.check(
      `rights: ${who} may ${may.join(', ') || 'reach no content'}, and nothing of the others`,
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
        assert.deepEqual(allowed.sort(), [...may].sort());
      },
    );
  }
}
