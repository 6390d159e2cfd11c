import * as events from 'aws-cdk-lib/aws-events';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { KEY_DISABLED_EVENTS } from '../alerts/key-disabled';
import { forwardTo } from './forward-events';
import type { Foundation } from './foundation';

/** Construction properties for KeyEvents. */
export interface KeyEventsProps {
  /** The foundation whose Region receives the events. */
  readonly foundation: Foundation;
  /** A key in the Region of this construct's stack. */
  readonly key: kms.IKey;
}

/**
 * Forwards the events of a disabled or deleted key in another Region to the foundation's Region, where a KeyWatch
 * processes them. Without it, an event stays in the Region of its call.
 */
export class KeyEvents extends Construct {
  constructor(scope: Construct, id: string, { foundation, key }: KeyEventsProps) {
    super(scope, id);
    const { region } = Stack.of(foundation);
    const rule = new events.Rule(this, 'Rule', {
      description: `Notifies ${region} when a key is disabled or scheduled for deletion`,
      eventPattern: {
        source: KEY_DISABLED_EVENTS.source,
        detailType: KEY_DISABLED_EVENTS.detailType,
        detail: { eventName: KEY_DISABLED_EVENTS.eventName, resources: { ARN: [key.keyArn] } },
      },
    });
    forwardTo(foundation, rule);
  }
}
