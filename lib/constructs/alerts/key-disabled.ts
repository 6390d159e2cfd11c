import * as events from 'aws-cdk-lib/aws-events';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acrossRegions } from '../shared/across-regions';
import type { AlertChannel } from './alert-channel';
import { topicTarget } from './topic-target';

/** The calls after which data under a key can't be decrypted. */
export const KEY_DISABLED_EVENTS = {
  source: ['aws.kms'],
  detailType: ['AWS API Call via CloudTrail'],
  eventName: ['DisableKey', 'ScheduleKeyDeletion'],
};

/** What a disabled key means, as a sentence of the message. */
const UNREADABLE = 'Data encrypted under this key can no longer be read.';

/** Notifies a channel when one of the keys is disabled or scheduled for deletion. */
export function notifyKeyDisabled(
  scope: Construct,
  { topic, publisher: role }: AlertChannel,
  keys: readonly kms.IKey[],
  effect = UNREADABLE,
): void {
  const field = (path: string) => events.EventField.fromPath(path);
  const message = events.RuleTargetInput.fromText(
    `${field('$.detail.eventName')} of key ${field('$.detail.resources[0].ARN')} at ${field('$.time')}. ${effect} ` +
      'If this was a mistake, cancel the deletion or enable the key. ' +
      `CloudTrail event: ${field('$.detail.eventID')}.`,
  );
  const arnOf = (key: kms.IKey) =>
    Stack.of(key).region === Stack.of(scope).region ? key.keyArn : acrossRegions(key.keyArn);
  const rule = new events.Rule(scope, 'Rule', {
    description: 'Notifies the alerts topic when a key is disabled or scheduled for deletion',
    eventPattern: {
      source: KEY_DISABLED_EVENTS.source,
      detailType: KEY_DISABLED_EVENTS.detailType,
      detail: {
        eventName: KEY_DISABLED_EVENTS.eventName,
        resources: { ARN: keys.map(arnOf) },
        // A denied call has changed nothing.
        errorCode: [{ exists: false }],
      },
    },
    targets: [topicTarget({ topic, publisher: role }, message)],
  });
  // Until its role may publish, events are lost.
  rule.node.addDependency(role);
}
