import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { ResidencyKey } from '../keys/residency-key';
import { AlertChannel, publisherName } from './alert-channel';
import { Alerts } from './alerts';

/** A deployment in another account that publishes its alarms. */
export interface AlertingDeployment {
  /** The account, by its twelve digits. */
  readonly accountId: string;

  /** The `name` of its `residency.yaml`. */
  readonly name: string;
}

/** Construction properties for a SharedAlerts. */
export interface SharedAlertsProps {
  /** The boundary in which the topic may be. */
  readonly boundary: ResidencyBoundary;

  /** The recipients: email addresses, and `https://` URLs whose host is declared as a place; at least one. */
  readonly addresses: string[];

  /** The deployments that publish to it, in other accounts and in the Region of the topic; at least one. */
  readonly deployments: AlertingDeployment[];
}

/**
 * A topic for the alarms of deployments in several accounts, in the account of the platform team. Each of them names it as
 * `alerts: { topic: ARN }`. Messages hold names, counts, ARNs and times, and no content.
 *
 * Alarms publish only to a topic of their own Region, so each Region with deployments needs one.
 */
export class SharedAlerts extends Construct {
  /** The topic. */
  public readonly topic: sns.ITopic;

  /** @throws if an account isn't twelve digits, no deployment is named, or the Region is outside the boundary */
  constructor(scope: Construct, id: string, props: SharedAlertsProps) {
    super(scope, id);
    const { boundary, addresses, deployments } = props;
    const wrong = deployments.find(({ accountId }) => !/^\d{12}$/.test(accountId));
    if (wrong !== undefined || deployments.length === 0) {
      throw new Error(
        `${this.node.path}: 'deployments' must name those that publish, at least one, each with the twelve digits of its account, got ` +
          `${wrong === undefined ? 'none' : `'${wrong.accountId}'`}; write { accountId: '111122223333', name: 'exemple' }`,
      );
    }
    const { partition, region } = Stack.of(this);
    const accounts = [...new Set(deployments.map(({ accountId }) => accountId))];
    const roles = deployments.map(
      ({ accountId, name }) => `arn:${partition}:iam::${accountId}:role/${publisherName(`${name}-foundation`, region)}`,
    );
    const channel = new AlertChannel(this, 'Channel', {
      boundary,
      alerts: Alerts.to(...addresses),
      otherAccounts: accounts.map((accountId) => ({
        accountId,
        reason: 'its alarms are published to the shared topic',
      })),
    });
    this.topic = channel.topic;
    (channel.key as ResidencyKey)._allowPublishersOf(accounts, roles);
    for (const statement of this.publishing(accounts, roles)) this.topic.addToResourcePolicy(statement);
  }

  private publishing(accounts: readonly string[], roles: readonly string[]): iam.PolicyStatement[] {
    const { partition, region } = Stack.of(this);
    const publish = { actions: ['sns:Publish'], resources: [this.topic.topicArn] };
    return [
      new iam.PolicyStatement({
        ...publish,
        sid: 'AlarmsOfAccounts',
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        conditions: {
          StringEquals: { 'aws:SourceAccount': accounts },
          ArnLike: { 'aws:SourceArn': accounts.map((one) => `arn:${partition}:cloudwatch:${region}:${one}:alarm:*`) },
        },
      }),
      new iam.PolicyStatement({
        ...publish,
        sid: 'RolesOfAccounts',
        principals: accounts.map((one) => new iam.ArnPrincipal(`arn:${partition}:iam::${one}:root`)),
        conditions: { ArnEquals: { 'aws:PrincipalArn': roles } },
      }),
    ];
  }
}
