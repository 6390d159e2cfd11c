import assert from 'node:assert/strict';
import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import { GetDomainNamesCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { CreateTableCommand, DeleteTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeVpcEndpointsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { ListKeysCommand } from '@aws-sdk/client-kms';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetBucketLocationCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { ListTopicsCommand } from '@aws-sdk/client-sns';
import { ListWebACLsCommand } from '@aws-sdk/client-wafv2';
import { REGIONS } from '@/lib/facts/generated/regions';
import { Aws } from '../harness/aws';
import type { Report } from '../harness/report';

const HOME = 'eu-central-1';

/** Lists the resources of a Region by kind. Buckets are listed for all Regions together. */
const LISTS: Readonly<Record<string, (aws: Aws) => Promise<unknown[] | undefined>>> = {
  tables: async ({ dynamodb }) => (await dynamodb.send(new ListTablesCommand({}))).TableNames,
  keys: async ({ kms }) => (await kms.send(new ListKeysCommand({}))).Keys,
  stacks: async ({ cloudFormation }) => (await cloudFormation.send(new ListStacksCommand({}))).StackSummaries,
  'log groups': async ({ logs }) => (await logs.send(new DescribeLogGroupsCommand({}))).logGroups,
  functions: async ({ lambda }) => (await lambda.send(new ListFunctionsCommand({}))).Functions,
  APIs: async ({ apiGateway }) => (await apiGateway.send(new GetRestApisCommand({}))).items,
  endpoints: async ({ ec2 }) => (await ec2.send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints,
  'web ACLs': async ({ waf }) => (await waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL' }))).WebACLs,
  'user pools': async ({ cognito }) => (await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools,
  topics: async ({ sns }) => (await sns.send(new ListTopicsCommand({}))).Topics,
  alarms: async ({ cloudWatch }) => (await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms,
  rules: async ({ events }) => (await events.send(new ListRulesCommand({}))).Rules,
  'state machines': async ({ sfn }) => (await sfn.send(new ListStateMachinesCommand({}))).stateMachines,
  domains: async ({ apiGateway }) => (await apiGateway.send(new GetDomainNamesCommand({}))).items,
  certificates: async ({ acm }) => (await acm.send(new ListCertificatesCommand({}))).CertificateSummaryList,
  networks: async ({ ec2 }) =>
    (await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.filter(({ IsDefault }) => IsDefault !== true),
  // A multi-Region trail is listed in every Region with its home Region, which receives its events.
  trails: async ({ cloudTrail, region }) =>
    (await cloudTrail.send(new ListTrailsCommand({}))).Trails?.filter(({ HomeRegion }) => HomeRegion === region),
};

/**
 * Requires every Region except the declared one to contain nothing, both outside and inside the EU.
 *
 * @param absent kinds of which the home Region contains none either
 */
export async function nothingInOtherRegions(
  report: Report,
  endpoint: string,
  absent: readonly string[] = [],
): Promise<void> {
  const others = REGIONS.filter(({ code }) => code !== HOME);
  const [insideEu, outsideEu] = [true, false].map((isInEu) => others.filter(({ euMember }) => euMember === isInEu));
  await report.check(`the lists find resources of each kind in ${HOME}`, async () => {
    const counts = await count(endpoint, HOME);
    for (const [kind, number] of Object.entries(counts))
      assert.equal(number > 0, !absent.includes(kind), `${number} ${kind}`);
    return Object.entries(counts)
      .map(([kind, number]) => `${number} ${kind}`)
      .join(', ');
  });
  await report.check('the lists find a table planted in us-east-1', async () => {
    const { dynamodb } = new Aws(endpoint, 'us-east-1');
    const TableName = 'planted';
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
    assert.equal((await count(endpoint, 'us-east-1')).tables, 1);
    await dynamodb.send(new DeleteTableCommand({ TableName }));
  });
  for (const [where, regions = []] of [
    ['outside the EU', outsideEu],
    ['in the rest of the EU', insideEu],
  ] as const) {
    await report.check(`the ${regions.length} Regions ${where} contain nothing`, async () => {
      for (const { code } of regions) {
        for (const [kind, number] of Object.entries(await count(endpoint, code)))
          assert.equal(number, 0, `${number} ${kind} in ${code}`);
      }
      return regions.map(({ code }) => code).join(' ');
    });
  }
  await report.check(`every bucket of the account is in ${HOME}`, async () => {
    const { s3 } = new Aws(endpoint, HOME);
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    for (const { Name } of Buckets ?? []) {
      const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket: Name }));
      assert.equal(LocationConstraint, HOME, Name);
    }
    return `${Buckets?.length} buckets`;
  });
}

async function count(endpoint: string, region: string): Promise<Record<string, number>> {
  const aws = new Aws(endpoint, region);
  const counts = await Promise.all(
    Object.entries(LISTS).map(async ([kind, list]) => [kind, (await list(aws))?.length ?? 0] as const),
  );
  return Object.fromEntries(counts);
}
