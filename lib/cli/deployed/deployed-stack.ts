import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, type Credentials, STSClient } from '@aws-sdk/client-sts';

/** The outputs of a deployed stack by their names. */
export async function outputsOf(
  StackName: string,
  region: string | undefined,
): Promise<Record<string, string | undefined>> {
  const { Stacks } = await new CloudFormationClient({ region }).send(new DescribeStacksCommand({ StackName }));
  return Object.fromEntries((Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

/** The credentials of a role, for a quarter of an hour. */
export async function assume(RoleArn: string, RoleSessionName: string, region: string | undefined) {
  const { Credentials: given } = await new STSClient({ region }).send(
    // The trail records the caller that assumed the role. A personal name would be stored outside the EU, with the rest of IAM.
    new AssumeRoleCommand({ RoleArn, RoleSessionName, DurationSeconds: 900 }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = given ?? ({} as Credentials);
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
