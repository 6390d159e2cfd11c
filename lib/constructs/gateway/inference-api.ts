import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Duration, Names, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ADMIN_SEGMENTS, type AdminApi } from '../../contract/admin-path';
import { LONGEST_REQUEST_MINUTES } from '../../contract/api-limits';
import { KEY_TREE } from '../../contract/key-path';
import { SCIM_MINUTES, SCIM_SEGMENTS } from '../../contract/scim-path';
import { addVariables } from '../functions/variables';
import { AccessLog } from './access-log';
import { type ApiAccess, MEMBER_KEYS, PREFLIGHT, SCIM_TOKENS } from './api-access';
import type { ApiDomain } from './api-domain';
import { MODERN_TLS } from './modern-tls';
import { OpenAiErrorResponses } from './openai-error-responses';

/** Construction properties for an InferenceApi. */
export interface InferenceApiProps {
  readonly description: string;
  readonly handler: lambda.Function;
  readonly access: ApiAccess;
  /**
   * Whether the handler also serves members' API keys, below `/key/v1`.
   *
   * @default false
   */
  readonly hasKeyTree?: boolean;
  readonly webAclArn: string;
  readonly encryptionKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  readonly requestsPerSecond: number;
  readonly burstRequests: number;
  /**
   * The API's host name and base path.
   *
   * @default - API Gateway's own host name
   */
  readonly host?: { readonly domain: ApiDomain; readonly basePath: string };
}

/** The regional REST API in front of a gateway's handler, with streamed answers and no content in any log. */
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
    this.api = this.newRestApi();
    props.host?.domain._addBasePath(this, this.api.deploymentStage, props.host.basePath);
    new OpenAiErrorResponses(this, 'Errors', { api: this.api, missingToken: props.access.missingToken });
    // Every path under `/v1` goes to the handler, which returns 404 itself, so a new path needs no new deployment of
    // the API.
    this.route(
      this.api.root.addResource('v1').addResource('{proxy+}'),
      props.handler,
      Duration.minutes(LONGEST_REQUEST_MINUTES),
    );
    if (props.hasKeyTree) this.addKeyTree();
    new wafv2.CfnWebACLAssociation(this, 'WebAcl', {
      resourceArn: this.api.deploymentStage.stageArn,
      webAclArn: props.webAclArn,
    });

    Validations.of(this.api.deploymentStage).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG6',
      reason:
        'execution logs go to a log group that API Gateway creates without our key and without an end, and they repeat messages ' +
        'of the integration and values of the request; the access log and the metrics suffice without content',
    });
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG2',
      reason:
        'the handler validates every body by the schema of its path and answers errors in the format of its API; a validator of API Gateway ' +
        'would need one model per path and would not know which fields a model supports',
    });
  }

  /** No method of this tree has an authorizer, and none is for pages. */
  private addKeyTree(): void {
    const { api, props } = this;
    // Resources inherit the authorizer of the API unless it is named.
    const defaultMethodOptions = { authorizationType: MEMBER_KEYS.authorizationType, authorizer: undefined };
    const tree = KEY_TREE.split('/').slice(1).concat('v1');
    const resource = tree.reduce<apigateway.IResource>(
      (above, segment) => above.addResource(segment, { defaultMethodOptions }),
      api.root,
    );
    this.route(resource.addResource('{proxy+}'), props.handler, Duration.minutes(LONGEST_REQUEST_MINUTES), MEMBER_KEYS);
  }

  private newRestApi(): apigateway.RestApi {
    const { props, accessLog } = this;
    const api = new apigateway.RestApi(this, 'Api', {
      restApiName: Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      description: props.description,
      // Without a type, the API would be edge-optimised: requests would enter through CloudFront, anywhere in the world.
      endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] },
      // `ApiGatewayAccount` sets the role once for the account.
      cloudWatchRole: false,
      // Users know only their own domain's name, so the API has no other.
      ...(props.host && { disableExecuteApiEndpoint: true }),
      binaryMediaTypes: props.access.binaryMediaTypes && [...props.access.binaryMediaTypes],
      defaultMethodOptions: {
        authorizationType: props.access.authorizationType,
        authorizer: props.access.authorizer?.(this),
      },
      deployOptions: {
        stageName: 'api',
        accessLogDestination: accessLog.destination,
        accessLogFormat: accessLog.format,
        dataTraceEnabled: false,
        loggingLevel: apigateway.MethodLoggingLevel.OFF,
        tracingEnabled: false,
        metricsEnabled: true,
        throttlingRateLimit: props.requestsPerSecond,
        throttlingBurstLimit: props.burstRequests,
      },
    });
    api.node.tryRemoveChild('Endpoint');
    Object.assign(api.node.defaultChild as apigateway.CfnRestApi, MODERN_TLS);
    return api;
  }

  /**
   * Routes the paths below `/admin/v1/NAME` to another handler.
   *
   * @param authorization how its callers authenticate; by default as those of the API
   */
  public administer(name: AdminApi, handler: lambda.Function, authorization?: apigateway.AuthorizationType): void {
    this.administration ??= ADMIN_SEGMENTS.reduce<apigateway.IResource>(
      (above, segment) => above.addResource(segment),
      this.api.root,
    );
    const list = this.administration.addResource(name);
    for (const resource of [list, list.addResource('{proxy+}')]) {
      this.route(resource, handler, Duration.seconds(29), this.props.access, authorization);
    }
  }

  /** Routes the paths below `/scim/v2` to another handler, which authenticates: no method of this tree has an authorizer. */
  public provision(handler: lambda.Function): void {
    // The parent's authorizer would be inherited.
    const defaultMethodOptions = { authorizationType: SCIM_TOKENS.authorizationType, authorizer: undefined };
    const tree = SCIM_SEGMENTS.reduce<apigateway.IResource>(
      (above, segment) => above.addResource(segment, { defaultMethodOptions }),
      this.api.root,
    );
    this.route(tree.addResource('{proxy+}'), handler, Duration.minutes(SCIM_MINUTES), SCIM_TOKENS);
  }

  private route(
    resource: apigateway.Resource,
    handler: lambda.Function,
    timeout: Duration,
    access: Pick<ApiAccess, 'corsOrigins' | 'acknowledged'> = this.props.access,
    authorizationType?: apigateway.AuthorizationType,
  ): void {
    const { host } = this.props;
    // API Gateway routes by the path without the base path, but passes the whole path to the handler.
    if (host) addVariables(handler, { BASE_PATH: host.basePath });
    const integration = new apigateway.LambdaIntegration(handler, {
      responseTransferMode: apigateway.ResponseTransferMode.STREAM,
      timeout,
      // The console's test would bypass the web ACL.
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
    const method = resource.addMethod('ANY', integration, authorizationType && { authorizationType });
    acknowledge(method, authorizationType === undefined ? access.acknowledged : BY_IAM);
  }
}

/** IAM authorises what isn't a user of the pool. */
const BY_IAM = [
  {
    rule: 'COG4',
    reason: "operators' programs call this API, and IAM authorises them; no Cognito user pool contains them",
  },
];

/**
 * The headers that a page may send: those that the API reads, and all that OpenAI's and Anthropic's clients add. A wildcard
 * would exclude `Authorization`.
 */
const ALLOWED_HEADERS = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'User-Agent',
  'X-Api-Key',
  ...['Beta', 'Dangerous-Direct-Browser-Access', 'Version', 'Workspace-Id'].map((name) => `Anthropic-${name}`),
  ...['Beta', 'Organization', 'Project'].map((name) => `OpenAI-${name}`),
  ...['Arch', 'Lang', 'OS', 'Package-Version', 'Runtime', 'Runtime-Version'].map((name) => `X-Stainless-${name}`),
  ...['Custom-Poll-Interval', 'Helper', 'Helper-Method', 'Poll-Helper', 'Retry-Count', 'Timeout'].map(
    (name) => `X-Stainless-${name}`,
  ),
];

function acknowledge(method: apigateway.Method, rules: ApiAccess['acknowledged']): void {
  for (const { rule, reason } of rules) {
    Validations.of(method).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
  }
}
