import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acrossRegions } from '../shared/across-regions';
import type { AlertChannel } from './alert-channel';

/** The calls after which what a key encrypts can't be read. */
export const KEY_ENDING = {
  source: ['aws.kms'],
  detailType: ['AWS API Call via CloudTrail'],
  eventName: ['DisableKey', 'ScheduleKeyDeletion'],
};

/** Has a channel told when one of the keys is disabled or scheduled for deletion. */
export function tellOfKeyEnding(
  scope: Construct,
  { topic, publisher: role }: AlertChannel,
  keys: readonly kms.IKey[],
): void {
  const field = (path: string) => events.EventField.fromPath(path);
  const message = events.RuleTargetInput.fromText(
    `${field('$.detail.eventName')} of key ${field('$.detail.resources[0].ARN')} at ${field('$.time')}. What it encrypts can't be ` +
      `read without it: cancel the deletion or enable the key if nobody meant it. Event of the trail: ${field('$.detail.eventID')}.`,
  );
  const arnOf = (key: kms.IKey) =>
    Stack.of(key).region === Stack.of(scope).region ? key.keyArn : acrossRegions(key.keyArn);
  new events.Rule(scope, 'Rule', {
    description: 'Tells when a key is disabled or scheduled for deletion',
    eventPattern: {
      source: KEY_ENDING.source,
      detailType: KEY_ENDING.detailType,
      detail: {
        eventName: KEY_ENDING.eventName,
        resources: { ARN: keys.map(arnOf) },
        // A call that was refused has changed nothing.
        errorCode: [{ exists: false }],
      },
    },
    targets: [new targets.SnsTopic(topic, { role, message })],
  });
}
