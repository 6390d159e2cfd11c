import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ArnFormat, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { type AdmittedAccount, ResidencyKey } from '../keys/residency-key';
import { viaServiceNames } from '../keys/via-service';
import { acknowledgeObjects } from '../shared/acknowledge-objects';
import type { Alerts } from './alerts';

/** Construction properties for an AlertChannel. */
export interface AlertChannelProps {
  readonly boundary: ResidencyBoundary;
  readonly alerts: Alerts;
  /**
   * Other accounts that publish under the key of a new topic.
   *
   * @default - none
   */
  readonly otherAccounts?: AdmittedAccount[];
}

/** The name of the role with which the rules of a deployment publish to a topic of another account, whose policies name it. */
export const publisherName = (foundationStack: string, region: string): string => `${foundationStack}-alerts-${region}`;

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

  constructor(scope: Construct, id: string, { boundary, alerts, otherAccounts }: AlertChannelProps) {
    super(scope, id);
    this.summary = summaryOf(alerts);
    const given = alerts._arn === undefined ? alerts.topic : sns.Topic.fromTopicArn(this, 'Given', alerts._arn);
    if (given === undefined) {
      this.key = new ResidencyKey(this, 'Key', { boundary, description: `Alerts of ${this.node.path}`, otherAccounts });
      this.key.allowAlarms();
    }
    this.topic = given ? requireHere(this, given) : this.newTopic(alerts.addresses, this.key);
    // EventBridge publishes to an encrypted topic without naming its source, so a key policy can't restrict it by
    // source (docs.aws.amazon.com/sns/latest/dg/sns-key-management.html). A key policy can name a role.
    const { stackName, region } = Stack.of(this);
    const publisher = new iam.Role(this, 'Publisher', {
      ...(alerts._arn !== undefined && { roleName: publisherName(stackName, region) }),
      description: 'Publishes key events from EventBridge to the alerts topic',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.topic.grantPublish(publisher);
    this.publisher = publisher;
    if (alerts._arn !== undefined) this.grantKeyOf(alerts._arn, publisher);
  }

  /** Notifies the recipients when an alarm goes off and when it returns to normal. */
  public notify(alarm: cloudwatch.Alarm): void {
    const action = new actions.SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }

  /** Another account's key also needs its use to be allowed here. Nothing here tells which key of that account it is. */
  private grantKeyOf(topicArn: string, publisher: iam.Role): void {
    const { partition, region } = Stack.of(this);
    const { account } = Stack.of(this).splitArn(topicArn, ArnFormat.NO_RESOURCE_NAME);
    const key = `arn:${partition}:kms:${region}:${account}:key/*`;
    publisher.addToPolicy(
      new iam.PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [key],
        conditions: { StringEquals: { 'kms:ViaService': viaServiceNames('sns', region) } },
      }),
    );
    acknowledgeObjects(publisher, [key], 'the key of a topic of another account, through SNS only');
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

function summaryOf({ addresses, topic, reason, _arn: arn }: Alerts): string {
  if (reason !== undefined) return `alarms notify no one: ${reason}`;
  if (arn !== undefined) return `alarms go to ${arn}`;
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
