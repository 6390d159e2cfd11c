import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { EGRESS_EVENT, type EgressFailure } from '../../contract/egress';
import { EGRESS_NAMESPACE } from '../../contract/metrics';
import { LATE_PACKETS } from '../../perimeter/egress-rules';
import type { AlertChannel } from '../alerts/alert-channel';
import { runbookAlarm } from '../alerts/runbook-alarm';
import type { EgressFunction } from './egress-function';
import type { EgressNetwork } from './egress-network';

/** Construction properties for EgressAlarms. */
export interface EgressAlarmsProps {
  readonly network: EgressNetwork;
  readonly function: EgressFunction;
  readonly channel: AlertChannel;
}

const PERIOD = { period: Duration.minutes(5), statistic: 'Sum' } as const;

/** The lines of the function's log with one of these failures. */
const failures = (...of: EgressFailure[]): string =>
  `{ ($.event = "${EGRESS_EVENT}") && (${of.map((one) => `($.failure = "${one}")`).join(' || ')}) }`;

/** The queries that DNS Firewall blocked. Clients ask for IPv6 addresses of endpoints too, which have none. */
const blocked = (endpoints: readonly string[]): string =>
  `{ ($.firewall_rule_action = "BLOCK")${endpoints.map((name) => ` && ($.query_name != "${name}.")`).join('')} }`;

/** Alarms on what an egress stops, and on requests that it can't send. They hold counts, and no content. */
export class EgressAlarms extends Construct {
  private readonly channel: AlertChannel;

  constructor(scope: Construct, id: string, { network, function: egress, channel }: EgressAlarmsProps) {
    super(scope, id);
    this.channel = channel;
    const { handler, logGroup } = egress;
    const log = `the log of function ${handler.functionName}`;
    this.onLines('Dropped', {
      entry: 'EgressDropped',
      logGroup: network.firewallLogGroup,
      // A connection that both sides have ended may still send a packet, which belongs to none by then.
      pattern: `{ ($.event.event_type = "alert") && ($.event.alert.action = "blocked") && ($.event.alert.signature_id != ${LATE_PACKETS}) }`,
      text:
        'A firewall of the egress network dropped a connection to a host that is not listed, or in another form than TLS. See the log ' +
        `group ${network.firewallLogGroup.logGroupName}.`,
    });
    this.onLines('NameBlocked', {
      entry: 'EgressNameBlocked',
      logGroup: network.queryLogGroup,
      pattern: blocked(network._endpoints),
      text:
        'DNS Firewall blocked a name that the egress network has no use for. Queries can carry content. See the log group ' +
        `${network.queryLogGroup.logGroupName}.`,
    });
    this.onLines('Refused', {
      entry: 'EgressRefused',
      logGroup,
      pattern: failures('refused'),
      text: `The egress function refused a request that a gateway had decided to send, so the two disagree. See ${log}.`,
    });
    this.onLines('NoKey', {
      entry: 'EgressNoKey',
      logGroup,
      pattern: failures('no-key', 'key-unreadable'),
      text: `The egress function has no usable key of a provider, so no request reaches it. See ${log}.`,
    });
    runbookAlarm(this, 'Failures', {
      entry: 'EgressFailures',
      text: `The egress function crashed, ran out of time, or did not start, 5 times or more within 5 minutes. See ${log}.`,
      metric: handler.metricErrors(PERIOD),
      threshold: 5,
      channel,
    });
    runbookAlarm(this, 'Throttled', {
      entry: 'EgressThrottled',
      text: "Lambda refused to run the egress function because the account's concurrency was used up, or the function's own.",
      metric: handler.metricThrottles(PERIOD),
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      channel,
    });
  }

  private onLines(
    id: string,
    of: { readonly entry: string; readonly logGroup: logs.ILogGroup; readonly pattern: string; readonly text: string },
  ): void {
    // A filter's metric can't have a dimension that names the egress, so its name does.
    const filter = new logs.MetricFilter(this, `${id}Lines`, {
      logGroup: of.logGroup,
      filterPattern: logs.FilterPattern.literal(of.pattern),
      metricNamespace: EGRESS_NAMESPACE,
      metricName: `${of.entry}-${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}`,
      metricValue: '1',
    });
    const { entry, text } = of;
    runbookAlarm(this, id, { entry, text, metric: filter.metric(PERIOD), channel: this.channel });
  }
}
