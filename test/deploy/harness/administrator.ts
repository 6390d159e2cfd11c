import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeletePolicyCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { Aws, type Identity } from './aws';
import { ACCOUNT } from './emulator';

/** Acts as a user with all IAM permissions, so that only other policies can refuse a call. The user is deleted afterwards. */
export async function asAdministrator(root: Aws, act: (admin: Aws) => Promise<void>): Promise<void> {
  const UserName = 'administrator';
  const { Policy } = await root.iam.send(
    new CreatePolicyCommand({
      PolicyName: UserName,
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      }),
    }),
  );
  await root.iam.send(new CreateUserCommand({ UserName }));
  await root.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Policy?.Arn }));
  const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {};
  try {
    await act(new Aws(root.endpoint, root.region, { accessKeyId, secretAccessKey }));
  } finally {
    await root.iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: accessKeyId }));
    await root.iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: Policy?.Arn }));
    await root.iam.send(new DeleteUserCommand({ UserName }));
    await root.iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn }));
  }
}

/** Credentials of a role, for a principal that its trust policy allows to assume it. */
export async function assume({ sts, partition }: Aws, role: string): Promise<Identity> {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:${partition}:iam::${ACCOUNT}:role/${role}`, RoleSessionName: 'deploy-test' }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken,
  };
}
