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
export { Alerts } from './constructs/alerts/alerts';
export { type AlertingDeployment, SharedAlerts, type SharedAlertsProps } from './constructs/alerts/shared-alerts';
export type { BackgroundRules } from './constructs/background/background-jobs';
export { RetentionManagement } from './constructs/checks/bedrock-retention';
export { ChatApi } from './constructs/checks/chat-api';
export type { InferenceDestination, InferenceModel, InferenceServer } from './constructs/checks/inference-model';
export {
  type AzureModelDeployment,
  type InferenceProvider,
  ProviderService,
} from './constructs/checks/inference-provider';
export type { InvocationLogging } from './constructs/checks/invocation-logging';
export { EgressHost } from './constructs/egress/egress-host';
export { EgressNetwork, type EgressNetworkProps } from './constructs/egress/egress-network';
export { Foundation } from './constructs/foundation/foundation';
export type { FoundationProps } from './constructs/foundation/foundation-props';
export { KeyWatch, type KeyWatchProps } from './constructs/foundation/key-watch';
export { OperationsDashboard, type OperationsDashboardProps } from './constructs/foundation/operations-dashboard';
export { DataEvents } from './constructs/foundation/recorded-stores';
export { RecoveryRegion, type RecoveryRegionProps } from './constructs/foundation/recovery-region';
export { RegionalEndpoint, type RegionalEndpointProps } from './constructs/foundation/regional-endpoint';
export { RegionalRoutes, type RegionalRoutesProps } from './constructs/foundation/regional-routes';
export { AccessLog, type AccessLogProps } from './constructs/gateway/access-log';
export { ApiDomain, type ApiDomainProps } from './constructs/gateway/api-domain';
export { ApiGatewayAccount } from './constructs/gateway/api-gateway-account';
export { GatewayTenant } from './constructs/gateway/gateway-tenant';
export { InferenceGateway, type InferenceGatewayProps } from './constructs/gateway/inference-gateway';
export { KeyRegistry, type KeyRegistryProps } from './constructs/gateway/key-registry';
export type { MemberKeys } from './constructs/gateway/member-keys';
export type { OpenProjects } from './constructs/gateway/open-projects';
export type { Project } from './constructs/gateway/project';
export type { Course, CourseBudget, GroupBudget, WorkspaceBudgets } from './constructs/gateway/workspace-budgets';
export type { WorkspaceLimits } from './constructs/gateway/workspace-limits';
export type { GuardrailReference, InferenceGuardrail } from './constructs/guardrails/inference-guardrail';
export { ResidencyGuardrail, type ResidencyGuardrailProps } from './constructs/guardrails/residency-guardrail';
export { ResidencyHook, type ResidencyHookProps } from './constructs/hook/residency-hook';
export { StackFilter } from './constructs/hook/stack-filter';
export { BranchKeyStore, type BranchKeyStoreProps } from './constructs/keys/branch-key-store';
export { type AdmittedAccount, ResidencyKey, type ResidencyKeyProps } from './constructs/keys/residency-key';
export { Ledger, type LedgerProps } from './constructs/ledger/ledger';
export { DirectoryTable, type DirectoryTableProps } from './constructs/members/directory-table';
export {
  IdentityProvider,
  type OidcProviderOptions,
  type SamlProviderOptions,
} from './constructs/members/identity-provider';
export type { MemberGroups } from './constructs/members/member-groups';
export { MemberPool, type MemberPoolProps } from './constructs/members/member-pool';
export {
  type SignInPages,
  WorkspaceMembers,
  type WorkspaceMembersProps,
} from './constructs/members/workspace-members';
export type { PerMemberMonitoring, WorkspaceMonitoring } from './constructs/members/workspace-monitoring';
export { EndpointService } from './constructs/network/endpoint-service';
export { AccountTrails, type AccountTrailsProps } from './constructs/perimeter/account-trails';
export { BoundaryPolicy, type BoundaryPolicyProps, type PerimeterProps } from './constructs/perimeter/boundary-policy';
export {
  OrganizationPolicies,
  type OrganizationPoliciesProps,
} from './constructs/perimeter/organization-policies';
export { PerimeterWatch, type PerimeterWatchProps } from './constructs/perimeter/perimeter-watch';
export { PolicyRollout } from './constructs/perimeter/policy-rollout';
export { ResidencyPerimeter } from './constructs/perimeter/residency-perimeter';
export type { RightsStores } from './constructs/rights/rights-grants';
export { ErasureOfOthers, type RightsRules } from './constructs/rights/rights-rules';
export { WorkspaceRights, type WorkspaceRightsProps } from './constructs/rights/workspace-rights';
export { ConversationStore, type ConversationStoreProps } from './constructs/stores/conversation-store';
export { FileStore, type FileStoreProps } from './constructs/stores/file-store';
export { RecoveryReplica, type RecoveryReplicaProps } from './constructs/stores/recovery-replica';
export { RetentionPeriod } from './constructs/stores/retention-period';
export { UsageTable, type UsageTableProps } from './constructs/stores/usage-table';
export { Projects, type ProjectsProps } from './constructs/tenants/projects';
export { RecoveryDrill, type RecoveryDrillProps } from './constructs/tenants/recovery-drill';
export { Workspace } from './constructs/tenants/workspace';
export { WorkspaceEdition, type WorkspaceProps } from './constructs/tenants/workspace-props';
export {
  LibraryDeclarations,
  type LibraryDeclarationsProps,
  type ProposedException,
  type ProposedPlace,
} from './guard/cdk/library-declarations';
export { ResidencyApp, type ResidencyAppProps } from './guard/cdk/residency-app';
export { ResidencyCheck, type ResidencyCheckProps } from './guard/cdk/residency-check';
export { ResidencyGuard } from './guard/cdk/residency-guard';
export type { ResidencyGuardProps } from './guard/cdk/residency-guard-props';
export { DomainStack, type DomainStackProps } from './stacks/domain-stack';
export { ApiGatewayLogRole, FoundationStack, type FoundationStackProps } from './stacks/foundation-stack';
export { LedgerStack, type LedgerStackProps } from './stacks/ledger-stack';
export {
  OrganizationPoliciesStack,
  type OrganizationPoliciesStackProps,
} from './stacks/organization-policies-stack';
export { PerimeterStack, type PerimeterStackProps } from './stacks/perimeter-stack';
export { PerimeterWatchStack, type PerimeterWatchStackProps } from './stacks/perimeter-watch-stack';
export { ProjectsStack, type ProjectsStackProps } from './stacks/projects-stack';
export { RecoveryDrillStack, type RecoveryDrillStackProps } from './stacks/recovery-drill-stack';
export { RecoveryReplicaStack, type RecoveryReplicaStackProps } from './stacks/recovery-replica-stack';
export { RecoveryStack, type RecoveryStackProps } from './stacks/recovery-stack';
export { RegionalEndpointStack, type RegionalEndpointStackProps } from './stacks/regional-endpoint-stack';
export { RegionalRoutesStack, type RegionalRoutesStackProps } from './stacks/regional-routes-stack';
export { WorkspaceStack, type WorkspaceStackProps } from './stacks/workspace-stack';
