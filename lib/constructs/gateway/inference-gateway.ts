import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { type Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { type AdminApi, adminPath } from '../../contract/admin-path';
import { REQUESTS_PER_SECOND } from '../../contract/api-limits';
import { basePathOf } from '../../contract/base-path';
import type { Variables } from '../../contract/environment';
import { SCIM_PATH } from '../../contract/scim-path';
import { decideModels, type InferenceModel, providersOf, serversOf } from '../checks/inference-model';
import type { Foundation } from '../foundation/foundation';
import { ServerAccess } from '../foundation/server-access';
import { addVariables } from '../functions/variables';
import { requireFinite } from '../shared/require-finite';
import { requireInside } from '../shared/require-inside';
import { truncated } from '../shared/truncated';
import { API_KEYS, memberTokens } from './api-access';
import type { ApiDomain } from './api-domain';
import { GatewayAlarms } from './gateway-alarms';
import { GatewayFunction, type GatewayFunctionProps } from './gateway-function';
import { GatewayGuardrails } from './gateway-guardrails';
import { gatewayPolicy } from './gateway-policy-asset';
import type { GatewayTenant } from './gateway-tenant';
import { InferenceApi } from './inference-api';
import { requireServable } from './require-servable';
import { UnverifiedAlarm } from './unverified-alarm';
import { WorkerFunction } from './worker-function';

/** Construction properties for an InferenceGateway. */
export interface InferenceGatewayProps {
  /** The boundary in which requests may be processed. */
  readonly boundary: ResidencyBoundary;

  /** The network, web ACL and keys that the gateway shares with others. */
  readonly foundation: Foundation;

  /** The tenant that it serves, which determines whether it may store content. */
  readonly tenant: GatewayTenant;

  /** The models that clients can call; each destination must be one of the foundation's. */
  readonly models: InferenceModel[];

  /**
   * The host name of the API, in the Region and account of the stack. The API is at `/projects`, or at
   * `/workspaces/ID`.
   *
   * @default - API Gateway's own host name
   */
  readonly domain?: ApiDomain;

  /**
   * Retention of the handler's log and the access log. Neither holds content. Must be finite.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Requests per second that API Gateway accepts from all callers together; it refuses more with 429.
   *
   * @default 50
   */
  readonly requestsPerSecond?: number;

  /**
   * Requests that may arrive at once before `requestsPerSecond` applies.
   *
   * @default 100
   */
  readonly burstRequests?: number;

  /**
   * Memory of the handler in MB, which also sets its share of a processor and its cost per second.
   *
   * @default 1024
   */
  readonly memorySize?: number;

  /**
   * For projects: the maximum age of a Region's last check that confirmed that Bedrock retains nothing there. Older
   * results serve no project. In whole hours, at least two, because the check runs every hour.
   *
   * @default Duration.hours(24)
   */
  readonly maxReadingAge?: Duration;

  /**
   * Maximum number of concurrent requests; reserved from the account's own limit.
   *
   * @default - the account's unreserved concurrency
   */
  readonly reservedConcurrentExecutions?: number;
}

/**
 * An OpenAI-compatible API whose destinations are all inside a boundary. The destinations, the handler's policy and its
 * role are derived from one decision, so none of them can allow what another refuses.
 *
 * Access logs need one `ApiGatewayAccount` in the account and Region.
 */
export class InferenceGateway extends Construct {
  /** The REST API. */
  public readonly api: apigateway.IRestApi;

  /** The handler. */
  public readonly handler: lambda.IFunction;

  /** The handler's role. */
  public readonly role: iam.IRole;

  /** The base URL for OpenAI's clients. */
  public readonly baseUrl: string;

  /**
   * What the name of the log group of its requests begins with. CloudFormation chooses the end.
   *
   * @internal
   */
  public readonly _logGroupPrefix: string;

  private readonly function: lambda.Function;
  private readonly parts: GatewayFunctionProps & Pick<GatewayFunction, 'logGroup'>;
  private readonly inferenceApi: InferenceApi;
  /** Where the API begins on a domain of its own. */
  private readonly hostUrl?: string;

  /** @throws if the Region, a model, a period or the domain isn't allowed by the boundary, the tenant or the foundation */
  constructor(scope: Construct, id: string, props: InferenceGatewayProps) {
    super(scope, id);
    const { boundary, foundation, tenant } = props;
    requireInside(this, boundary, 'it processes prompts and answers');
    const logRetention = requireFinite(
      this,
      props.logRetention ?? logs.RetentionDays.ONE_MONTH,
      'logs record who called when',
    );
    const { gateway, functionProps } = this.addFunction(props, logRetention);
    const { handler, role, logGroup } = gateway;
    this.parts = { ...functionProps, logGroup };
    const host = props.domain && {
      domain: props.domain,
      basePath: basePathOf({ kind: tenant._kind, ids: tenant.ids }),
    };
    const access = tenant.members ? memberTokens(tenant.members) : API_KEYS;
    if (access.corsOrigins.length > 0) foundation._answersPreflights = true;
    this.inferenceApi = new InferenceApi(this, 'Front', {
      description: truncated(`OpenAI-compatible API of ${tenant.kind} ${tenant._names}, inside ${boundary.name}`),
      handler,
      access,
      hasKeyTree: tenant._memberKeys !== undefined,
      webAclArn: foundation.webAclArn,
      encryptionKey: foundation.logKey,
      logRetention,
      requestsPerSecond: props.requestsPerSecond ?? REQUESTS_PER_SECOND,
      burstRequests: props.burstRequests ?? 100,
      host,
    });
    const { api } = this.inferenceApi;
    if (tenant.members) {
      const { _administration: administration } = tenant.members;
      administration.readRecords('requests', logGroup);
      for (const name of ['members', 'records'] as const) this._administer(name, administration.handler);
    }
    new GatewayAlarms(this, 'Alarms', { tenant, api, handler, channel: foundation._channel });
    const stack = Stack.of(this);
    this._logGroupPrefix = `${stack.stackName}-${stack.getLogicalId(logGroup.node.defaultChild as logs.CfnLogGroup)}-`;
    this.api = api;
    this.handler = handler;
    this.function = handler;
    this.role = role;
    this.hostUrl = host && `https://${host.domain.domainName}${host.basePath}`;
    this.baseUrl = this.hostUrl === undefined ? api.deploymentStage.urlForPath('/v1') : `${this.hostUrl}/v1`;
  }

  private addFunction(
    props: InferenceGatewayProps,
    logRetention: logs.RetentionDays,
  ): { readonly gateway: GatewayFunction; readonly functionProps: GatewayFunctionProps } {
    const { boundary, foundation, tenant } = props;
    const maxAgeHours = this.requireMaxAge(props.maxReadingAge);
    const models = decideModels(this, boundary, props.models, foundation._euOwnedOnly);
    requireServable(this, boundary, tenant, foundation, models);
    const guardrails = new GatewayGuardrails(this, boundary, tenant, foundation, models);
    const servers = serversOf(models);
    const functionProps: GatewayFunctionProps = {
      policy: gatewayPolicy(boundary, tenant, models, maxAgeHours, guardrails, {
        providers: providersOf(this, models),
        euOwnedOnly: foundation._euOwnedOnly,
      }),
      tenant: `${tenant.kind} ${tenant._names}`,
      models,
      guardrails,
      vpc: foundation.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [
        foundation.clientSecurityGroup,
        ...(servers.length > 0 ? [new ServerAccess(this, 'Servers', { foundation, servers }).securityGroup] : []),
      ],
      encryptionKey: foundation.logKey,
      keyRegistry: tenant.keyRegistry,
      members: tenant.members,
      logRetention,
      memorySize: props.memorySize ?? 1024,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      retentionChecks: tenant.keepsContent ? undefined : foundation._destinationCheck?.retentionChecks,
    };
    const gateway = new GatewayFunction(this, 'Gateway', functionProps);
    const { handler, logGroup } = gateway;
    if (!tenant.keepsContent) new UnverifiedAlarm(this, 'Unverified', { logGroup, channel: foundation._channel });
    // No request before Bedrock retains nothing and the Regions of each destination have been checked with Bedrock.
    handler.node.addDependency(foundation.bedrockReady);
    // Nor before there are keys to verify tokens with.
    if (tenant.members) handler.node.addDependency(tenant.members._keySets);
    return { gateway, functionProps };
  }

  private requireMaxAge(age: Duration | undefined): number | undefined {
    if (age === undefined || age.toMinutes() >= 120) return age?.toHours();
    throw new Error(
      `${this.node.path}: 'maxReadingAge' must be at least two hours because Bedrock's settings are checked every hour, got ` +
        `${age.toMinutes()} minutes; use Duration.hours(24)`,
    );
  }

  /**
   * Routes the paths below `/admin/v1/NAME` to another handler.
   *
   * @internal
   */
  public _administer(name: AdminApi, handler: lambda.Function): void {
    this.inferenceApi.administer(name, handler);
  }

  /**
   * Routes the paths below `/admin/v1/projects` to another handler, for callers that IAM authorises. The URL is that of the API,
   * and the ARNs are those that a caller may invoke.
   *
   * @internal
   */
  public _operate(handler: lambda.Function): { readonly url: string; readonly arns: string[] } {
    const { api } = this.inferenceApi;
    this.inferenceApi.administer('projects', handler, apigateway.AuthorizationType.IAM);
    const path = adminPath('projects');
    const { stageName } = api.deploymentStage;
    return {
      url: this.hostUrl === undefined ? api.deploymentStage.urlForPath(path) : `${this.hostUrl}${path}`,
      arns: [path, `${path}/*`].map((below) => api.arnForExecuteApi('*', below, stageName)),
    };
  }

  /**
   * Routes the paths below `/scim/v2` to another handler.
   *
   * @returns the URL of SCIM
   * @internal
   */
  public _provision(handler: lambda.Function): string {
    this.inferenceApi.provision(handler);
    return this.baseUrl.replace(/\/v1$/, SCIM_PATH);
  }

  /**
   * A function that answers in the background what the gateway queues, by the same routes.
   *
   * @internal
   */
  public _addWorker(scope: Construct, id: string, concurrency?: number): lambda.Function {
    const { handler } = new WorkerFunction(scope, id, { ...this.parts, concurrency });
    handler.node.addDependency(...this.function.node.dependencies);
    return handler;
  }

  /**
   * Gives the handler values that are known only at deployment.
   *
   * @internal
   */
  public _setEnvironment(environment: Variables): void {
    addVariables(this.function, environment);
  }
}
