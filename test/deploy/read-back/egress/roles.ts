import assert from 'node:assert/strict';
import { GetRoleCommand, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import { ACCOUNT } from '../../harness/emulator';
import { arnOfKey } from '../arn';
import { type Context, EGRESS, PROJECTS, WORKSPACE } from '../context';
import { actions, resources, type Statement, statementsOf } from '../policy';
import { statementsOfRole } from '../roles';

const LAMBDA = { Service: 'lambda.amazonaws.com' };
/** A function of CDK, which empties the default security group. */
const OF_CDK = 'exemple-egress/Custom::VpcRestrictDefaultSGCustomResourceProvider';

/** The roles of the egress, and what the gateways' roles may call of it. */
export async function egressRoles({ report, aws, deployed }: Context): Promise<void> {
  const nameOf = (under: string) => deployed.one('AWS::IAM::Role', under).physicalId;
  const allowed = async (under: string) =>
    (await statementsOfRole(aws, nameOf(under))).filter(({ Effect }) => Effect === 'Allow');
  const of = (statements: readonly Statement[], service: string) =>
    statements.filter((statement) => actions(statement).some((action) => action.startsWith(`${service}:`)));
  const secrets = deployed
    .ofType('AWS::SecretsManager::Secret')
    .map(({ physicalId }) => physicalId)
    .sort();
  const key = arnOfKey(deployed, `${EGRESS}/Keys`);

  await report.check(
    "Lambda assumes the functions' roles, and principals of the account the one for keys",
    async () => {
      const trusted = {
        [`${EGRESS}/Role`]: LAMBDA,
        [OF_CDK]: LAMBDA,
        [`${EGRESS}/Keys/Writer`]: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      };
      const roles = deployed.ofType('AWS::IAM::Role').filter(({ stack }) => stack === 'exemple-egress');
      assert.equal(roles.length, Object.keys(trusted).length);
      for (const [under, principal] of Object.entries(trusted)) {
        const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: nameOf(under) }));
        const document = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''));
        assert.deepEqual(
          statementsOf(document).map(({ Principal, Effect }) => [Principal, Effect]),
          [[principal, 'Allow']],
        );
      }
    },
  );
  await report.check(
    "the function's role reads the providers' secrets, and otherwise uses its log and network interfaces only",
    async () => {
      const { AttachedPolicies } = await aws.iam.send(
        new ListAttachedRolePoliciesCommand({ RoleName: nameOf(`${EGRESS}/Role`) }),
      );
      assert.deepEqual(AttachedPolicies, []);
      const all = await allowed(`${EGRESS}/Role`);
      const services = new Set(all.flatMap(actions).map((action) => action.split(':')[0]));
      assert.deepEqual([...services].sort(), ['ec2', 'kms', 'logs', 'secretsmanager']);
      assert.deepEqual(described(of(all, 'secretsmanager')), [['secretsmanager:GetSecretValue', secrets]]);
      assert.deepEqual(described(of(all, 'kms')), [['kms:Decrypt', [key]]]);
    },
  );
  await report.check('the role for keys sets these secrets, and can use their key for nothing else', async () => {
    const all = await allowed(`${EGRESS}/Keys/Writer`);
    assert.deepEqual(described(all), [
      ['secretsmanager:DescribeSecret secretsmanager:PutSecretValue', secrets],
      ['kms:Decrypt kms:GenerateDataKey', [key]],
    ]);
    const [use] = of(all, 'kms');
    assert.deepEqual(use?.Condition, {
      StringEquals: { 'kms:ViaService': ['secretsmanager.eu-central-1.amazonaws.com'] },
    });
  });
  await report.check(
    "each gateway's role may invoke the alias of its kind of tenant, and no other function",
    async () => {
      for (const [under, alias] of [
        [WORKSPACE, 'workspaces'],
        [PROJECTS, 'projects'],
      ] as const)
        assert.deepEqual(described(of(await allowed(`${under}/Gateway/Gateway`), 'lambda')), [
          ['lambda:InvokeFunction', [`arn:aws:lambda:eu-central-1:${ACCOUNT}:function:exemple-egress:${alias}`]],
        ]);
    },
  );
}

const described = (statements: readonly Statement[]) =>
  statements.map((one) => [[...actions(one)].sort().join(' '), [...resources(one)].sort()]);
