import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Duration, Names, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ADMIN_SEGMENTS, type AdminApi } from '../../contract/admin-path';
import { addVariables } from '../functions/variables';
import { AccessLog } from './access-log';
import { type ApiAccess, PREFLIGHT } from './api-access';
import type { ApiDomain } from './api-domain';
import { MODERN_TLS } from './modern-tls';
import { OpenAiErrorResponses } from './openai-error-responses';

/** Construction properties for an InferenceApi. */
export interface InferenceApiProps {
  readonly description: string;
  readonly handler: lambda.Function;
  readonly access: ApiAccess;
  readonly webAclArn: string;
  readonly encryptionKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  readonly requestsPerSecond: number;
  readonly burstRequests: number;
  /** Under which name it is, and where there; by default under API Gateway's own. */
  readonly host?: { readonly domain: ApiDomain; readonly basePath: string };
}

/** The Regional REST API in front of a gateway's handler: streamed answers, no content in any log. */
export class InferenceApi extends Construct {
  public readonly api: apigateway.RestApi;
  public readonly accessLog: AccessLog;
  private administration?: apigateway.IResource;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: InferenceApiProps,
  ) {
    super(scope, id);
    this.accessLog = new AccessLog(this, 'AccessLog', {
      encryptionKey: props.encryptionKey,
      retention: props.logRetention,
    });
    this.api = new apigateway.RestApi(this, 'Api', {
      restApiName: Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      description: props.description,
      // Without a type it would be edge-optimised: requests would enter by CloudFront, anywhere in the world.
      endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] },
      // One setting for the account: `ApiGatewayAccount`.
      cloudWatchRole: false,
      // One way in: what is agreed on with users is the name that they know.
      ...(props.host && { disableExecuteApiEndpoint: true }),
      binaryMediaTypes: props.access.binaryMediaTypes && [...props.access.binaryMediaTypes],
      defaultMethodOptions: {
        authorizationType: props.access.authorizationType,
        authorizer: props.access.authorizer?.(this),
      },
      deployOptions: {
        stageName: 'api',
        accessLogDestination: this.accessLog.destination,
        accessLogFormat: this.accessLog.format,
        dataTraceEnabled: false,
        loggingLevel: apigateway.MethodLoggingLevel.OFF,
        tracingEnabled: false,
        metricsEnabled: true,
        throttlingRateLimit: props.requestsPerSecond,
        throttlingBurstLimit: props.burstRequests,
      },
    });
    this.api.node.tryRemoveChild('Endpoint');
    Object.assign(this.api.node.defaultChild as apigateway.CfnRestApi, MODERN_TLS);
    props.host?.domain._lead(this, this.api.deploymentStage, props.host.basePath);
    new OpenAiErrorResponses(this, 'Errors', { api: this.api, missingToken: props.access.missingToken });
    // Everything under `/v1` goes to the handler, which answers 404 itself: a new path needs no new deployment of the API. The
    // longest that API Gateway streams.
    this.route(this.api.root.addResource('v1').addResource('{proxy+}'), props.handler, Duration.minutes(15));
    new wafv2.CfnWebACLAssociation(this, 'WebAcl', {
      resourceArn: this.api.deploymentStage.stageArn,
      webAclArn: props.webAclArn,
    });

    Validations.of(this.api.deploymentStage).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG6',
      reason:
        'execution logs go to a log group that API Gateway makes without our key and without an end, and repeat messages of ' +
        'the integration and values of the request; the access log and the metrics say what is needed without content',
    });
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG2',
      reason:
        'the handler validates every body by the schema of its path and answers in the form of OpenAI; a validator of API ' +
        'Gateway would need one model a path and would not know which fields a model supports',
    });
  }

  /** Has a handler of its own answer what is below `/admin/v1/NAME`, by the same access. */
  public administer(name: AdminApi, handler: lambda.Function): void {
    this.administration ??= ADMIN_SEGMENTS.reduce<apigateway.IResource>(
      (above, segment) => above.addResource(segment),
      this.api.root,
    );
    const list = this.administration.addResource(name);
    for (const resource of [list, list.addResource('{proxy+}')]) this.route(resource, handler, Duration.seconds(29));
  }

  private route(resource: apigateway.Resource, handler: lambda.Function, timeout: Duration): void {
    const { access, host } = this.props;
    // API Gateway routes without it, and passes it on.
    if (host) addVariables(handler, { BASE_PATH: host.basePath });
    const integration = new apigateway.LambdaIntegration(handler, {
      responseTransferMode: apigateway.ResponseTransferMode.STREAM,
      timeout,
      // The console's test would be a second way in, without the web ACL.
      allowTestInvoke: false,
    });
    if (access.corsOrigins.length > 0) {
      const preflight = resource.addCorsPreflight({
        allowOrigins: [...access.corsOrigins],
        allowMethods: ['DELETE', 'GET', 'HEAD', 'POST'],
        allowHeaders: ALLOWED_HEADERS,
        maxAge: Duration.hours(1),
      });
      acknowledge(preflight, PREFLIGHT);
    }
    acknowledge(resource.addMethod('ANY', integration), access.acknowledged);
  }
}

/** What a page may send: beside what the API reads, all that OpenAI's client adds by itself. A wildcard would leave out `Authorization`. */
const ALLOWED_HEADERS = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'User-Agent',
  ...['Beta', 'Organization', 'Project'].map((name) => `OpenAI-${name}`),
  ...['Arch', 'Lang', 'OS', 'Package-Version', 'Runtime', 'Runtime-Version'].map((name) => `X-Stainless-${name}`),
  ...['Custom-Poll-Interval', 'Helper-Method', 'Poll-Helper', 'Retry-Count', 'Timeout'].map(
    (name) => `X-Stainless-${name}`,
  ),
];

function acknowledge(method: apigateway.Method, rules: ApiAccess['acknowledged']): void {
  for (const { rule, reason } of rules) {
    Validations.of(method).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
  }
}
