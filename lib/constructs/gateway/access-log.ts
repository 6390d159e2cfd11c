import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * Every field that is logged of a request. An allow-list: no header, query, body, path parameter, caller, or address,
 * since an IP address is personal data and a path can name a person's conversation.
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
  /** The customer managed key that encrypts the log group. Its policy must admit CloudWatch Logs. */
  readonly encryptionKey: kms.IKey;

  /** How long entries are kept; never without an end. */
  readonly retention: logs.RetentionDays;
}

/** The access log of a REST API: what was asked of which resource and how it went, never what was said or by whom. */
export class AccessLog extends Construct {
  /** The log group. */
  public readonly logGroup: logs.ILogGroup;

  /** Where the stage writes to. */
  public readonly destination: apigateway.IAccessLogDestination;

  /** What the stage writes: one JSON object a request. */
  public readonly format: apigateway.AccessLogFormat;

  constructor(scope: Construct, id: string, props: AccessLogProps) {
    super(scope, id);
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: props.encryptionKey,
      retention: props.retention,
    });
    this.format = apigateway.AccessLogFormat.custom(JSON.stringify(FIELDS));
    // `LogGroupLogDestination` ends the ARN in `:*` or not, by a feature flag of the consumer's app.
    const destinationArn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: this.logGroup.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.destination = { bind: () => ({ destinationArn }) };
  }
}
