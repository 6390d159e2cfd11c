import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { ResidencyKey } from '../keys/residency-key';
import type { Alerts } from './alerts';

/** Construction properties for an AlertChannel. */
export interface AlertChannelProps {
  readonly boundary: ResidencyBoundary;
  readonly alerts: Alerts;
}

/**
 * The route from alarms to their recipients: a topic under its own key. Only alarms of its own account and Region
 * publish to it, and only over TLS. Messages hold names, counts, ARNs and times.
 */
export class AlertChannel extends Construct {
  /**
   * The destination of alarms. It exists, without a subscription, even if `alerts` names no recipient: other stacks
   * refer to it, so removing and adding it would block their deployment.
   */
  public readonly topic: sns.ITopic;

  /** The role with which EventBridge publishes. */
  public readonly publisher: iam.IRole;

  /** The key of a new topic; none for an existing topic. */
  public readonly key?: ResidencyKey;

  /** The recipients of alarms, or the reason why there are none, for the deployment's outputs. */
  public readonly summary: string;

  constructor(scope: Construct, id: string, { boundary, alerts }: AlertChannelProps) {
    super(scope, id);
    this.summary = summaryOf(alerts);
    if (alerts.topic === undefined) {
      this.key = new ResidencyKey(this, 'Key', { boundary, description: `Alerts of ${this.node.path}` });
      this.key.allowAlarms();
    }
    this.topic = alerts.topic ? requireHere(this, alerts.topic) : this.newTopic(alerts.addresses, this.key);
    // EventBridge publishes to an encrypted topic without naming its source, so a key policy can't restrict it by
    // source (docs.aws.amazon.com/sns/latest/dg/sns-key-management.html). A key policy can name a role.
    const publisher = new iam.Role(this, 'Publisher', {
      description: 'Publishes key events from EventBridge to the alerts topic',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.topic.grantPublish(publisher);
    this.publisher = publisher;
  }

  /** Notifies the recipients when an alarm goes off and when it returns to normal. */
  public notify(alarm: cloudwatch.Alarm): void {
    const action = new actions.SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }

  private newTopic(addresses: readonly string[], key?: ResidencyKey): sns.ITopic {
    const stack = Stack.of(this);
    const topic = new sns.Topic(this, 'Topic', { masterKey: key?.forTopic(), enforceSSL: true });
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'Alarms',
        actions: ['sns:Publish'],
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
        },
      }),
    );
    for (const [index, endpoint] of addresses.entries()) {
      const protocol = endpoint.startsWith('https://')
        ? sns.SubscriptionProtocol.HTTPS
        : sns.SubscriptionProtocol.EMAIL;
      new sns.Subscription(this, `To${index}`, { topic, endpoint, protocol });
    }
    return topic;
  }
}

function summaryOf({ addresses, topic, reason }: Alerts): string {
  if (reason !== undefined) return `alarms notify no one: ${reason}`;
  if (topic !== undefined) return `alarms go to ${topic.topicArn}`;
  return `SNS has asked each address to confirm, and notifies only those that have: ${addresses.join(', ')}`;
}

function requireHere(scope: Construct, topic: sns.ITopic): sns.ITopic {
  const { region } = Stack.of(scope);
  const found = topic.env.region;
  if (found === region || Token.isUnresolved(found)) return topic;
  throw new Error(
    `${scope.node.path}: the topic of 'alerts' must be in ${region}, the Region of its stack, because alarms can't publish to another ` +
      `Region, got a topic in '${found}'; pass a topic in ${region}, or addresses with Alerts.to`,
  );
}
