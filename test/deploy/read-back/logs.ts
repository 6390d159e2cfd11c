import assert from 'node:assert/strict';
import {
  DescribeResourcePoliciesCommand,
  type LogGroup,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Aws } from '../harness/aws';
import { arnOfKey } from './arn';
import { type Context, FOUNDATION, LEDGER } from './context';

/** Every log group has a retention period and the log groups' key. */
export async function logs({ report, aws, deployed }: Context): Promise<void> {
  const key = arnOfKey(deployed, `${FOUNDATION}/LogKey`);
  const groups = await logGroups(aws);
  const expected = deployed.ofType('AWS::Logs::LogGroup');
  await report.check('the account has only the log groups of the templates', () => {
    assert.deepEqual(
      groups.map(({ logGroupName }) => logGroupName).sort(),
      expected.map(({ physicalId }) => physicalId).sort(),
    );
    return `${groups.length}`;
  });
  for (const { path, physicalId } of expected) {
    const group = groups.find(({ logGroupName }) => logGroupName === physicalId);
    const days = [FOUNDATION, LEDGER].some((under) => path.startsWith(under)) ? 180 : 30;
    await report.check(`${path}: logs are retained for ${days} days, under the log groups' key`, () => {
      assert.equal(group?.retentionInDays, days);
      assert.equal(group?.kmsKeyId, key);
    });
  }
  await report.check("only this account's log delivery may write the web ACL's log", async () => {
    const { resourcePolicies } = await aws.logs.send(new DescribeResourcePoliciesCommand({}));
    assert.equal(resourcePolicies?.length, 1);
    assert.match(resourcePolicies?.[0]?.policyDocument ?? '', /"aws:SourceAccount":"\d{12}"/);
    assert.match(resourcePolicies?.[0]?.policyDocument ?? '', /delivery\.logs\.amazonaws\.com/);
  });
}

export async function logGroups(aws: Aws): Promise<LogGroup[]> {
  const groups: LogGroup[] = [];
  for await (const page of paginateDescribeLogGroups({ client: aws.logs }, {})) groups.push(...(page.logGroups ?? []));
  return groups;
}
