import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type EVENT_COUNTS, GATEWAY_DIMENSIONS, GATEWAY_NAMESPACE } from '../../contract/metrics';
import type { AlertChannel } from '../alerts/alert-channel';
import { runbookAlarm } from '../alerts/runbook-alarm';
import type { GatewayTenant } from './gateway-tenant';

/** Construction properties for GatewayAlarms. */
export interface GatewayAlarmsProps {
  readonly tenant: GatewayTenant;
  readonly api: apigateway.RestApi;
  readonly handler: lambda.IFunction;
  readonly channel: AlertChannel;
}

/** A few failures are usual: a model that is overloaded for a moment, or a client that repeats a request. */
const FAILURES = 5;

const PERIOD = { period: Duration.minutes(5), statistic: 'Sum' } as const;

/** Two of three periods: one alone may be a deployment, or a short disturbance. */
const LASTING = { evaluationPeriods: 3, datapointsToAlarm: 2 } as const;

/** Alarms on requests that a gateway fails. They hold names and counts, and no content. */
export class GatewayAlarms extends Construct {
  constructor(scope: Construct, id: string, { tenant, api, handler, channel }: GatewayAlarmsProps) {
    super(scope, id);
    const whose = tenant.keepsContent ? `workspace ${tenant.ids.join(', ')}` : 'the projects';
    runbookAlarm(this, 'Failures', {
      entry: 'GatewayFailures',
      text: `The gateway of ${whose} failed ${FAILURES} or more requests (5xx) within 5 minutes, twice. See the log of function ${handler.functionName}.`,
      // API Gateway also counts the requests of a function that crashed or ran out of time.
      metric: api.metricServerError(PERIOD),
      threshold: FAILURES,
      ...LASTING,
      channel,
    });
    runbookAlarm(this, 'Throttled', {
      entry: 'GatewayThrottled',
      text: `Lambda refused to run the gateway of ${whose} because the account's concurrency was used up, or the function's own.`,
      metric: handler.metricThrottles(PERIOD),
      ...LASTING,
      channel,
    });
    if (tenant.keepsContent) this.addUnreadable(tenant, whose, handler, channel);
  }

  private addUnreadable(tenant: GatewayTenant, whose: string, handler: lambda.IFunction, channel: AlertChannel): void {
    const [dimension] = GATEWAY_DIMENSIONS.tenant;
    runbookAlarm(this, 'Unreadable', {
      entry: 'ContentUnreadable',
      text: `Stored content of ${whose} doesn't decrypt, because it was changed or belongs elsewhere. Log of the gateway: function ${handler.functionName}.`,
      metric: new cloudwatch.Metric({
        namespace: GATEWAY_NAMESPACE,
        metricName: 'unreadable' satisfies (typeof EVENT_COUNTS)[number],
        dimensionsMap: { [dimension]: `${tenant.ids[0]}` },
        ...PERIOD,
      }),
      channel,
    });
  }
}
