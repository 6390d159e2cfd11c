import assert from 'node:assert/strict';
import { GetLoggingConfigurationCommand, GetWebACLCommand } from '@aws-sdk/client-wafv2';
import { ACCOUNT } from '../harness/emulator';
import { type Context, FOUNDATION } from './context';

/** The web ACL's rules, and the fields that its log omits. */
export async function webAcl({ report, aws, deployed }: Context): Promise<void> {
  const [Name, Id] = deployed.one('AWS::WAFv2::WebACL', FOUNDATION).physicalId.split('|') as [string, string];
  const { WebACL } = await aws.waf.send(new GetWebACLCommand({ Name, Id, Scope: 'REGIONAL' }));
  await report.check(
    'web ACL: its rules limit the rate per address and of requests without a key, and block addresses with a bad reputation',
    () => {
      assert.deepEqual(
        WebACL?.Rules?.map((rule) => rule.Name),
        ['RatePerAddress', 'AddressReputation', 'WithoutKey'],
      );
      assert.equal(WebACL?.Rules?.[0]?.Statement?.RateBasedStatement?.Limit, 10_000);
      assert.equal(WebACL?.Rules?.[2]?.Statement?.RateBasedStatement?.Limit, 3_000);
      for (const rule of WebACL?.Rules ?? []) assert.equal(rule.VisibilityConfig?.SampledRequestsEnabled, false);
    },
  );
  await report.check(
    'web ACL: its log omits allowed requests, credentials, paths and queries, and stays in eu-central-1',
    async () => {
      const { LoggingConfiguration } = await aws.waf.send(
        new GetLoggingConfigurationCommand({ ResourceArn: WebACL?.ARN }),
      );
      const fields = LoggingConfiguration?.RedactedFields?.map(
        (field) => field.SingleHeader?.Name ?? Object.keys(field)[0],
      );
      assert.deepEqual(fields, ['authorization', 'cookie', 'x-api-key', 'QueryString', 'UriPath']);
      assert.equal(LoggingConfiguration?.LoggingFilter?.DefaultBehavior, 'DROP');
      assert.deepEqual(
        LoggingConfiguration?.LoggingFilter?.Filters?.map(({ Behavior, Conditions }) => [
          Behavior,
          Conditions?.map(({ ActionCondition }) => ActionCondition?.Action),
        ]),
        [['KEEP', ['BLOCK']]],
      );
      const [destination] = LoggingConfiguration?.LogDestinationConfigs ?? [];
      assert.ok(destination?.startsWith(`arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:aws-waf-logs-`));
    },
  );
}
