import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { RETAINED_ONCE_CREATED } from '../shared/removal';

/**
 * Every logged field of a request. This is an allow-list: it has no header, query, body, path parameter, caller or
 * address, because an IP address is personal data and a path can name a person's conversation.
 */
const FIELDS = {
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  status: '$context.status',
  errorType: '$context.error.responseType',
  integrationStatus: '$context.integration.status',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integration.latency',
  responseBytes: '$context.responseLength',
  tlsVersion: '$context.tlsVersion',
} as const;

/** Construction properties for an AccessLog. */
export interface AccessLogProps {
  /** The customer managed key that encrypts the log group. Its policy must allow CloudWatch Logs. */
  readonly encryptionKey: kms.IKey;

  /** Retention of the entries. */
  readonly retention: logs.RetentionDays;
}

/** The access log of a REST API: the requested resource and the outcome, but neither the caller nor the content. */
export class AccessLog extends Construct {
  /** The log group. */
  public readonly logGroup: logs.ILogGroup;

  /** The destination of the stage's access log. */
  public readonly destination: apigateway.IAccessLogDestination;

  /** The format of the stage's access log: one JSON object per request. */
  public readonly format: apigateway.AccessLogFormat;

  constructor(scope: Construct, id: string, props: AccessLogProps) {
    super(scope, id);
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: props.encryptionKey,
      retention: props.retention,
      removalPolicy: RETAINED_ONCE_CREATED,
    });
    this.format = apigateway.AccessLogFormat.custom(JSON.stringify(FIELDS));
    // A feature flag of the consumer's app decides if `LogGroupLogDestination` ends the ARN in `:*`.
    const destinationArn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: this.logGroup.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.destination = { bind: () => ({ destinationArn }) };
  }
}
