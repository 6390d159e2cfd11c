import { DescribeStacksCommand, GetTemplateCommand, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetRolePolicyCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { GetKeyPolicyCommand, ListResourceTagsCommand } from '@aws-sdk/client-kms';
import {
  GetFunctionConfigurationCommand,
  type GetFunctionConfigurationCommandOutput,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { GetBucketPolicyCommand } from '@aws-sdk/client-s3';
import type { Aws } from '../harness/aws';
import type { Deployed } from '../harness/deployed';
import { lifecycle } from '../read-back/buckets';
import { WORKSPACE } from '../read-back/context';
import { logGroups } from '../read-back/logs';

/** The workspace's state according to its services, to be compared with its state at another time. */
export async function state(aws: Aws, deployed: Deployed): Promise<Readonly<Record<string, unknown>>> {
  const id = (type: string, under = WORKSPACE) => deployed.one(type, under).physicalId;
  const StackName = 'exemple-workspace-sciences';
  const resources: unknown[] = [];
  for await (const page of paginateListStackResources({ client: aws.cloudFormation }, { StackName })) {
    for (const { LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? [])
      resources.push([LogicalResourceId, PhysicalResourceId]);
  }
  const Bucket = id('AWS::S3::Bucket');
  const KeyId = id('AWS::KMS::Key');
  const RoleName = id('AWS::IAM::Role', `${WORKSPACE}/Gateway`);
  const { PolicyNames } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName }));
  const FunctionName = id('AWS::Lambda::Function', `${WORKSPACE}/Gateway`);
  // A function is briefly pending after each change.
  await waitUntilFunctionUpdatedV2({ client: aws.lambda, minDelay: 1, maxWaitTime: 30 }, { FunctionName });
  const configuration = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return plain({
    resources: resources.sort(),
    template: (await aws.cloudFormation.send(new GetTemplateCommand({ StackName }))).TemplateBody,
    outputs: (await aws.cloudFormation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.Outputs,
    table: (
      await aws.dynamodb.send(
        new DescribeTableCommand({ TableName: id('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`) }),
      )
    ).Table,
    lifecycle: await lifecycle(aws, Bucket),
    bucketPolicy: (await aws.s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy,
    keyPolicy: (await aws.kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }))).Policy,
    keyTags: (await aws.kms.send(new ListResourceTagsCommand({ KeyId }))).Tags,
    rolePolicies: await Promise.all(
      (PolicyNames ?? [])
        .sort()
        .map(
          async (PolicyName) => (await aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument,
        ),
    ),
    function: withoutHistory(configuration),
    logGroups: await logGroups(aws),
  });
}

/** A function without its last change: every change has its own date and revision, even if it restores an earlier state. */
function withoutHistory(configuration: GetFunctionConfigurationCommandOutput): object {
  const { LastModified: _, RevisionId: __, ...values } = configuration;
  // A function that was never updated has no reasons; afterwards, they are empty.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** A value without the metadata that the SDK adds, which differs from call to call. */
const plain = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === '$metadata' ? undefined : inner)));
