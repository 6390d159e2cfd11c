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
 * How alarms reach somebody: a topic under a key of its own, to which alarms of its account and Region publish, and nobody
 * without TLS. What it is sent are names, counts, ARNs and times.
 */
export class AlertChannel extends Construct {
  /**
   * Where alarms go. It is there, without a subscription, also where nobody is told: other stacks refer to it, and couldn't be
   * deployed in turn if it came and went.
   */
  public readonly topic: sns.ITopic;

  /** Under what EventBridge publishes. */
  public readonly publisher: iam.IRole;

  /** The key of a topic that was made here. */
  public readonly key?: ResidencyKey;

  /** Who is told, for whoever deploys. */
  public readonly summary: string;

  constructor(scope: Construct, id: string, { boundary, alerts }: AlertChannelProps) {
    super(scope, id);
    this.summary = summaryOf(alerts);
    if (alerts.topic === undefined) {
      this.key = new ResidencyKey(this, 'Key', { boundary, description: `Alerts of ${this.node.path}` });
      this.key.allowAlarms();
    }
    this.topic = alerts.topic ? requireHere(this, alerts.topic) : this.newTopic(alerts.addresses, this.key);
    // KMS sees nothing by which it could tell for whom EventBridge itself publishes to an encrypted topic
    // (docs.aws.amazon.com/sns/latest/dg/sns-key-management.html); a role it can name.
    const publisher = new iam.Role(this, 'Publisher', {
      description: 'Publishes what EventBridge sees of keys to the topic of alerts',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.topic.grantPublish(publisher);
    this.publisher = publisher;
  }

  /** Has an alarm tell whoever is to be told, when it goes off and when it is over. */
  public tell(alarm: cloudwatch.Alarm): void {
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
  if (reason !== undefined) return `nobody is told of alarms: ${reason}`;
  if (topic !== undefined) return `alarms go to ${topic.topicArn}`;
  return `SNS has asked each to confirm, and tells nobody who has not: ${addresses.join(', ')}`;
}

function requireHere(scope: Construct, topic: sns.ITopic): sns.ITopic {
  const { region } = Stack.of(scope);
  const found = topic.env.region;
  if (found === region || Token.isUnresolved(found)) return topic;
  throw new Error(
    `${scope.node.path}: the topic of 'alerts' must be in ${region}, the Region of its stack, because alarms reach no other, ` +
      `got one in '${found}'; name a topic of ${region}, or addresses with Alerts.to`,
  );
}
