import { GetRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import type { Aws } from '../../harness/aws';

interface Document {
  readonly Statement: readonly object[];
}

const allowing = (document: string, statement: object): string => {
  const former: Document = JSON.parse(document);
  return JSON.stringify({ ...former, Statement: [...former.Statement, { Effect: 'Allow', ...statement }] });
};

const rootOf = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

/** Acts while a role also trusts an account. The own policy of a service's role lets no account in. */
export async function whileTrusted(
  { iam }: Aws,
  RoleName: string,
  account: string,
  act: () => Promise<void>,
): Promise<void> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const former = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  const set = (PolicyDocument: string) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
  await set(allowing(former, { Action: 'sts:AssumeRole', Principal: rootOf(account) }));
  try {
    await act();
  } finally {
    await set(former);
  }
}

/** Acts while the policy of a bucket lets an account read its objects. */
export async function whileShared(
  { s3 }: Aws,
  Bucket: string,
  account: string,
  act: () => Promise<void>,
): Promise<void> {
  const { Policy: former = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
  const set = (Policy: string) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  const Resource = `arn:aws:s3:::${Bucket}/*`;
  await set(allowing(former, { Action: 's3:GetObject', Principal: rootOf(account), Resource }));
  try {
    await act();
  } finally {
    await set(former);
  }
}
