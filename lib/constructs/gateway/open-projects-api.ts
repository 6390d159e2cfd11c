import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { OpenProjectsVariables } from '../../contract/environment';
import type { Foundation } from '../foundation/foundation';
import { functionLog } from '../functions/function-log';
import { handlerFunction } from '../functions/handler-function';
import { inIsolatedSubnets } from '../functions/isolated-subnets';
import { toEnvironment } from '../functions/variables';
import { vpcFunctionRole } from '../functions/vpc-function-role';
import { acknowledgeObjects } from '../shared/acknowledge-objects';
import { truncated } from '../shared/truncated';
import { projectLimits } from './gateway-policy-asset';
import type { InferenceGateway } from './inference-gateway';
import type { KeyRegistry } from './key-registry';
import type { OpenProjects } from './open-projects';

/** Construction properties for an OpenProjectsApi. */
export interface OpenProjectsApiProps {
  readonly boundary: ResidencyBoundary;
  readonly foundation: Foundation;
  readonly gateway: InferenceGateway;
  readonly keyRegistry: KeyRegistry;
  readonly open: OpenProjects;
  /** The models of the gateway. */
  readonly models: readonly string[];
  /** The IDs of the declared projects. */
  readonly declared: readonly string[];
}

/**
 * The API that creates, caps and ends projects: one function, whose role alone can write their rows. It reaches no model, no
 * key and no counter.
 */
export class OpenProjectsApi extends Construct {
  /** The URL of the API. */
  public readonly url: string;

  /**
   * The role that can call the API, and nothing else. `eu-residency projects` assumes it; the account's IAM policies decide
   * which principals can.
   */
  public readonly operatorRole: iam.Role;

  constructor(scope: Construct, id: string, props: OpenProjectsApiProps) {
    super(scope, id);
    const { boundary, foundation, gateway, keyRegistry } = props;
    const description = truncated(`Creates, caps and ends open projects, inside ${boundary.name}`);
    const role = vpcFunctionRole(this, 'Role', description);
    const logGroup = functionLog(this, role, foundation.logKey, logs.RetentionDays.ONE_MONTH);
    keyRegistry._grantManageOpenProjects(role);
    const { models = [...props.models], maximum } = props.open;
    const policy = {
      boundary: boundary.name,
      models,
      limits: projectLimits(props.open),
      maximum,
      declared: [...props.declared, ...(props.open.reservedIds ?? [])],
    };
    const handler = handlerFunction(this, {
      bundle: 'projects',
      policy,
      description,
      role,
      logGroup,
      environment: toEnvironment({
        KEYS_TABLE_ARN: keyRegistry.table.tableArn,
      } satisfies OpenProjectsVariables),
      memorySize: 256,
      // API Gateway's longest wait for an answer that isn't streamed.
      timeout: Duration.seconds(29),
      ...inIsolatedSubnets(foundation),
    });
    const { url, arns } = gateway._operate(handler);
    this.url = url;
    this.operatorRole = new iam.Role(this, 'Operator', {
      description: truncated(`Calls the API of open projects of ${gateway.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    this.operatorRole.addToPolicy(new iam.PolicyStatement({ actions: ['execute-api:Invoke'], resources: arns }));
    acknowledgeObjects(
      this.operatorRole,
      arns,
      'projects are created at run time, so their paths have no ID yet when the permission is written; the methods are all that the API has',
    );
  }
}
