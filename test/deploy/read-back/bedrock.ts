import assert from 'node:assert/strict';
import { GetAccountDataRetentionCommand, GetModelInvocationLoggingConfigurationCommand } from '@aws-sdk/client-bedrock';
import { GetResourcePolicyCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { Aws } from '../harness/aws';
import { ACCOUNT } from '../harness/emulator';
import { CHECK_RESULTS, type Context, FOUNDATION } from './context';
import { statementsOf } from './policy';

/** The Regions where the sample's requests may be processed. */
export const PROCESSED_IN = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];

/** The effects of the foundation's functions at deployment, on the emulator's Bedrock settings. */
export async function bedrock({ report, aws, deployed }: Context): Promise<void> {
  for (const region of PROCESSED_IN) {
    await report.check(`Bedrock retains nothing and logs no invocation in ${region}`, async () => {
      const settings = new Aws(aws.endpoint, region).bedrock;
      assert.equal((await settings.send(new GetAccountDataRetentionCommand({}))).mode, 'none');
      const { loggingConfig } = await settings.send(new GetModelInvocationLoggingConfigurationCommand({}));
      assert.equal(loggingConfig, undefined);
    });
  }
  await report.check("Bedrock's previous settings are stored as evidence, one object per Region", async () => {
    const Bucket = deployed.one('AWS::S3::Bucket', `${FOUNDATION}/Evidence`).physicalId;
    const { Contents } = await aws.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'bedrock-retention/' }));
    assert.deepEqual(
      Contents?.map(({ Key }) => Key).sort(),
      PROCESSED_IN.map((code) => `bedrock-retention/${code}.json`),
    );
  });
  const TableName = deployed.one('AWS::DynamoDB::GlobalTable', CHECK_RESULTS).physicalId;
  await report.check('a check result of each Region and of the profile is stored', async () => {
    const { Items } = await aws.dynamodb.send(new ScanCommand({ TableName }));
    const results = Items?.map(({ reading }) => JSON.parse(reading?.S ?? ''));
    const regions = results?.filter(({ kind }) => kind === 'region');
    assert.deepEqual(
      regions?.map(({ region, mode }) => [region, mode]).sort(),
      PROCESSED_IN.map((code) => [code, 'none']),
    );
    assert.deepEqual(results?.find(({ kind }) => kind === 'profile')?.regions, PROCESSED_IN);
  });
  await report.check('only the check may write check results', async () => {
    const ResourceArn = `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/${TableName}`;
    const { Policy } = await aws.dynamodb.send(new GetResourcePolicyCommand({ ResourceArn }));
    const role = deployed.one('AWS::IAM::Role', `${FOUNDATION}/DestinationCheck/Provider`).physicalId;
    const [statement] = statementsOf(JSON.parse(Policy ?? ''));
    assert.equal(statement?.Effect, 'Deny');
    assert.deepEqual(statement?.Condition, {
      ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/${role}` },
    });
  });
}
