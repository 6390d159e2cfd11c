import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { KEY_ENDING } from '../alerts/key-ending';
import type { Foundation } from './foundation';

/** Construction properties for KeyEvents. */
export interface KeyEventsProps {
  /** To whose Region they are sent. */
  readonly foundation: Foundation;
  /** Of this Region. */
  readonly key: kms.IKey;
}

/** Sends what ends a key of another Region to the foundation's, where a KeyWatch sees it: an event stays where its call was made. */
export class KeyEvents extends Construct {
  constructor(scope: Construct, id: string, { foundation, key }: KeyEventsProps) {
    super(scope, id);
    const { region } = Stack.of(foundation);
    const busArn = Stack.of(this).formatArn({
      service: 'events',
      region,
      resource: 'event-bus',
      resourceName: 'default',
    });
    new events.Rule(this, 'Rule', {
      description: `Sends it to ${region} when a key is disabled or scheduled for deletion`,
      eventPattern: {
        source: KEY_ENDING.source,
        detailType: KEY_ENDING.detailType,
        detail: { eventName: KEY_ENDING.eventName, resources: { ARN: [key.keyArn] } },
      },
      targets: [new targets.EventBus(events.EventBus.fromEventBusArn(this, 'Bus', busArn))],
    });
  }
}
