import assert from 'node:assert/strict';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { PLATFORM } from '../../harness/accounts-examples';
import { asAdministrator } from '../../harness/administrator';
import type { Aws } from '../../harness/aws';
import type { Deployed } from '../../harness/deployed';
import { ACCOUNT } from '../../harness/emulator';
import type { Context } from '../../read-back/context';
import { whileShared, whileTrusted } from './planted';
import { type WayIn, waysIn } from './ways-in';

/** Calls that read without changing anything, so that the tenant's own account can make them too. */
const READING = ['dynamodb:Scan', 's3:GetObject', 'sts:AssumeRole'];

/** What the platform team's account has, and that no way leads from there to a tenant's content. */
export async function platformTeam(context: Context, platform: Aws, shared: Deployed): Promise<void> {
  const { report, aws: tenant, deployed, workspace } = context;
  await report.check(
    "the platform team's account has a topic with its key and the role that publishes to it, and nothing else",
    () => {
      assert.deepEqual(
        shared.types.filter((type) => type !== 'AWS::CDK::Metadata'),
        [
          ...['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::KMS::Alias', 'AWS::KMS::Key'],
          ...['AWS::SNS::Subscription', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy'],
        ],
      );
    },
  );
  const ways = await waysIn(context);
  await report.check("with the tenant's own account, such calls reach tables, objects and roles", async () => {
    const { open } = await tried(
      tenant,
      ways.filter(({ name }) => READING.some((action) => name.startsWith(action))),
    );
    for (const action of READING)
      assert.ok(
        open.some((name) => name.startsWith(action)),
        `${action} is refused here too, so its refusal elsewhere shows nothing`,
      );
    return `${open.length} calls`;
  });
  await report.check("an administrator of the platform team's account is refused each of them", async () => {
    const { open, errors } = await byAdministrator(platform, ways);
    assert.deepEqual(open, []);
    return `${ways.length} calls: ${[...errors].map(([name, count]) => `${count} ${name}`).join(', ')}`;
  });
  await report.check(
    "a role or a bucket of the tenant that lets the platform team's account in would be found",
    async () => {
      const role = deployed.one('AWS::IAM::Role', `${workspace}/Gateway/Gateway`).physicalId;
      await whileTrusted(tenant, role, PLATFORM, async () => {
        const { open } = await byAdministrator(platform, ways);
        assert.deepEqual(open, [`sts:AssumeRole arn:aws:iam::${ACCOUNT}:role/${role}`]);
      });
      const bucket = deployed.one('AWS::S3::Bucket', workspace ?? '').physicalId;
      await whileShared(tenant, bucket, PLATFORM, async () => {
        const { open } = await byAdministrator(platform, ways);
        assert.deepEqual(
          open,
          ways.map(({ name }) => name).filter((name) => name.startsWith(`s3:GetObject ${bucket}/`)),
        );
        assert.ok(open.length > 0);
      });
    },
  );
}

interface Tried {
  /** The calls that succeeded. */
  readonly open: readonly string[];
  /** How many of the others failed, by service and error. */
  readonly errors: ReadonlyMap<string, number>;
}

async function tried(caller: Aws, ways: readonly WayIn[]): Promise<Tried> {
  const open: string[] = [];
  const errors = new Map<string, number>();
  for (const { name, call } of ways) {
    try {
      await call(caller);
      open.push(name);
    } catch (error) {
      const { name: reason, $metadata } = error as Error & { $metadata?: unknown };
      // A mistake of the test itself has no answer of the service.
      if ($metadata === undefined) throw error;
      const answer = `${name.split(':')[0]} ${reason}`;
      errors.set(answer, (errors.get(answer) ?? 0) + 1);
    }
  }
  return { open, errors };
}

async function byAdministrator(platform: Aws, ways: readonly WayIn[]): Promise<Tried> {
  let result: Tried | undefined;
  await asAdministrator(platform, async (admin) => {
    const { Account } = await admin.sts.send(new GetCallerIdentityCommand({}));
    assert.equal(Account, PLATFORM);
    result = await tried(admin, ways);
  });
  assert.ok(result);
  return result;
}
