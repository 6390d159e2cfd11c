import assert from 'node:assert/strict';
import { CreateLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { asAdministrator, assume } from '../machine/administrator';
import { Aws, type Identity } from '../machine/aws';
import { arnOfKey } from './arn';
import { type Context, FOUNDATION, PROJECTS, WORKSPACE } from './context';

const DENIED = /AccessDenied/;
const refused = (call: Promise<unknown>) => assert.rejects(call, ({ name }: Error) => DENIED.test(name));

/** What the emulator refuses to callers that aren't the account's root: an administrator, and the gateways' own roles. */
export async function enforced(context: Context): Promise<void> {
  const { report, aws, deployed } = context;
  const Bucket = deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId;
  const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
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

/** Credentials of a gateway's role. Lambda takes it on; the emulator lets the account's root do so too. */
export const roleOf = ({ aws, deployed }: Context, under: string): Promise<Identity> =>
  assume(aws, deployed.one('AWS::IAM::Role', `${under}/Gateway/Gateway`).physicalId);
