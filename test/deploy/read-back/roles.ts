import assert from 'node:assert/strict';
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { findRegion } from '@/lib/facts/region';
import type { Aws } from '../machine/aws';
import { ACCOUNT } from '../machine/emulator';
import { type Context, PROJECTS, WORKSPACE } from './context';
import { actions, resources, type Statement, statementsOf } from './policy';

const PROFILE = `arn:aws:bedrock:eu-central-1:${ACCOUNT}:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0`;

/** Who may take a role on that no service of AWS does: administrators of the account by IAM, for keys and counts. */
const BY_IAM = /\/(Manager|UsageReader|Reader)\/Resource$/;

/** Acts that IAM knows no resource of, or that API Gateway and Step Functions ask for on all log groups. */
const WITHOUT_RESOURCE = /^(?:ec2:Describe|logs:)/;

/** Every role: for one service or the account's own administrators, with no managed policy and no right to everything. */
export async function everyRole({ report, aws, deployed }: Context): Promise<void> {
  const roles = deployed.ofType('AWS::IAM::Role');
  await report.check('every role is taken on by one service of AWS, or by whom IAM lets in this account', async () => {
    for (const { path, physicalId } of roles) {
      const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: physicalId }));
      const document = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''));
      const principals = statementsOf(document).map(({ Principal }) => JSON.stringify(Principal));
      const wanted = BY_IAM.test(path)
        ? `{"AWS":"arn:aws:iam::${ACCOUNT}:root"}`
        : /^{"Service":"[a-z.-]+\.amazonaws\.com"}$/;
      assert.equal(principals.length, 1, path);
      if (typeof wanted === 'string') assert.equal(principals[0], wanted, path);
      else assert.match(principals[0] ?? '', wanted, path);
    }
    return `${roles.length} roles`;
  });
  await report.check(
    'no role has a managed policy of its own, a whole service, or every resource but where AWS knows no other',
    async () => {
      const wide: string[] = [];
      for (const { path, physicalId: RoleName } of roles) {
        const { AttachedPolicies = [] } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
        for (const { PolicyName } of AttachedPolicies) wide.push(`${path}: ${PolicyName}`);
        for (const statement of await statements(aws, RoleName)) {
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
