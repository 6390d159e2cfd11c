import assert from 'node:assert/strict';
import { egressRules } from '@/lib/perimeter/egress-rules';
import type { Aws } from '../../harness/aws';
import { OUTSIDE, ZONES } from '../../harness/egress-config';
import { jsonCall } from '../../harness/json-call';
import { type Context, EGRESS } from '../context';

const HOSTS = OUTSIDE.map(({ host }) => host).sort();
const SECRETS = 'secretsmanager.eu-central-1.amazonaws.com';

interface Policy {
  readonly StatefulRuleGroupReferences: readonly { readonly ResourceArn: string }[];
  readonly StatefulEngineOptions: unknown;
  readonly StatefulDefaultActions: unknown;
  readonly StatelessDefaultActions: unknown;
  readonly StatelessFragmentDefaultActions: unknown;
}

/** The firewalls' policy and rules, the DNS Firewall, and their logs, as our own services store them: neither filters anything here. */
export async function egressFilters({ report, aws, deployed }: Context): Promise<void> {
  const vpc = deployed.one('AWS::EC2::VPC', EGRESS).physicalId;
  const firewalls = deployed.ofType('AWS::NetworkFirewall::Firewall').map(({ physicalId }) => physicalId);
  const policyArn = deployed.one('AWS::NetworkFirewall::FirewallPolicy', EGRESS).physicalId;
  const groupArn = deployed.one('AWS::NetworkFirewall::RuleGroup', EGRESS).physicalId;

  await report.check(
    'the firewalls share a policy in strict order, which drops streams that they have not seen',
    async () => {
      for (const FirewallArn of firewalls) {
        const { Firewall } = await firewallCall<{ Firewall: { FirewallPolicyArn: string } }>(aws, 'DescribeFirewall', {
          FirewallArn,
        });
        assert.equal(Firewall.FirewallPolicyArn, policyArn);
      }
      const { FirewallPolicy: policy } = await firewallCall<{ FirewallPolicy: Policy }>(aws, 'DescribeFirewallPolicy', {
        FirewallPolicyArn: policyArn,
      });
      assert.deepEqual(policy.StatefulEngineOptions, { RuleOrder: 'STRICT_ORDER', StreamExceptionPolicy: 'DROP' });
      assert.deepEqual(policy.StatefulDefaultActions, ['aws:drop_strict', 'aws:alert_strict']);
      assert.deepEqual(policy.StatelessDefaultActions, ['aws:forward_to_sfe']);
      assert.deepEqual(policy.StatelessFragmentDefaultActions, ['aws:drop']);
      assert.deepEqual(
        policy.StatefulRuleGroupReferences.map(({ ResourceArn }) => ResourceArn),
        [groupArn],
      );
      return `${firewalls.length} firewalls`;
    },
  );
  await report.check('its only rule group has the rules of these hosts, word for word', async () => {
    const { RuleGroup } = await firewallCall<{ RuleGroup: { RulesSource: { RulesString: string } } }>(
      aws,
      'DescribeRuleGroup',
      { RuleGroupArn: groupArn },
    );
    const lines = RuleGroup.RulesSource.RulesString.split('\n');
    const named = lines.flatMap(
      (line) => /^pass tls .*tls\.sni; content:"([^"]+)"; startswith; endswith;/.exec(line)?.[1] ?? [],
    );
    assert.deepEqual([...new Set(named)].sort(), HOSTS);
    assert.deepEqual(lines, egressRules(HOSTS));
    assert.match(lines.at(-1) ?? '', /^drop /);
    return `${lines.length} rules`;
  });
  await report.check('each firewall logs alerts and flows to the log group of the stack', async () => {
    const logGroup = deployed.one('AWS::Logs::LogGroup', `${EGRESS}/Network/Logs/Firewalls`).physicalId;
    for (const FirewallArn of firewalls) {
      const { LoggingConfiguration } = await firewallCall<{
        LoggingConfiguration: { LogDestinationConfigs: readonly Record<string, unknown>[] };
      }>(aws, 'DescribeLoggingConfiguration', { FirewallArn });
      assert.deepEqual(
        LoggingConfiguration.LogDestinationConfigs.map(({ LogType, LogDestination }) => [LogType, LogDestination]),
        [
          ['ALERT', { logGroup }],
          ['FLOW', { logGroup }],
        ],
      );
    }
    assert.equal(firewalls.length, ZONES.length);
  });
  await report.check(
    "the VPC's resolver answers for these hosts and the endpoint only, and never fails open",
    async () => {
      const { FirewallRuleGroupAssociations: associations } = await dns<{
        FirewallRuleGroupAssociations: readonly { readonly FirewallRuleGroupId: string; readonly Status: string }[];
      }>(aws, 'ListFirewallRuleGroupAssociations', { VpcId: vpc });
      assert.equal(associations.length, 1);
      const { FirewallRules: rules } = await dns<{ FirewallRules: readonly Record<string, unknown>[] }>(
        aws,
        'ListFirewallRules',
        { FirewallRuleGroupId: associations[0]?.FirewallRuleGroupId },
      );
      const described = await Promise.all(
        rules.map(async ({ Action, Qtype, BlockResponse, FirewallDomainListId }) => {
          const { Domains } = await dns<{ Domains: readonly string[] }>(aws, 'ListFirewallDomains', {
            FirewallDomainListId,
          });
          return [Action, Qtype ?? BlockResponse, ...[...Domains].sort()];
        }),
      );
      assert.deepEqual(described, [
        ['ALLOW', 'A', ...[...HOSTS, SECRETS].sort()],
        ['BLOCK', 'NODATA', '*'],
      ]);
      const { FirewallConfig } = await dns<{ FirewallConfig: unknown }>(aws, 'GetFirewallConfig', { ResourceId: vpc });
      assert.deepEqual(FirewallConfig, { ResourceId: vpc, FirewallFailOpen: 'DISABLED' });
    },
  );
  await report.check('each DNS query is logged', async () => {
    const { ResolverQueryLogConfigs: configs } = await dns<{
      ResolverQueryLogConfigs: readonly { readonly Id: string; readonly DestinationArn: string }[];
    }>(aws, 'ListResolverQueryLogConfigs', {});
    const { ResolverQueryLogConfigAssociations: associations } = await dns<{
      ResolverQueryLogConfigAssociations: readonly { ResolverQueryLogConfigId: string; ResourceId: string }[];
    }>(aws, 'ListResolverQueryLogConfigAssociations', {});
    assert.deepEqual(
      associations.map(({ ResolverQueryLogConfigId, ResourceId }) => [ResolverQueryLogConfigId, ResourceId]),
      [[configs[0]?.Id, vpc]],
    );
    const group = deployed.one('AWS::Logs::LogGroup', `${EGRESS}/Network/Logs/Queries`).physicalId;
    assert.match(configs[0]?.DestinationArn ?? '', new RegExp(`:log-group:${group}(:\\*)?$`));
  });
}

const firewallCall = <Answer>(aws: Aws, operation: string, parameters: object) =>
  jsonCall<Answer>(aws, 'network-firewall', operation, parameters);
const dns = <Answer>(aws: Aws, operation: string, parameters: object) =>
  jsonCall<Answer>(aws, 'route53resolver', operation, parameters);
