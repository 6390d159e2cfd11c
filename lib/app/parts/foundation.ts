import type { VpcAttributes } from 'aws-cdk-lib/aws-ec2';
import { Duration } from 'aws-cdk-lib/core';
import { allGuardrails } from '../../config/model/callers';
import type { DeploymentConfig, VpcConfig } from '../../config/model/config';
import { Alerts } from '../../constructs/alerts/alerts';
import { RetentionManagement } from '../../constructs/checks/bedrock-retention';
import type { InvocationLogging } from '../../constructs/checks/invocation-logging';
import { DataEvents } from '../../constructs/foundation/recorded-stores';
import { EndpointService } from '../../constructs/network/endpoint-service';
import { REQUESTS_PER_SECOND, requestsWithoutKey } from '../../contract/api-limits';
import { FoundationStack } from '../../stacks/foundation-stack';
import { egressFunctionOf } from './egress';
import { guardrailsOf } from './guardrails';
import { modelsOf } from './models';
import { type Plan, stackProps, zonesIn } from './plan';

const RETENTION = { manage: RetentionManagement.MANAGE, verify: RetentionManagement.VERIFY };

export function foundationStack(plan: Plan): FoundationStack {
  const { scope, deployment } = plan;
  const { name, network, primaryRegion, models, bedrock, api } = deployment;
  return new FoundationStack(scope, `${name}-foundation`, {
    ...stackProps(plan, 'network, keys, web ACL, logs and evidence'),
    terminationProtection: true,
    models: modelsOf(
      deployment,
      models.map((model) => model.id),
    ),
    guardrails: guardrailsOf(allGuardrails(deployment)),
    euOwnedOnly: deployment.providers?.euOwnedOnly,
    addressRange: network.vpc?.cidr ?? network.ranges[primaryRegion],
    existingVpc: network.vpc && vpcOf(network.vpc),
    existingEndpoints: network.vpc && existingOf(network.vpc),
    availabilityZones: zonesIn(plan, primaryRegion),
    bedrockRetention: RETENTION[bedrock.retention],
    alerts: alertsOf(deployment),
    invocationLogging: loggingOf(deployment),
    ...(deployment.records.evidenceDays !== undefined && {
      ledgerRetention: Duration.days(deployment.records.evidenceDays),
    }),
    dataEvents: deployment.trail?.dataEvents === 'account' ? DataEvents.ACCOUNT : DataEvents.DEPLOYMENT,
    organizationTrailArn: deployment.trail?.organization,
    storeNamePrefix: `${name}-`,
    egressFunctionName: egressFunctionOf(deployment),
    requestsPerFiveMinutes: api?.requestsPerAddress,
    requestsWithoutKeyPerFiveMinutes:
      api?.requestsWithoutKey ?? requestsWithoutKey(api?.requestsPerSecond ?? REQUESTS_PER_SECOND),
  });
}

function alertsOf({ name, alerts }: DeploymentConfig): Alerts {
  if (alerts === undefined) {
    throw new Error(
      `deployment '${name}' must name recipients of alarms, got none; write 'alerts: [security@example.eu]', or ` +
        "'alerts: { none: <why there are no recipients> }'",
    );
  }
  if (alerts.kind === 'topic') return Alerts._throughArn(alerts.arn);
  return alerts.kind === 'to' ? Alerts.to(...alerts.addresses) : Alerts.none(alerts.reason);
}

const vpcOf = (vpc: VpcConfig): VpcAttributes => ({
  vpcId: vpc.id,
  vpcCidrBlock: vpc.cidr,
  availabilityZones: [...vpc.availabilityZones],
  isolatedSubnetIds: [...vpc.isolatedSubnetIds],
  isolatedSubnetRouteTableIds: [...vpc.routeTableIds],
});

const existingOf = ({ endpoints = {} }: VpcConfig): EndpointService[] =>
  Object.values(EndpointService).filter((service) => endpoints[service] === 'existing');

const loggingOf = ({ bedrock: { invocationLogging: declared } }: DeploymentConfig): InvocationLogging | undefined =>
  declared && { bucketName: declared.bucket, logGroupName: declared.logGroup };
