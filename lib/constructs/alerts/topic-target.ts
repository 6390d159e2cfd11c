import type * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { AlertChannel } from './alert-channel';

/**
 * The topic of a channel as the target of a rule. For a topic of another account, CDK would put the rule into that account, from
 * which the events would have to be fetched. EventBridge delivers to such a topic with a role of this account
 * (docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html).
 */
export function topicTarget(
  { topic, publisher: role }: Pick<AlertChannel, 'topic' | 'publisher'>,
  message: events.RuleTargetInput,
): events.IRuleTarget {
  const { account } = topic.env;
  if (Token.isUnresolved(account) || account === Stack.of(role).account)
    return new targets.SnsTopic(topic, { role, message });
  return { bind: () => ({ arn: topic.topicArn, role, input: message }) };
}
