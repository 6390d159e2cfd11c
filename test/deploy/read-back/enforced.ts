import assert from 'node:assert/strict';
import { CreateLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
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
import { DescribeKeyCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { Aws, type Identity } from '../machine/aws';
import { ACCOUNT } from '../machine/emulator';
import { arnOfKey } from './arn';
import { type Context, FOUNDATION, PROJECTS, WORKSPACE } from './context';

const DENIED = /AccessDenied/;
const refused = (call: Promise<unknown>) => assert.rejects(call, ({ name }: Error) => DENIED.test(name));

/** What the emulator refuses to callers that aren't the account's root: an administrator, and the gateways' own roles. */
export async function enforced(context: Context): Promise<void> {
  const { report, aws, deployed } = context;
  const Bucket = deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId;
  const TableName = deployed.one('AWS::DynamoDB::GlobalTable', WORKSPACE).physicalId;
  const key = arnOfKey(deployed, `${WORKSPACE}/Key`);
  const other = arnOfKey(deployed, `${FOUNDATION}/EvidenceKey`);

  await asAdministrator(aws, async (admin) => {
    const put = (extra: object) =>
      admin.s3.send(new PutObjectCommand({ Bucket, Key: 'of-the-administrator', Body: 'x', ...extra }));
    await report.check('an administrator may write a file, which gets the key of the workspace', async () => {
      assert.equal((await put({})).SSEKMSKeyId, key);
    });
    await report.check('an administrator may not write it under another key, or the service’s own', async () => {
      await refused(put({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: other }));
      await refused(put({ ServerSideEncryption: 'AES256' }));
      await refused(put({ ServerSideEncryption: 'aws:kms' }));
    });
    await report.check('an administrator may see the key of the workspace, and not use it', async () => {
      await admin.kms.send(new DescribeKeyCommand({ KeyId: key }));
      await refused(admin.kms.send(new EncryptCommand({ KeyId: key, Plaintext: Buffer.from('x') })));
    });
  });
  for (const under of [WORKSPACE, PROJECTS]) {
    const gateway = new Aws(aws.endpoint, aws.region, await roleOf(context, under));
    await report.check(`${under}: the gateway's role may write its own log, and no other`, async () => {
      const open = (group: string) =>
        gateway.logs.send(
          new CreateLogStreamCommand({
            logGroupName: deployed.one('AWS::Logs::LogGroup', group).physicalId,
            logStreamName: under.replaceAll('/', '-'),
          }),
        );
      await open(`${under}/Gateway/Gateway`);
      await refused(open(`${FOUNDATION}/Network`));
    });
    await report.check(`${under}: the gateway's role is refused the table, the files and the key`, async () => {
      const Key = { pk: { S: 'a' }, sk: { S: 'b' } };
      await refused(gateway.dynamodb.send(new GetItemCommand({ TableName, Key })));
      await refused(gateway.s3.send(new GetObjectCommand({ Bucket, Key: 'of-the-administrator' })));
      await refused(gateway.kms.send(new EncryptCommand({ KeyId: key, Plaintext: Buffer.from('x') })));
    });
  }
}

/** Credentials of a gateway's role, as Lambda has them. */
export const roleOf = (context: Context, under: string): Promise<Identity> =>
  assumed(context, `${under}/Gateway/Gateway`);

/** Credentials of a role of the deployment. */
export async function assumed({ aws, deployed }: Context, under: string): Promise<Identity> {
  const role = deployed.one('AWS::IAM::Role', under).physicalId;
  const { Credentials } = await aws.sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${ACCOUNT}:role/${role}`, RoleSessionName: 'function' }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken,
  };
}

async function asAdministrator(aws: Aws, run: (admin: Aws) => Promise<void>): Promise<void> {
  const UserName = 'administrator';
  const { Policy } = await aws.iam.send(
    new CreatePolicyCommand({
      PolicyName: UserName,
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      }),
    }),
  );
  await aws.iam.send(new CreateUserCommand({ UserName }));
  await aws.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Policy?.Arn }));
  const { AccessKey } = await aws.iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {};
  try {
    await run(new Aws(aws.endpoint, aws.region, { accessKeyId, secretAccessKey }));
  } finally {
    await aws.iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: accessKeyId }));
    await aws.iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: Policy?.Arn }));
    await aws.iam.send(new DeleteUserCommand({ UserName }));
    await aws.iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn }));
  }
}
