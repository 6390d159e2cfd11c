import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  CHECK_AGE,
  CHECKS_NAMESPACE,
  type CheckDimensions,
  type CheckMetric,
  type EVENT_COUNTS,
  GATEWAY_DIMENSIONS,
  GATEWAY_NAMESPACE,
  type REQUEST_COUNTS,
  type REQUEST_TIMES,
  type TOKEN_COUNTS,
} from '../../contract/metrics';

/** Construction properties for an OperationsDashboard. */
export interface OperationsDashboardProps {
  /**
   * The function that checks Bedrock's settings every hour.
   *
   * @default - none: the dashboard doesn't show how often it runs
   */
  readonly check?: lambda.IFunction;
}

type GatewayMetric =
  | (typeof REQUEST_COUNTS | typeof REQUEST_TIMES | typeof EVENT_COUNTS | typeof TOKEN_COUNTS)[number]
  | typeof CHECK_AGE;

const PERIOD = Duration.minutes(5);

/**
 * A CloudWatch dashboard of a deployment's gateways: requests, refusals and failures by reason, latency, tokens, store
 * errors, ages of check results, and jobs. It is billed by the month. CloudWatch keeps the definition of dashboards
 * for the whole account, not in one Region. This one finds its metrics by search, so it names no tenant.
 */
export class OperationsDashboard extends Construct {
  /** The dashboard. */
  public readonly dashboard: cloudwatch.Dashboard;

  constructor(scope: Construct, id: string, props: OperationsDashboardProps = {}) {
    super(scope, id);
    const { check } = props;
    const { tenant, tokens, reasons } = GATEWAY_DIMENSIONS;
    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(1),
      widgets: [
        [
          graph('Requests', found('requests', tenant)),
          graph('Refusals by reason', found('refusals', reasons)),
          graph('Failures by reason', found('failures', reasons)),
        ],
        [
          graph('Latency, 95 % (ms)', found('latency', tenant, 'p95')),
          graph('First byte, 95 % (ms)', found('firstByte', tenant, 'p95')),
          graph('Failed attempts at destinations', found('attemptsFailed', tenant)),
        ],
        [
          graph('Tokens of prompts', found('promptTokens', tokens)),
          graph('Tokens of answers', found('completionTokens', tokens)),
          graph('Tokens from and to caches', found('cachedTokens', tokens), found('cacheWriteTokens', tokens)),
        ],
        [
          graph('Store errors', found('storeErrors', tenant)),
          graph('Content that does not decrypt', found('unreadable', tenant)),
          graph('Answers that a guardrail changed', found('interventions', tenant)),
        ],
        [
          graph('Age of check results (s)', found(CHECK_AGE, tenant, 'Maximum')),
          ...(check ? [graph('Hourly check', checked(check, 'checksRun'), checked(check, 'checksFailed'))] : []),
          graph(
            'Failed jobs (all state machines of the account)',
            search('AWS/States', ['StateMachineArn'], 'ExecutionsFailed'),
          ),
        ],
        [
          graph('Concurrency of all functions of the account', ofLambda('ConcurrentExecutions', 'Maximum')),
          graph('Throttles of all functions of the account', ofLambda('Throttles', 'Sum')),
        ],
      ],
    });
  }
}

const graph = (title: string, ...left: cloudwatch.IMetric[]) => new cloudwatch.GraphWidget({ title, left, width: 8 });

const found = (name: GatewayMetric, dimensions: readonly string[], statistic = 'Sum') =>
  search(GATEWAY_NAMESPACE, dimensions, name, statistic);

function search(
  namespace: string,
  dimensions: readonly string[],
  metric: string,
  statistic = 'Sum',
): cloudwatch.IMetric {
  const schema = [`"${namespace}"`, ...dimensions].join(',');
  return new cloudwatch.SearchExpression({
    expression: `SEARCH('{${schema}} MetricName="${metric}"', '${statistic}', ${PERIOD.toSeconds()})`,
    period: PERIOD,
  });
}

const checked = ({ functionName }: lambda.IFunction, metricName: CheckMetric) =>
  new cloudwatch.Metric({
    namespace: CHECKS_NAMESPACE,
    metricName,
    dimensionsMap: { function: functionName } satisfies CheckDimensions,
    period: Duration.hours(1),
    statistic: 'Sum',
  });

const ofLambda = (metricName: string, statistic: string) =>
  new cloudwatch.Metric({ namespace: 'AWS/Lambda', metricName, period: PERIOD, statistic });
