import assert from 'node:assert/strict';
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { findRegion } from '../../../lib/facts/region';
import type { Aws } from '../machine/aws';
import { ACCOUNT } from '../machine/emulator';
import { type Context, PROJECTS, WORKSPACE } from './context';
import { actions, resources, type Statement, statementsOf } from './policy';

const PROFILE = `arn:aws:bedrock:eu-central-1:${ACCOUNT}:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0`;

/** The gateways' roles: for Lambda alone, with models by ARN inside, and no store in a project's reach. */
export async function roles({ report, aws, deployed }: Context): Promise<void> {
  for (const under of [WORKSPACE, PROJECTS]) {
    const role = deployed.one('AWS::IAM::Role', `${under}/Gateway/Gateway`).physicalId;
    await report.check(`${under}: only Lambda assumes the gateway's role`, async () => {
      const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: role }));
      const document = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''));
      assert.deepEqual(document.Statement, [
        { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
      ]);
    });
    await report.check(`${under}: no managed policy widens it`, async () => {
      const { AttachedPolicies } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: role }));
      assert.deepEqual(AttachedPolicies, []);
    });
    const allowed = (await statements(aws, role)).filter(({ Effect }) => Effect === 'Allow');
    const bedrock = allowed.filter((statement) => actions(statement).some((action) => action.startsWith('bedrock:')));
    await report.check(`${under}: invokes models by ARN, all of them inside`, () => {
      const arns = bedrock.flatMap(resources);
      assert.ok(arns.length > 0);
      for (const arn of arns) {
        assert.match(arn, /^arn:aws:bedrock:[a-z0-9-]+:\d*:(foundation-model|inference-profile)\/[^*]+$/);
        assert.equal(findRegion(arn.split(':')[3] ?? '')?.euMember, true, `${arn} isn't inside`);
      }
      return `${arns.length} ARNs`;
    });
    await report.check(`${under}: the models behind a profile answer by that profile only`, () => {
      const behind = bedrock.find(({ Sid }) => Sid === 'ModelOnlyViaProfile0');
      assert.deepEqual(behind?.Condition, { StringEquals: { 'bedrock:InferenceProfileArn': PROFILE } });
    });
    await report.check(
      `${under}: nothing else but its logs, its network interfaces${under === PROJECTS ? '' : ', its stores'} and the table of the keys that it checks by`,
      () => {
        const services = new Set(allowed.flatMap(actions).map((action) => action.split(':')[0]));
        assert.deepEqual([...services].sort(), [
          'bedrock',
          'dynamodb',
          'ec2',
          'kms',
          'logs',
          ...(under === PROJECTS ? [] : ['s3']),
        ]);
      },
    );
  }
}

async function statements(aws: Aws, RoleName: string): Promise<Statement[]> {
  const { PolicyNames } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName }));
  const documents = await Promise.all(
    (PolicyNames ?? []).map((PolicyName) => aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
  );
  return documents.flatMap(({ PolicyDocument }) => statementsOf(JSON.parse(decodeURIComponent(PolicyDocument ?? ''))));
}
