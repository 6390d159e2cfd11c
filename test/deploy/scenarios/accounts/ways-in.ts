import { paginateScan, ScanCommand } from '@aws-sdk/client-dynamodb';
import { paginateListRoles } from '@aws-sdk/client-iam';
import { CreateGrantCommand, DecryptCommand, GenerateDataKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { Aws } from '../../harness/aws';
import { ACCOUNT } from '../../harness/emulator';
import type { Context } from '../../read-back/context';

/** A call that reads content of the tenant, or changes who may. */
export interface WayIn {
  readonly name: string;
  /** Makes it with the credentials of a caller. */
  readonly call: (caller: Aws) => Promise<unknown>;
}

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});

/** Each way to the content of a tenant's account: by its roles, keys, tables, buckets with their objects, and functions. */
export async function waysIn(context: Context): Promise<readonly WayIn[]> {
  return [...(await byRoles(context)), ...(await byKeys(context)), ...(await byBuckets(context)), ...others(context)];
}

/** All roles of the account, also those that CDK deploys with. */
async function byRoles({ aws }: Context): Promise<WayIn[]> {
  const ways: WayIn[] = [];
  for await (const { Roles = [] } of paginateListRoles({ client: aws.iam }, {}))
    for (const { Arn: RoleArn } of Roles)
      ways.push({
        name: `sts:AssumeRole ${RoleArn}`,
        call: ({ sts }) => sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'deploy-test' })),
      });
  return ways;
}

/** With a key that the workspace's own key has encrypted. */
async function byKeys({ aws, deployed, workspace }: Context): Promise<WayIn[]> {
  const CiphertextBlob = await wrappedKey(aws, deployed.one('AWS::DynamoDB::GlobalTable', `${workspace}/BranchKeys`));
  return deployed.ofType('AWS::KMS::Key').flatMap(({ physicalId }) => {
    const KeyId = `arn:aws:kms:${aws.region}:${ACCOUNT}:key/${physicalId}`;
    const way = (action: string, call: WayIn['call']): WayIn => ({ name: `kms:${action} ${KeyId}`, call });
    return [
      way('Decrypt', ({ kms }) => kms.send(new DecryptCommand({ KeyId, CiphertextBlob }))),
      way('GenerateDataKey', ({ kms }) => kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }))),
      way('CreateGrant', ({ kms }) =>
        kms.send(
          new CreateGrantCommand({ KeyId, GranteePrincipal: `arn:aws:iam::${ACCOUNT}:root`, Operations: ['Decrypt'] }),
        ),
      ),
      way('PutKeyPolicy', ({ kms }) => kms.send(new PutKeyPolicyCommand({ KeyId, Policy: everything }))),
    ];
  });
}

async function wrappedKey(aws: Aws, { physicalId }: { readonly physicalId: string }): Promise<Uint8Array> {
  for await (const { Items = [] } of paginateScan({ client: aws.dynamodb }, { TableName: physicalId }))
    for (const item of Items) for (const { B } of Object.values(item)) if (B !== undefined) return B;
  throw new Error('no key is stored, so there is nothing to decrypt');
}

async function byBuckets({ aws, deployed }: Context): Promise<WayIn[]> {
  const ways: WayIn[] = [];
  for (const { physicalId: Bucket } of deployed.ofType('AWS::S3::Bucket')) {
    const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket }));
    ways.push(
      { name: `s3:ListBucket ${Bucket}`, call: ({ s3 }) => s3.send(new ListObjectsV2Command({ Bucket })) },
      {
        name: `s3:PutBucketPolicy ${Bucket}`,
        call: ({ s3 }) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: everything })),
      },
      ...Contents.map(({ Key }) => ({
        name: `s3:GetObject ${Bucket}/${Key}`,
        call: ({ s3 }: Aws) => s3.send(new GetObjectCommand({ Bucket, Key })),
      })),
    );
  }
  return ways;
}

function others({ aws, deployed }: Context): WayIn[] {
  const arn = (service: string, name: string) => `arn:aws:${service}:${aws.region}:${ACCOUNT}:${name}`;
  return [
    ...deployed.ofType('AWS::DynamoDB::GlobalTable').map(({ physicalId }) => {
      const TableName = arn('dynamodb', `table/${physicalId}`);
      return {
        name: `dynamodb:Scan ${TableName}`,
        call: ({ dynamodb }: Aws) => dynamodb.send(new ScanCommand({ TableName })),
      };
    }),
    ...deployed.ofType('AWS::Lambda::Function').map(({ physicalId }) => {
      const FunctionName = arn('lambda', `function:${physicalId}`);
      return {
        name: `lambda:InvokeFunction ${FunctionName}`,
        call: ({ lambda }: Aws) => lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'DryRun' })),
      };
    }),
  ];
}
