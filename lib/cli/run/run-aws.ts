// All of them need the AWS SDK. One bundle contains it once; a second one would add a twentieth to the package.
export { readLiveKeys } from './run-access';
export { runAdmit } from './run-admit';
export { runAuditBundle, withLiveBundle } from './run-audit-bundle';
export { runAzureCheck } from './run-azure-check';
export { runDoctor } from './run-doctor';
export { runDrill } from './run-drill';
export { runFacts } from './run-facts';
export { runKeys } from './run-keys';
export { readLive } from './run-live';
export { runOperatorConfirm } from './run-operator-confirm';
export { runPoliciesDiff } from './run-policies-diff';
export { runProjects } from './run-projects';
export { runProviderDrill } from './run-provider-drill';
export { runProviders } from './run-providers';
export { runScim } from './run-scim';
export { kmsSigner } from './run-sign';
export { runUsage } from './run-usage';
