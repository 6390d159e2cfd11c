import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { Stack } from 'aws-cdk-lib/core';
import type { Foundation } from './foundation';

/** Forwards the events of a rule to the default bus in the Region of a foundation. */
export function forwardTo(foundation: Foundation, rule: events.Rule): void {
  const busArn = Stack.of(rule).formatArn({
    service: 'events',
    region: Stack.of(foundation).region,
    resource: 'event-bus',
    resourceName: 'default',
  });
  rule.addTarget(new targets.EventBus(events.EventBus.fromEventBusArn(rule, 'Bus', busArn)));
  // Until its role may forward them, events are lost.
  rule.node.defaultChild?.node.addDependency(rule.node.findChild('EventsRole'));
}
