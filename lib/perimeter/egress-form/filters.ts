import { egressRules } from '../egress-rules';
import { attribute, type EgressTemplate, ref, target } from './template';

const FIREWALL = 'AWS::NetworkFirewall';
const RESOLVER = 'AWS::Route53Resolver';

/** Checks the policy of the firewalls, to the last rule, and their logs. */
export function checkFirewalls(
  template: EgressTemplate,
  vpc: string,
  firewalls: readonly string[],
  names: readonly string[],
): void {
  for (const firewall of firewalls) {
    const policy = target(template.properties(firewall).FirewallPolicyArn, 'FirewallPolicyArn');
    const { FirewallPolicy } = template.properties(policy) as {
      FirewallPolicy?: { StatefulRuleGroupReferences?: { ResourceArn?: unknown }[] };
    };
    const rules = target(FirewallPolicy?.StatefulRuleGroupReferences?.[0]?.ResourceArn, 'RuleGroupArn');
    template.requireForm(
      policy,
      `the policy of ${firewall}, which drops all but its rules,`,
      `${FIREWALL}::FirewallPolicy`,
      {
        FirewallPolicy: {
          PolicyVariables: { RuleVariables: { HOME_NET: { Definition: [template.properties(vpc).CidrBlock] } } },
          StatelessDefaultActions: ['aws:forward_to_sfe'],
          StatelessFragmentDefaultActions: ['aws:drop'],
          StatefulRuleGroupReferences: [{ Priority: 1, ResourceArn: attribute(rules, 'RuleGroupArn') }],
          StatefulDefaultActions: ['aws:drop_strict', 'aws:alert_strict'],
          StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER', StreamExceptionPolicy: 'DROP' },
        },
      },
    );
    template.requireForm(rules, `the rules of ${firewall}, which pass the listed names,`, `${FIREWALL}::RuleGroup`, {
      Type: 'STATEFUL',
      RuleGroup: {
        RulesSource: { RulesString: egressRules(names).join('\n') },
        StatefulRuleOptions: { RuleOrder: 'STRICT_ORDER' },
      },
    });
    checkLog(template, firewall);
  }
}

function checkLog(template: EgressTemplate, firewall: string): void {
  const logging = template.only(
    `logging of ${firewall}`,
    'what is dropped must be logged',
    `${FIREWALL}::LoggingConfiguration`,
    { FirewallArn: attribute(firewall, 'FirewallArn') },
  );
  if (logging === undefined) return;
  const { LoggingConfiguration } = template.properties(logging) as {
    LoggingConfiguration?: { LogDestinationConfigs?: { LogDestination?: { logGroup?: { Ref?: string } } }[] };
  };
  const group = LoggingConfiguration?.LogDestinationConfigs?.[0]?.LogDestination?.logGroup?.Ref ?? '';
  template.requireForm(logging, `logging of ${firewall}, of alerts and flows`, `${FIREWALL}::LoggingConfiguration`, {
    LoggingConfiguration: {
      LogDestinationConfigs: ['ALERT', 'FLOW'].map((LogType) => ({
        LogDestination: { logGroup: ref(group) },
        LogDestinationType: 'CloudWatchLogs',
        LogType,
      })),
    },
  });
  requireEncrypted(template, group, `log of ${firewall}`);
}

/** Checks that the resolver answers for the listed names only, in failures too, and logs the queries. */
export function checkNames(template: EgressTemplate, vpc: string, names: readonly string[]): void {
  const why = 'a query can carry content to any server of names';
  const association = template.only('DNS Firewall rules', why, `${RESOLVER}::FirewallRuleGroupAssociation`, {
    VpcId: ref(vpc),
  });
  if (association !== undefined) {
    const rules = target(template.properties(association).FirewallRuleGroupId, 'Id');
    const { FirewallRules } = template.properties(rules) as { FirewallRules?: { FirewallDomainListId?: unknown }[] };
    const [listed = '', all = ''] = [0, 1].map((index) => target(FirewallRules?.[index]?.FirewallDomainListId, 'Id'));
    template.requireForm(
      rules,
      'DNS Firewall rules that allow a list and block the rest',
      `${RESOLVER}::FirewallRuleGroup`,
      {
        FirewallRules: [
          {
            Action: 'ALLOW',
            FirewallDomainListId: attribute(listed, 'Id'),
            FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
            Priority: 10,
            Qtype: 'A',
          },
          { Action: 'BLOCK', BlockResponse: 'NODATA', FirewallDomainListId: attribute(all, 'Id'), Priority: 20 },
        ],
      },
    );
    template.requireForm(listed, 'the list of allowed names', `${RESOLVER}::FirewallDomainList`, {
      Domains: [...names],
      DomainFileUrl: undefined,
    });
    template.requireForm(all, 'the list of blocked names, which is all,', `${RESOLVER}::FirewallDomainList`, {
      Domains: ['*'],
    });
  }
  template.only('DNS Firewall that fails closed', 'any name resolves in a failure', `${RESOLVER}::FirewallConfig`, {
    ResourceId: ref(vpc),
    FirewallFailOpen: 'DISABLED',
  });
  checkQueryLog(template, vpc);
}

function checkQueryLog(template: EgressTemplate, vpc: string): void {
  const type = `${RESOLVER}::ResolverQueryLoggingConfig`;
  const association = template.only('a log of DNS queries', 'blocked queries must be seen', `${type}Association`, {
    ResourceId: ref(vpc),
  });
  if (association === undefined) return;
  const config = target(template.properties(association).ResolverQueryLogConfigId, 'Id');
  const group = target(template.properties(config).DestinationArn, 'Arn');
  template.requireForm(config, 'the log of DNS queries', type, { DestinationArn: attribute(group, 'Arn') });
  requireEncrypted(template, group, 'log of DNS queries');
}

function requireEncrypted(template: EgressTemplate, group: string, what: string): void {
  const { KmsKeyId, RetentionInDays } = template.properties(group);
  template.require(
    template.find('AWS::Logs::LogGroup', {}).includes(group) && KmsKeyId !== undefined && RetentionInDays !== undefined,
    `the ${what} must be a log group of the stack, under a key and with a finite retention`,
  );
}
