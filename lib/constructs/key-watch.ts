import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acrossRegions } from './across-regions';
import type { Foundation } from './foundation';
import { KEY_ENDING } from './key-events';

/** Construction properties for a KeyWatch. */
export interface KeyWatchProps {
  /** Whose alerts tell of it, and whose trail sees it. */
  readonly foundation: Foundation;

  /** The keys to watch, in the Region of the foundation, or a RecoveryReplica's, whose Region tells of it. */
  readonly keys: kms.IKey[];
}

/**
 * Tells whom a foundation tells when a key is disabled or scheduled for deletion. The message names the key, the call, the
 * time and the event of the trail; not who did it, which the trail says to whoever may read it.
 */
export class KeyWatch extends Construct {
  constructor(scope: Construct, id: string, { foundation, keys }: KeyWatchProps) {
    super(scope, id);
    const { topic, publisher: role } = foundation._channel;
    const field = (path: string) => events.EventField.fromPath(path);
    const message = events.RuleTargetInput.fromText(
      `${field('$.detail.eventName')} of key ${field('$.detail.resources[0].ARN')} at ${field('$.time')}. What it encrypts can't be ` +
        `read without it: cancel the deletion or enable the key if nobody meant it. Event of the trail: ${field('$.detail.eventID')}.`,
    );
    new events.Rule(this, 'Rule', {
      description: 'Tells when a key is disabled or scheduled for deletion',
      eventPattern: {
        source: KEY_ENDING.source,
        detailType: KEY_ENDING.detailType,
        detail: {
          eventName: KEY_ENDING.eventName,
          resources: { ARN: keys.map((key) => this.arnOf(key)) },
          // A call that was refused has changed nothing.
          errorCode: [{ exists: false }],
        },
      },
      targets: [new targets.SnsTopic(topic, { role, message })],
    });
  }

  private arnOf(key: kms.IKey): string {
    return Stack.of(key).region === Stack.of(this).region ? key.keyArn : acrossRegions(key.keyArn);
  }
}
