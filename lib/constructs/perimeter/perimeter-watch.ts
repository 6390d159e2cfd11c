import * as events from 'aws-cdk-lib/aws-events';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as logDestinations from 'aws-cdk-lib/aws-logs-destinations';
import { Duration, Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { DEFAULT_DEPLOY_ROLES } from '../../config/schema/perimeter';
import { boundaryPolicyName } from '../../contract/perimeter';
import { WATCHED_SOURCES } from '../../contract/watched-calls';
import { AlertChannel } from '../alerts/alert-channel';
import type { Alerts } from '../alerts/alerts';
import { notifyKeyDisabled } from '../alerts/key-disabled';
import { runbookAlarm } from '../alerts/runbook-alarm';
import { topicTarget } from '../alerts/topic-target';
import type { Foundation } from '../foundation/foundation';
import { OutsideFunction } from '../functions/outside-function';
import { requireInside } from '../shared/require-inside';
import { requireBoundaryName } from './boundary-name';
import { WatchTrail } from './watch-trail';

/** Construction properties for a PerimeterWatch. */
export interface PerimeterWatchProps {
  /** The places where data may be stored and processed. */
  readonly boundary: ResidencyBoundary;

  /**
   * The foundation of the deployment in the same Region, whose alerts report.
   *
   * @default - `alerts` reports
   */
  readonly foundation?: Foundation;

  /**
   * The recipients, in an account without a foundation, such as the management account of an organization.
   *
   * @default - those of `foundation`
   */
  readonly alerts?: Alerts;

  /**
   * The names of the roles that deploy; `*` stands for any text. What CloudFormation changes with them in key policies, trails and the
   * egress is not reported.
   *
   * @default - those of the CDK CLI's bootstrap, `cdk-*-cfn-exec-role-*`
   */
  readonly deployRoles?: string[];

  /**
   * The name of the permissions boundary.
   *
   * @default 'eu-residency-boundary'
   */
  readonly policyName?: string;

  /**
   * The names of the stacks and StackSets whose deletion is reported; `*` stands for any text.
   *
   * @default - all
   */
  readonly stackNames?: string[];
}

/** The rules of EventBridge: one sends the reports, the other says when they may stop. */
interface RuleNames {
  readonly reports: string;
  readonly itself: string;
}

/** What the reports depend on. */
interface Itself {
  readonly handler: lambda.Function;
  readonly trail: WatchTrail;
  readonly channel: AlertChannel;
  readonly rules: RuleNames;
}

/**
 * Reports each call in the account, in whichever Region, that loosens the perimeter: of the organization's policies, the permissions
 * boundary, the hook, Bedrock's retention mode, key policies, trails and the egress. A report states the call, its principal, Region and
 * time, some minutes later. A refused attempt is reported too.
 *
 * A stop of its own trail is reported while another trail of the account records, such as that of a foundation or an organization. In an
 * account that has none, create one.
 */
export class PerimeterWatch extends Construct {
  /** @throws if the Region isn't inside the boundary, there is neither a foundation nor a recipient, or both, or the name has another form */
  constructor(scope: Construct, id: string, props: PerimeterWatchProps) {
    super(scope, id);
    const { boundary, foundation } = props;
    requireInside(this, boundary, 'it stores who changed what');
    const channel = this.channelOf(props);
    const trail = new WatchTrail(this, 'Trail', { boundary, accessLogBucket: foundation?.accessLogBucket });
    // The rules name each other, so CloudFormation can't choose their names.
    const name = Names.uniqueResourceName(this, { maxLength: 50, separator: '-' });
    const rules: RuleNames = { reports: `${name}-reports`, itself: `${name}-itself` };
    const { handler } = new OutsideFunction(this, 'Report', {
      bundle: 'watch',
      policy: {
        deployRoles: props.deployRoles ?? DEFAULT_DEPLOY_ROLES,
        boundaryPolicy: requireBoundaryName(this, props.policyName ?? boundaryPolicyName()),
        stacks: props.stackNames ?? ['*'],
        rules: Object.values(rules),
      },
      description: 'Finds the calls that loosen the perimeter',
      environment: {},
      logKey: trail.key.key,
      logRetention: logs.RetentionDays.ONE_MONTH,
      timeout: Duration.seconds(30),
    });
    trail.logGroup.addSubscriptionFilter('Watched', {
      destination: new logDestinations.LambdaDestination(handler),
      filterPattern: logs.FilterPattern.literal(
        `{ ${WATCHED_SOURCES.map((source) => `($.eventSource = "${source}")`).join(' || ')} }`,
      ),
    });
    this.publish(handler, channel, rules.reports);
    this.watchItself({ handler, trail, channel, rules });
    const keys = [trail.key.key, ...(foundation === undefined && channel.key ? [channel.key.key] : [])];
    notifyKeyDisabled(new Construct(this, 'Keys'), channel, keys, 'Reports about the perimeter may stop.');
  }

  private channelOf({ boundary, foundation, alerts }: PerimeterWatchProps): AlertChannel {
    if ((foundation === undefined) === (alerts === undefined)) {
      throw new Error(
        `${this.node.path}: exactly one of 'foundation' and 'alerts' must name the recipients, got ${foundation ? 'both' : 'neither'}; ` +
          "pass the foundation of the deployment, or in an account without one, 'alerts'",
      );
    }
    return foundation?._channel ?? new AlertChannel(this, 'Alerts', { boundary, alerts: alerts as Alerts });
  }

  /** The function has no permission to publish: Lambda hands its answer to EventBridge. */
  private publish(handler: lambda.Function, channel: AlertChannel, ruleName: string): void {
    handler.configureAsyncInvoke({ onSuccess: new destinations.EventBridgeDestination(), retryAttempts: 2 });
    const rule = new events.Rule(this, 'Rule', {
      ruleName,
      description: 'Notifies the alerts topic when the perimeter is loosened',
      eventPattern: {
        source: ['lambda'],
        detailType: ['Lambda Function Invocation Result - Success'],
        detail: {
          requestContext: { functionArn: [{ prefix: handler.functionArn }] },
          responsePayload: { text: [{ exists: true }] },
        },
      },
      targets: [
        topicTarget(
          channel,
          events.RuleTargetInput.fromText(events.EventField.fromPath('$.detail.responsePayload.text')),
        ),
      ],
    });
    // Until its role may publish, events are lost.
    rule.node.addDependency(channel.publisher);
  }

  /** What stops the reports themselves is sent without them: EventBridge has calls of this Region at once, while any trail records. */
  private watchItself({ handler, trail, channel, rules }: Itself): void {
    const { logGroup, trailName } = trail;
    const { topicArn } = channel.topic;
    const field = (path: string) => events.EventField.fromPath(path);
    const rule = new events.Rule(this, 'Itself', {
      ruleName: rules.itself,
      description: 'Notifies the alerts topic when reports about the perimeter may stop',
      eventPattern: {
        source: ['aws.cloudtrail', 'aws.events', 'aws.lambda', 'aws.logs', 'aws.sns'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          $or: [
            { eventName: ['DeleteTrail', 'StopLogging'] },
            // Requests name a trail by its name or its ARN.
            { eventName: ['UpdateTrail'], requestParameters: { name: [{ wildcard: `*${trailName}` }] } },
            { eventName: ['PutEventSelectors'], requestParameters: { trailName: [{ wildcard: `*${trailName}` }] } },
            {
              eventName: [
                { prefix: 'DeleteFunction' },
                { prefix: 'UpdateFunction' },
                { prefix: 'PutFunction' },
                { prefix: 'RemovePermission' },
              ],
              requestParameters: { functionName: [{ wildcard: `*${handler.functionName}*` }] },
            },
            {
              eventName: ['DeleteLogGroup', 'DeleteSubscriptionFilter', 'PutSubscriptionFilter'],
              requestParameters: { logGroupName: [logGroup.logGroupName] },
            },
            // The function reports those of this rule.
            { eventName: ['DeleteRule', 'DisableRule', 'PutRule'], requestParameters: { name: [rules.reports] } },
            { eventName: ['PutTargets', 'RemoveTargets'], requestParameters: { rule: [rules.reports] } },
            // The other recipients still get it.
            { eventName: ['DeleteTopic', 'SetTopicAttributes'], requestParameters: { topicArn: [topicArn] } },
            {
              eventName: ['SetSubscriptionAttributes', 'Unsubscribe'],
              requestParameters: { subscriptionArn: [{ prefix: `${topicArn}:` }] },
            },
          ],
        },
      },
      targets: [
        topicTarget(
          channel,
          events.RuleTargetInput.fromText(
            `Reports about the perimeter may stop: ${field('$.detail.eventName')} in ${field('$.detail.awsRegion')} of account ` +
              `${field('$.account')} at ${field('$.time')}, by ${field('$.detail.userIdentity.arn')} from ` +
              `${field('$.detail.sourceIPAddress')}. Error, if it was refused: ${field('$.detail.errorCode')}. CloudTrail event: ` +
              `${field('$.detail.eventID')}. Runbook: 'WatchChanged' in docs/OPERATIONS.md.`,
          ),
        ),
      ],
    });
    rule.node.addDependency(channel.publisher);
    runbookAlarm(this, 'Failed', {
      entry: 'WatchFailed',
      text: `Calls that may loosen the perimeter couldn't be read, so they weren't reported. See the log of function ${handler.functionName}.`,
      metric: handler.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      channel,
    });
  }
}
