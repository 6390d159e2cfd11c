import assert from 'node:assert/strict';
import { GetLoggingConfigurationCommand, GetWebACLCommand } from '@aws-sdk/client-wafv2';
import { ACCOUNT } from '../machine/emulator';
import { type Context, FOUNDATION } from './context';

/** The web ACL's rules, and what its log leaves out. */
export async function webAcl({ report, aws, deployed }: Context): Promise<void> {
  const [Name, Id] = deployed.one('AWS::WAFv2::WebACL', FOUNDATION).physicalId.split('|') as [string, string];
  const { WebACL } = await aws.waf.send(new GetWebACLCommand({ Name, Id, Scope: 'REGIONAL' }));
  await report.check('web ACL: a rate for each address, and addresses of ill repute', () => {
    assert.deepEqual(
      WebACL?.Rules?.map((rule) => rule.Name),
      ['RatePerAddress', 'AddressReputation'],
    );
    assert.equal(WebACL?.Rules?.[0]?.Statement?.RateBasedStatement?.Limit, 10_000);
    for (const rule of WebACL?.Rules ?? []) assert.equal(rule.VisibilityConfig?.SampledRequestsEnabled, false);
  });
  await report.check(
    'web ACL: its log leaves out what it lets through, credentials, paths and queries, and stays here',
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
