import type { Construct } from 'constructs';
import { mayServeWithoutRetention } from '../../boundary/retention';
import { bedrockOf, type DecidedModel } from '../checks/inference-model';
import type { Foundation } from '../foundation/foundation';
import type { GatewayTenant } from './gateway-tenant';

/** A gateway's models, which its tenant must be allowed, and its foundation's network must let through. */
export function requireServable(
  scope: Construct,
  tenant: GatewayTenant,
  foundation: Foundation,
  models: readonly DecidedModel[],
): void {
  if (models.length === 0) {
    throw new Error(`${scope.node.path}: 'models' must name at least one model, got none; list what clients may call`);
  }
  if (!tenant.keepsContent && foundation._logsInvocations) {
    throw new Error(
      `${scope.node.path}: projects must be served without anything being kept, got a foundation with 'invocationLogging', by which ` +
        'every prompt and answer of the account may be written down; leave it out, or serve projects in an account of their own',
    );
  }
  const names = models.map((model) => model.id);
  for (const project of tenant.servedProjects) {
    const unknown = project.models?.find((name) => !names.includes(name));
    if (unknown === undefined && project.models?.length !== 0) continue;
    throw new Error(
      `${scope.node.path}: the 'models' of project '${project.id}' must be some that the gateway serves (${names.join(', ')}), got ` +
        `${unknown === undefined ? 'none' : `'${unknown}'`}; name one of these, or leave 'models' out for all of them`,
    );
  }
  const reached = new Set(foundation.destinations.map(({ sourceRegion, id }) => `${id} ${sourceRegion}`));
  for (const model of models) {
    for (const { id, modelId, sourceRegion } of bedrockOf([model])) {
      if (!reached.has(`${id} ${sourceRegion}`)) {
        throw new Error(
          `${scope.node.path}: model '${model.id}' must be served by what ${foundation.node.path} reaches, because its Bedrock ` +
            `endpoint denies everything else, got destination '${id}' in '${sourceRegion}'; name it in the 'models' of ` +
            'the foundation too',
        );
      }
      const unkept = mayServeWithoutRetention(modelId);
      if (!tenant.keepsContent && !unkept.inside) {
        throw new Error(
          `${scope.node.path}: model '${model.id}' must be served without anything being kept, because projects use it, got ` +
            `destination '${id}': ${unkept.detail}; choose another, or offer it in a workspace`,
        );
      }
    }
  }
}
