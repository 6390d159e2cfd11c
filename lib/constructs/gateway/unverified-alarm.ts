import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type FilteredRecord, GATEWAY_NAMESPACE, RESIDENCY_EVENT, UNVERIFIED } from '../../contract/metrics';
import type { AlertChannel } from '../alerts/alert-channel';
import { runbookAlarm } from '../alerts/runbook-alarm';

/** Construction properties for an UnverifiedAlarm. */
export interface UnverifiedAlarmProps {
  /** The log group in which the gateway writes a residency record of each request. */
  readonly logGroup: logs.ILogGroup;
  readonly channel: AlertChannel;
}

/**
 * An alarm on requests that a gateway refuses because no recent check confirms that their destinations retain nothing.
 */
export class UnverifiedAlarm extends Construct {
  constructor(scope: Construct, id: string, { logGroup, channel }: UnverifiedAlarmProps) {
    super(scope, id);
    // A filter's metric can't have a dimension that names the gateway, so its name does.
    const metricName = `unverified-${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}`;
    const filter = new logs.MetricFilter(this, 'Refusals', {
      logGroup,
      filterPattern: logs.FilterPattern.all(
        logs.FilterPattern.stringValue(fieldOf('event'), '=', RESIDENCY_EVENT),
        logs.FilterPattern.stringValue(fieldOf('reason'), '=', UNVERIFIED),
      ),
      metricNamespace: GATEWAY_NAMESPACE,
      metricName,
      metricValue: '1',
    });
    runbookAlarm(this, 'Alarm', {
      entry: 'Unverified',
      text:
        "The gateway refuses requests of projects because no recent check confirms that Bedrock retains nothing. See the foundation's " +
        'alarms and the log of its destination check for the reason.',
      metric: filter.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      channel,
    });
  }
}

const fieldOf = (name: keyof FilteredRecord): string => `$.${name}`;
