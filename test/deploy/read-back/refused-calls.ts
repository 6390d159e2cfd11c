import assert from 'node:assert/strict';
import { CreateLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeVpcEndpointsCommand, ModifyVpcEndpointCommand } from '@aws-sdk/client-ec2';
import { DescribeKeyCommand, EncryptCommand, GenerateDataKeyWithoutPlaintextCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { asAdministrator, assume } from '../harness/administrator';
import { Aws, type Identity } from '../harness/aws';
import { arnOfKey } from './arn';
import { type Context, FOUNDATION, PROJECTS, WORKSPACE } from './context';

const DENIED = /AccessDenied/;
export const refused = (call: Promise<unknown>) => assert.rejects(call, ({ name }: Error) => DENIED.test(name));

/** Calls that the emulator refuses to an administrator and to the gateways' own roles, which aren't the account's root. */
export async function refusedCalls(context: Context): Promise<void> {
  const { report, aws, deployed } = context;
  const Bucket = deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId;
  const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
  const key = arnOfKey(deployed, `${WORKSPACE}/Key`);
  const other = arnOfKey(deployed, `${FOUNDATION}/EvidenceKey`);

  await asAdministrator(aws, async (admin) => {
    const put = (extra: object) =>
      admin.s3.send(new PutObjectCommand({ Bucket, Key: 'by-the-administrator', Body: 'x', ...extra }));
    await report.check("an administrator may write a file, which gets the workspace's key", async () => {
      assert.equal((await put({})).SSEKMSKeyId, key);
    });
    await report.check("an administrator may not write it under another key or the service's own", async () => {
      await refused(put({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: other }));
      await refused(put({ ServerSideEncryption: 'AES256' }));
      await refused(put({ ServerSideEncryption: 'aws:kms' }));
    });
    await report.check("an administrator may describe the workspace's key, but not use it", async () => {
      await admin.kms.send(new DescribeKeyCommand({ KeyId: key }));
      await refused(admin.kms.send(new EncryptCommand({ KeyId: key, Plaintext: Buffer.from('x') })));
    });
  });
  for (const under of [WORKSPACE, PROJECTS]) {
    const gateway = new Aws(aws.endpoint, aws.region, await roleOf(context, under));
    await report.check(`${under}: the gateway's role may write only its own log`, async () => {
      const createStream = (group: string) =>
        gateway.logs.send(
          new CreateLogStreamCommand({
            logGroupName: deployed.one('AWS::Logs::LogGroup', group).physicalId,
            logStreamName: under.replaceAll('/', '-'),
          }),
        );
      await createStream(`${under}/Gateway/Gateway`);
      await refused(createStream(`${FOUNDATION}/Network`));
    });
    const Key = { pk: { S: 'a' }, sk: { S: 'b' } };
    const encrypt = (EncryptionContext?: Record<string, string>, as = gateway) =>
      as.kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId: key, KeySpec: 'AES_256', EncryptionContext }));
    await report.check(
      `${under}: the gateway's role may not use the workspace's key except through its stores`,
      async () => {
        await refused(gateway.kms.send(new EncryptCommand({ KeyId: key, Plaintext: Buffer.from('x') })));
        await refused(encrypt());
        await refused(encrypt({ tablename: 'workspace/another' }));
      },
    );
    if (under === WORKSPACE) {
      await report.check(
        `${under}: the role that makes the keys of the workspace's members may use that key for it, and the gateway's may not`,
        async () => {
          const made = { tablename: 'workspace/sciences' };
          await encrypt(made, new Aws(aws.endpoint, aws.region, await roleAt(context, `${under}/KeyRequests/Make`)));
          await refused(encrypt(made));
        },
      );
      await report.check(`${under}: the gateway's role may call a service only through its endpoint`, async () => {
        await gateway.dynamodb.send(new GetItemCommand({ TableName, Key }));
        await withoutEndpoint(context, 'dynamodb', () =>
          refused(gateway.dynamodb.send(new GetItemCommand({ TableName, Key }))),
        );
      });
      continue;
    }
    await report.check(`${under}: the gateway's role may not read the table and the files`, async () => {
      await refused(gateway.dynamodb.send(new GetItemCommand({ TableName, Key })));
      await refused(gateway.s3.send(new GetObjectCommand({ Bucket, Key: 'by-the-administrator' })));
    });
  }
}

/** Acts while the policy of an endpoint admits nothing. */
async function withoutEndpoint({ aws }: Context, service: string, act: () => Promise<void>): Promise<void> {
  const { VpcEndpoints } = await aws.ec2.send(new DescribeVpcEndpointsCommand({}));
  const found = VpcEndpoints?.find(({ ServiceName }) => ServiceName === `com.amazonaws.eu-central-1.${service}`);
  const set = (PolicyDocument = '') =>
    aws.ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: found?.VpcEndpointId, PolicyDocument }));
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }];
  await set(JSON.stringify({ Version: '2012-10-17', Statement }));
  try {
    await act();
  } finally {
    await set(found?.PolicyDocument);
  }
}

/** Credentials of a gateway's role. Lambda assumes it; the emulator also permits this to the account's root. */
export const roleOf = (context: Context, under: string): Promise<Identity> =>
  roleAt(context, `${under}/Gateway/Gateway`);

/** Credentials of the role at a construct. */
export const roleAt = ({ aws, deployed }: Context, path: string): Promise<Identity> =>
  assume(aws, deployed.one('AWS::IAM::Role', path).physicalId);
