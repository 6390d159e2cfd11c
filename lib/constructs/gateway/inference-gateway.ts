import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { AdminApi } from '../../contract/admin-path';
import { basePathOf } from '../../contract/base-path';
import type { Variables } from '../../contract/environment';
import { decideModels, type InferenceModel, serversOf } from '../checks/inference-model';
import type { Foundation } from '../foundation/foundation';
import { ServerAccess } from '../foundation/server-access';
import { addVariables } from '../functions/variables';
import { clipped } from '../shared/clipped';
import { requireFinite } from '../shared/require-finite';
import { requireInside } from '../shared/require-inside';
import { API_KEYS, memberTokens } from './api-access';
import type { ApiDomain } from './api-domain';
import { GatewayFunction } from './gateway-function';
import { gatewayPolicy } from './gateway-policy-asset';
import type { GatewayTenant } from './gateway-tenant';
import { InferenceApi } from './inference-api';
import { requireServable } from './require-servable';
import { UnverifiedAlarm } from './unverified-alarm';

/** Construction properties for an InferenceGateway. */
export interface InferenceGatewayProps {
  /** Where requests may be processed. */
  readonly boundary: ResidencyBoundary;

  /** The network, web ACL and keys that the gateway shares with others. */
  readonly foundation: Foundation;

  /** Whom it serves, and so whether it may keep content. */
  readonly tenant: GatewayTenant;

  /** What clients may call; each destination must be one of the foundation's. */
  readonly models: InferenceModel[];

  /**
   * The host name that the API is under: at `/projects`, or at `/workspaces/ID`. In the Region and account of the stack.
   *
   * @default - the name that API Gateway gives it
   */
  readonly domain?: ApiDomain;

  /**
   * How long the handler's log and the access log are kept. Neither holds content. Must have an end.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Requests a second that API Gateway lets through, over all callers.
   *
   * @default 50
   */
  readonly requestsPerSecond?: number;

  /**
   * Requests that may come at once before `requestsPerSecond` holds.
   *
   * @default 100
   */
  readonly burstRequests?: number;

  /**
   * Memory of the handler in MB, and with it its share of a processor.
   *
   * @default 1024
   */
  readonly memorySize?: number;

  /**
   * For projects: how long after a Region was last read as one that keeps nothing it may serve, in whole hours, at least two:
   * it is read every hour.
   *
   * @default Duration.hours(24)
   */
  readonly maxReadingAge?: Duration;

  /**
   * Requests answered at the same time, at most; taken from the account's own limit.
   *
   * @default - the account's unreserved concurrency
   */
  readonly reservedConcurrentExecutions?: number;
}

/**
 * An OpenAI-compatible API, all of whose destinations are inside a boundary. Destinations, the handler's policy, and its
 * role are derived from the same decision, so that none of them can allow what another refuses.
 *
 * Access logs need an `ApiGatewayAccount` once in the account and Region.
 */
export class InferenceGateway extends Construct {
  /** The REST API. */
  public readonly api: apigateway.IRestApi;

  /** The handler. */
  public readonly handler: lambda.IFunction;

  /** The handler's role. */
  public readonly role: iam.IRole;

  /** What clients of OpenAI set as their base URL. */
  public readonly baseUrl: string;

  private readonly function: lambda.Function;
  private readonly front: InferenceApi;

  constructor(scope: Construct, id: string, props: InferenceGatewayProps) {
    super(scope, id);
    const { boundary, foundation, tenant } = props;
    requireInside(this, boundary, 'it processes prompts and answers');
    const logRetention = requireFinite(
      this,
      props.logRetention ?? logs.RetentionDays.ONE_MONTH,
      'logs say who asked when',
    );
    const age = props.maxReadingAge;
    if (age !== undefined && age.toMinutes() < 120) {
      throw new Error(
        `${this.node.path}: 'maxReadingAge' must be at least two hours because Bedrock's settings are read every hour, got ` +
          `${age.toMinutes()} minutes; use Duration.hours(24)`,
      );
    }
    const models = decideModels(this, boundary, props.models);
    requireServable(this, tenant, foundation, models);
    const servers = serversOf(models);
    const host = props.domain && {
      domain: props.domain,
      basePath: basePathOf({ kind: tenant._kind, ids: tenant.ids }),
    };
    const { handler, role, logGroup } = new GatewayFunction(this, 'Gateway', {
      policy: gatewayPolicy(boundary, tenant, models, age?.toHours()),
      models,
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
      readings: tenant.keepsContent ? undefined : foundation._destinationCheck?.readings,
    });
    if (!tenant.keepsContent) new UnverifiedAlarm(this, 'Unverified', { logGroup, channel: foundation._channel });
    // No request before Bedrock keeps nothing, and was asked where requests are processed.
    handler.node.addDependency(foundation.bedrockReady);
    // Nor before there are keys to verify tokens by.
    if (tenant.members) handler.node.addDependency(tenant.members._keySets);
    this.front = new InferenceApi(this, 'Front', {
      description: clipped(`OpenAI-compatible API of ${tenant.kind} ${tenant.ids.join(', ')}, inside ${boundary.name}`),
      handler,
      access: tenant.members ? memberTokens(tenant.members) : API_KEYS,
      webAclArn: foundation.webAclArn,
      encryptionKey: foundation.logKey,
      logRetention,
      requestsPerSecond: props.requestsPerSecond ?? 50,
      burstRequests: props.burstRequests ?? 100,
      host,
    });
    const { api } = this.front;
    if (tenant.members) {
      const { _administration: administration } = tenant.members;
      administration.readRecords('requests', logGroup);
      for (const name of ['members', 'records'] as const) this._administer(name, administration.handler);
    }
    this.api = api;
    this.handler = handler;
    this.function = handler;
    this.role = role;
    this.baseUrl = host
      ? `https://${host.domain.domainName}${host.basePath}/v1`
      : api.deploymentStage.urlForPath('/v1');
  }

  /**
   * Has another handler answer what is below `/admin/v1/NAME`.
   *
   * @internal
   */
  public _administer(name: AdminApi, handler: lambda.Function): void {
    this.front.administer(name, handler);
  }

  /**
   * Tells the handler what is known at deployment only.
   *
   * @internal
   */
  public _setEnvironment(environment: Variables): void {
    addVariables(this.function, environment);
  }
}
