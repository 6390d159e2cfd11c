import assert from 'node:assert/strict';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { loadConfig } from '@/lib/config/load';
import { assume } from '../../harness/administrator';
import { Aws } from '../../harness/aws';
import { ACCOUNT } from '../../harness/emulator';
import type { Context } from '../../read-back/context';
import { refused } from '../../read-back/refused-calls';

/** A role with every permission, in each Region that the test needs. */
interface Everything {
  readonly here: Aws;
  readonly elsewhere: Aws;
}

/**
 * The boundary of each role, and what it refuses to a role that has every permission.
 *
 * @param file the configuration that requires it
 */
export async function boundary({ report, aws, deployed }: Context, file: string): Promise<void> {
  const { permissionsBoundary } = loadConfig(file).declarations;
  const { policyName: name, documents } = permissionsBoundary ?? {};
  const arn = `arn:${aws.partition}:iam::${ACCOUNT}:policy/${name}`;
  await report.check('boundary: every role of every stack has it', async () => {
    const roles = deployed.ofType('AWS::IAM::Role');
    const without: string[] = [];
    for (const { path, physicalId } of roles) {
      const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: physicalId }));
      if (Role?.PermissionsBoundary?.PermissionsBoundaryArn !== arn) without.push(path);
    }
    assert.deepEqual(without, []);
    assert.ok(roles.length > 20);
    return `${roles.length} roles`;
  });
  await report.check('boundary: the policy has the document that the configuration requires', async () => {
    const { Policy } = await aws.iam.send(new GetPolicyCommand({ PolicyArn: arn }));
    const { PolicyVersion } = await aws.iam.send(
      new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId }),
    );
    assert.deepEqual([JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))], documents);
  });
  await withEverything(aws, 'within-the-boundary', arn, async ({ here, elsewhere }) => {
    await report.check('boundary: a role with every permission makes a call of a deployment here', () => reads(here));
    await report.check('boundary: it may not make the same call in another Region', () => refused(reads(elsewhere)));
    await report.check('boundary: it may not make a call that no deployment makes', () => refused(lists(here)));
    await report.check('boundary: it may not remove the boundary', () => refused(remove(here)));
  });
  await withEverything(aws, 'without-a-boundary', undefined, async ({ here, elsewhere }) => {
    await report.check('boundary: a role with every permission and no boundary makes all of these calls', async () => {
      await withEverything(aws, 'within-the-boundary', arn, async () => {
        for (const call of [reads(here), reads(elsewhere), lists(here), remove(here)]) await call;
      });
    });
  });
}

const reads = ({ logs }: Aws) => logs.send(new DescribeLogGroupsCommand({ limit: 1 })).then(() => undefined);
const lists = ({ dynamodb }: Aws) => dynamodb.send(new ListTablesCommand({ Limit: 1 }));
const remove = ({ iam }: Aws) =>
  iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'within-the-boundary' }));

/** Creates a role that may do everything, acts as it and deletes it. */
async function withEverything(
  aws: Aws,
  RoleName: string,
  PermissionsBoundary: string | undefined,
  act: (everything: Everything) => Promise<void>,
): Promise<void> {
  const policy = { RoleName, PolicyName: 'everything' };
  const trusting = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: `arn:${aws.partition}:iam::${ACCOUNT}:root` },
  };
  await aws.iam.send(
    new CreateRoleCommand({ RoleName, PermissionsBoundary, AssumeRolePolicyDocument: policyOf(trusting) }),
  );
  await aws.iam.send(
    new PutRolePolicyCommand({ ...policy, PolicyDocument: policyOf({ Effect: 'Allow', Action: '*', Resource: '*' }) }),
  );
  try {
    const identity = await assume(aws, RoleName);
    await act({
      here: new Aws(aws.endpoint, aws.region, identity),
      elsewhere: new Aws(aws.endpoint, 'us-east-1', identity),
    });
  } finally {
    await aws.iam.send(new DeleteRolePolicyCommand(policy));
    await aws.iam.send(new DeleteRoleCommand({ RoleName }));
  }
}

const policyOf = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
