import type { Rule } from '../rule/rule';
import { acceleration } from './acceleration';
import { agentcoreInference } from './agentcore-inference';
import { apiDefinition } from './api-definition';
import { apiEndpointEdge } from './api-endpoint-edge';
import { bucketDestination } from './bucket-destination';
import { contactDistribution } from './contact-distribution';
import { copyDestination } from './copy-destination';
import { customResource } from './custom-resource';
import { edgeCustomDomain } from './edge-custom-domain';
import { edgeType } from './edge-type';
import { edgeWebAcl } from './edge-web-acl';
import { findingAggregation } from './finding-aggregation';
import { globalDatabase } from './global-database';
import { guardrailTier } from './guardrail-tier';
import { hostUnknown } from './host-unknown';
import { iamReach } from './iam-reach';
import { inboundAggregation } from './inbound-aggregation';
import { ingestionSink } from './ingestion-sink';
import { logRouter } from './log-router';
import { modelDestination } from './model-destination';
import { multiRegionKey } from './multi-region-key';
import { nestedTemplate } from './nested-template';
import { opaqueType } from './opaque-type';
import { partitionService } from './partition-service';
import { permissionsBoundary } from './permissions-boundary';
import { placeOutside } from './place-outside';
import { regionUnresolved } from './region-unresolved';
import { s3Replication } from './s3-replication';
import { stackRegion } from './stack-region';
import { stackSetTemplate } from './stack-set-template';
import { stateMachineEndpoint } from './state-machine-endpoint';
import { subscriptionEndpoint } from './subscription-endpoint';
import { templateTransform } from './template-transform';
import { thirdPartySetting } from './third-party-setting';
import { thirdPartyType } from './third-party-type';
import { unknownType } from './unknown-type';
import { unverifiedType } from './unverified-type';
import { userGroups } from './user-groups';
import { zoneUnresolved } from './zone-unresolved';

/** Every rule of the guard: for the stack, for types, for values, then for the effects of single properties. */
export const RULES: readonly Rule[] = [
  stackRegion,
  templateTransform,
  unknownType,
  edgeType,
  thirdPartyType,
  unverifiedType,
  opaqueType,
  partitionService,
  placeOutside,
  acceleration,
  agentcoreInference,
  apiDefinition,
  apiEndpointEdge,
  bucketDestination,
  contactDistribution,
  copyDestination,
  customResource,
  edgeCustomDomain,
  edgeWebAcl,
  findingAggregation,
  globalDatabase,
  guardrailTier,
  hostUnknown,
  iamReach,
  inboundAggregation,
  ingestionSink,
  logRouter,
  modelDestination,
  multiRegionKey,
  nestedTemplate,
  permissionsBoundary,
  regionUnresolved,
  s3Replication,
  stackSetTemplate,
  stateMachineEndpoint,
  subscriptionEndpoint,
  thirdPartySetting,
  userGroups,
  zoneUnresolved,
];
