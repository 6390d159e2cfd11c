import * as firewall from 'aws-cdk-lib/aws-networkfirewall';
import { Names } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { MOST_NAMES } from '../../perimeter/egress-names';
import { egressRules } from '../../perimeter/egress-rules';

/**
 * A rule group's capacity, one for each rule, is fixed when it is created
 * (docs.aws.amazon.com/network-firewall/latest/developerguide/nwfw-rule-group-capacity.html). This one is enough for every list.
 */
const CAPACITY = 200;

/** Creates the policy of the firewalls: the rules of these names in their order, and nothing else passes. */
export function firewallPolicy(
  scope: Construct,
  names: readonly string[],
  addressRange: string,
): firewall.CfnFirewallPolicy {
  const rules = egressRules(names);
  if (rules.length > CAPACITY) throw new Error(`${MOST_NAMES} names need more rules than the capacity of ${CAPACITY}`);
  const name = Names.uniqueResourceName(scope, { maxLength: 128, separator: '-' });
  const group = new firewall.CfnRuleGroup(scope, 'Rules', {
    ruleGroupName: name,
    type: 'STATEFUL',
    capacity: CAPACITY,
    description: 'TLS to listed names',
    ruleGroup: {
      rulesSource: { rulesString: rules.join('\n') },
      statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' },
    },
  });
  return new firewall.CfnFirewallPolicy(scope, 'Policy', {
    firewallPolicyName: name,
    description: 'TLS to listed names, in strict order',
    firewallPolicy: {
      policyVariables: { ruleVariables: { HOME_NET: { definition: [addressRange] } } },
      statelessDefaultActions: ['aws:forward_to_sfe'],
      // The rules read whole packets. TCP doesn't need fragments.
      statelessFragmentDefaultActions: ['aws:drop'],
      statefulRuleGroupReferences: [{ resourceArn: group.attrRuleGroupArn, priority: 1 }],
      // The rules end with drops of everything. These also drop a packet that none of them matched.
      statefulDefaultActions: ['aws:drop_strict', 'aws:alert_strict'],
      statefulEngineOptions: { ruleOrder: 'STRICT_ORDER', streamExceptionPolicy: 'DROP' },
    },
  });
}
