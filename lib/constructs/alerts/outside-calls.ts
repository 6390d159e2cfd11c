import * as events from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { AlertChannel } from './alert-channel';
import { topicTarget } from './topic-target';

/**
 * A rule for calls of Bedrock that were made in the Region of its stack and served outside the boundary, by whichever principal of the
 * account. Regions come from the boundary. The caller adds a target.
 */
export function outsideCalls(scope: Construct, id: string, boundary: ResidencyBoundary): events.Rule {
  const outside = [{ 'anything-but': boundary.regionCodes() }];
  const rule = new events.Rule(scope, id, {
    description: `Notifies when a call of Bedrock is served outside ${boundary.name}`,
    eventPattern: {
      source: ['aws.bedrock'],
      detailType: ['AWS API Call via CloudTrail'],
      detail: { additionalEventData: { inferenceRegion: outside } },
    },
  });
  // Calls of models are read-only events, which a rule that is only enabled doesn't match.
  (rule.node.defaultChild as events.CfnRule).state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  return rule;
}

/** Notifies a channel of calls of Bedrock outside the boundary. */
export function notifyOutsideCalls(
  scope: Construct,
  boundary: ResidencyBoundary,
  { topic, publisher: role }: AlertChannel,
): void {
  const field = (path: string) => events.EventField.fromPath(path);
  const message = events.RuleTargetInput.fromText(
    `${field('$.detail.eventName')} in ${field('$.detail.awsRegion')} at ${field('$.time')} was served outside the boundary: ` +
      `${field('$.detail.additionalEventData.inferenceRegion')}. CloudTrail event: ${field('$.detail.eventID')}. ` +
      "Runbook: 'ServedOutside' in docs/OPERATIONS.md.",
  );
  const rule = outsideCalls(scope, 'ServedOutside', boundary);
  rule.addTarget(topicTarget({ topic, publisher: role }, message));
  // Until its role may publish, events are lost.
  rule.node.addDependency(role);
}
