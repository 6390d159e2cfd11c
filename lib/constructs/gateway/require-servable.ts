import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { factsOf } from '../../boundary/facts-of';
import { decideProvider } from '../../boundary/provider';
import { mayServeWithoutRetention } from '../../boundary/retention';
import { OPEN_PROJECTS } from '../../contract/tenant';
import { bedrockOf, type DecidedModel } from '../checks/inference-model';
import type { Foundation } from '../foundation/foundation';
import type { GatewayTenant } from './gateway-tenant';

/**
 * Checks that the tenant may use each model and that the foundation's network can reach it.
 *
 * @throws at the first model that doesn't qualify
 */
export function requireServable(
  scope: Construct,
  boundary: ResidencyBoundary,
  tenant: GatewayTenant,
  foundation: Foundation,
  models: readonly DecidedModel[],
): void {
  if (models.length === 0) {
    throw new Error(
      `${scope.node.path}: 'models' must name at least one model, got none; list the models that clients may call`,
    );
  }
  if (!tenant.keepsContent && foundation._logsInvocations) {
    throw new Error(
      `${scope.node.path}: projects must be served without retention because their content isn't stored, got a foundation with ` +
        "'invocationLogging', which may log every prompt and answer of the account; leave it out, or serve projects in another account",
    );
  }
  const names = models.map((model) => model.id);
  for (const project of [
    ...tenant.servedProjects,
    ...(tenant.openProjects ? [{ id: OPEN_PROJECTS, ...tenant.openProjects }] : []),
  ]) {
    const unknown = project.models?.find((name) => !names.includes(name));
    if (unknown === undefined && project.models?.length !== 0) continue;
    throw new Error(
      `${scope.node.path}: the 'models' of project '${project.id}' must be models of the gateway (${names.join(', ')}), got ` +
        `${unknown === undefined ? 'none' : `'${unknown}'`}; name one of these, or leave out 'models' for all of them`,
    );
  }
  const reached = new Set(foundation.destinations.map(({ sourceRegion, id }) => `${id} ${sourceRegion}`));
  for (const model of models) {
    if (!tenant.keepsContent) requireUnretained(scope, boundary, foundation, model);
    for (const { id, modelId, sourceRegion, api } of bedrockOf([model])) {
      if (!reached.has(`${id} ${sourceRegion}`)) {
        throw new Error(
          `${scope.node.path}: model '${model.id}' must use destinations of ${foundation.node.path} because its Bedrock endpoint denies ` +
            `all others, got destination '${id}' in '${sourceRegion}'; add it to the 'models' of the foundation`,
        );
      }
      const unretained = mayServeWithoutRetention(factsOf(boundary), modelId, api);
      if (!tenant.keepsContent && !unretained.inside) {
        throw new Error(
          `${scope.node.path}: model '${model.id}' must be served without retention because projects use it, got destination ` +
            `'${id}': ${unretained.detail}; ${api === undefined ? '' : "leave out 'api', "}choose another model, or offer it in a workspace`,
        );
      }
    }
  }
}

/** Projects use only providers outside AWS that retain nothing. */
function requireUnretained(
  scope: Construct,
  boundary: ResidencyBoundary,
  { _euOwnedOnly: euOwnedOnly }: Foundation,
  { id, destinations, providers = [] }: DecidedModel,
): void {
  for (const destination of destinations) {
    if (destination.provider === 'bedrock' || destination.provider === 'vpc') continue;
    const declared = providers.find(({ name }) => name === (destination.providerName ?? 'openai'));
    const { modelId: model, kind } = destination;
    const decision =
      declared && decideProvider(boundary, declared, { model, kind }, { keepsContent: false, euOwnedOnly });
    if (decision === undefined || decision.inside) continue;
    throw new Error(
      `${scope.node.path}: model '${id}' must be served without retention because projects use it, got destination ` +
        `'${destination.id}': ${decision.detail}; choose another model, or offer it in a workspace`,
    );
  }
}
