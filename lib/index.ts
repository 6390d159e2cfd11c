/**
 * EU residency for AI chat and API on your own AWS account: guards, constructs and stacks that derive from one boundary.
 *
 * @packageDocumentation
 */
import './guard/cdk/peers';

export { ResidencyDeployment, type ResidencyDeploymentProps } from './app/residency-deployment';
export { ResidencyBoundary } from './boundary/boundary';
export type { Destination } from './boundary/destination';
export { ResidencyDeclarations } from './config/residency-declarations';
export { AccessLog, type AccessLogProps } from './constructs/access-log';
export { Alerts } from './constructs/alerts';
export { ApiDomain, type ApiDomainProps } from './constructs/api-domain';
export { ApiGatewayAccount } from './constructs/api-gateway-account';
export { RetentionManagement } from './constructs/bedrock-retention';
export { BranchKeyStore, type BranchKeyStoreProps } from './constructs/branch-key-store';
export { ConversationStore, type ConversationStoreProps } from './constructs/conversation-store';
export { FileStore, type FileStoreProps } from './constructs/file-store';
export { Foundation, type FoundationProps } from './constructs/foundation';
export { GatewayTenant } from './constructs/gateway-tenant';
export { IdentityProvider, type OidcProviderOptions, type SamlProviderOptions } from './constructs/identity-provider';
export { InferenceGateway, type InferenceGatewayProps } from './constructs/inference-gateway';
export type { InferenceDestination, InferenceModel, InferenceServer } from './constructs/inference-model';
export type { InvocationLogging } from './constructs/invocation-logging';
export { KeyRegistry, type KeyRegistryProps } from './constructs/key-registry';
export { KeyWatch, type KeyWatchProps } from './constructs/key-watch';
export { MemberPool, type MemberPoolProps } from './constructs/member-pool';
export type { Project } from './constructs/project';
export { Projects, type ProjectsProps } from './constructs/projects';
export { RecoveryDrill, type RecoveryDrillProps } from './constructs/recovery-drill';
export { RecoveryRegion, type RecoveryRegionProps } from './constructs/recovery-region';
export { RecoveryReplica, type RecoveryReplicaProps } from './constructs/recovery-replica';
export { RegionalEndpoint, type RegionalEndpointProps } from './constructs/regional-endpoint';
export { RegionalRoutes, type RegionalRoutesProps } from './constructs/regional-routes';
export { ResidencyHook, type ResidencyHookProps } from './constructs/residency-hook';
export { type AdmittedAccount, ResidencyKey, type ResidencyKeyProps } from './constructs/residency-key';
export { RetentionPeriod } from './constructs/retention-period';
export type { RightsStores } from './constructs/rights-grants';
export { StackFilter } from './constructs/stack-filter';
export { UsageTable, type UsageTableProps } from './constructs/usage-table';
export { Workspace, WorkspaceEdition, type WorkspaceProps } from './constructs/workspace';
export type { WorkspaceLimits } from './constructs/workspace-limits';
export {
  type MemberGroups,
  type SignInPages,
  WorkspaceMembers,
  type WorkspaceMembersProps,
} from './constructs/workspace-members';
export { WorkspaceRights, type WorkspaceRightsProps } from './constructs/workspace-rights';
export { ResidencyApp, type ResidencyAppProps } from './guard/cdk/residency-app';
export { ResidencyGuard } from './guard/cdk/residency-guard';
export type { ResidencyGuardProps } from './guard/cdk/residency-guard-props';
export { DomainStack, type DomainStackProps } from './stacks/domain-stack';
export { ApiGatewayLogRole, FoundationStack, type FoundationStackProps } from './stacks/foundation-stack';
export { ProjectsStack, type ProjectsStackProps } from './stacks/projects-stack';
export { RecoveryDrillStack, type RecoveryDrillStackProps } from './stacks/recovery-drill-stack';
export { RecoveryReplicaStack, type RecoveryReplicaStackProps } from './stacks/recovery-replica-stack';
export { RecoveryStack, type RecoveryStackProps } from './stacks/recovery-stack';
export { RegionalEndpointStack, type RegionalEndpointStackProps } from './stacks/regional-endpoint-stack';
export { RegionalRoutesStack, type RegionalRoutesStackProps } from './stacks/regional-routes-stack';
export { WorkspaceStack, type WorkspaceStackProps } from './stacks/workspace-stack';
