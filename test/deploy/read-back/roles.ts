import assert from 'node:assert/strict';
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { findRegion } from '@/lib/facts/region';
import type { Aws } from '../harness/aws';
import { ACCOUNT } from '../harness/emulator';
import { type Context, PROJECTS, WORKSPACE } from './context';
import { actions, resources, type Statement, statementsOf } from './policy';

const PROFILE = `arn:aws:bedrock:eu-central-1:${ACCOUNT}:inference-profile/eu.anthropic.claude-sonnet-5`;

/** Roles that no AWS service assumes: the account's administrators assume them for keys and counts, if IAM allows it. */
const BY_IAM = /\/(Manager|UsageReader|Reader)\/Resource$/;

/** Actions without resource-level permissions, or that API Gateway and Step Functions need on all log groups. */
const WITHOUT_RESOURCE = /^(?:dynamodb:ListStreams$|ec2:Describe|logs:)/;

/** Every role: for one service or the account's own administrators, without a managed policy or a permission for everything. */
export async function everyRole({ report, aws, deployed }: Context): Promise<void> {
  const roles = deployed.ofType('AWS::IAM::Role');
  await report.check(
    'every role is assumed by one AWS service, or by principals of this account that IAM allows',
    async () => {
      for (const { path, physicalId } of roles) {
        const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: physicalId }));
        const document = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''));
        const principals = statementsOf(document).map(({ Principal }) => JSON.stringify(Principal));
        const expected = BY_IAM.test(path)
          ? `{"AWS":"arn:aws:iam::${ACCOUNT}:root"}`
          : /^{"Service":"[a-z.-]+\.amazonaws\.com"}$/;
        assert.equal(principals.length, 1, path);
        if (typeof expected === 'string') assert.equal(principals[0], expected, path);
        else assert.match(principals[0] ?? '', expected, path);
      }
      return `${roles.length} roles`;
    },
  );
  await report.check(
    'no role has a managed policy, all actions of a service, or all resources where AWS supports narrower ones',
    async () => {
      const wide: string[] = [];
      for (const { path, physicalId: RoleName } of roles) {
        const { AttachedPolicies = [] } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
        for (const { PolicyName } of AttachedPolicies) wide.push(`${path}: ${PolicyName}`);
        for (const statement of await statementsOfRole(aws, RoleName)) {
          if (statement.Effect !== 'Allow') continue;
          for (const action of actions(statement)) {
            if (/^\*$|:\*$/.test(action)) wide.push(`${path}: ${action}`);
            if (resources(statement).includes('*') && !WITHOUT_RESOURCE.test(action) && !statement.Condition)
              wide.push(`${path}: ${action} on everything`);
          }
        }
      }
      assert.deepEqual(wide, []);
    },
  );
}

/** The gateways' roles: only for Lambda, with models in the EU by ARN, and without stores for projects. */
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
    await report.check(`${under}: the gateway's role has no managed policy`, async () => {
      const { AttachedPolicies } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: role }));
      assert.deepEqual(AttachedPolicies, []);
    });
    const allowed = (await statementsOfRole(aws, role)).filter(({ Effect }) => Effect === 'Allow');
    const bedrock = allowed.filter((statement) => actions(statement).some((action) => action.startsWith('bedrock:')));
    await report.check(`${under}: the gateway's role may invoke only models in the EU, by ARN`, () => {
      const arns = bedrock.flatMap(resources);
      assert.ok(arns.length > 0);
      for (const arn of arns) {
        assert.match(arn, /^arn:aws:bedrock:[a-z0-9-]+:\d*:(foundation-model|inference-profile)\/[^*]+$/);
        assert.equal(findRegion(arn.split(':')[3] ?? '')?.euMember, true, `${arn} isn't in the EU`);
      }
      return `${arns.length} ARNs`;
    });
    await report.check(`${under}: the gateway's role may invoke a profile's models only through that profile`, () => {
      const viaProfile = bedrock.find(({ Sid }) => Sid === 'ModelOnlyViaProfile0');
      assert.deepEqual(viaProfile?.Condition, { StringEquals: { 'bedrock:InferenceProfileArn': PROFILE } });
    });
    await report.check(
      `${under}: the gateway's role also has only its logs, its network interfaces${under === PROJECTS ? '' : ', its stores'} and the table of the keys that it verifies with`,
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

/** The statements of a role's own policies. */
export async function statementsOfRole(aws: Aws, RoleName: string): Promise<Statement[]> {
  const { PolicyNames } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName }));
  const documents = await Promise.all(
    (PolicyNames ?? []).map((PolicyName) => aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
  );
  return documents.flatMap(({ PolicyDocument }) => statementsOf(JSON.parse(decodeURIComponent(PolicyDocument ?? ''))));
}
