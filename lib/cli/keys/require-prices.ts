import { callersOf } from '../../config/model/callers';
import type { DeploymentConfig } from '../../config/model/config';
import { policyPrice } from '../../contract/policy-prices';
import { UsageError } from '../shared/usage-error';

/**
 * Checks that a gateway can count a key's budget in US dollars.
 *
 * @param own the models that an open project was created with, if not with all
 * @throws UsageError if the file's gateway has no prices, or none of a model of the project: it would refuse each request of the key
 */
export function requirePrices(deployment: DeploymentConfig, id: string, config: string, own?: readonly string[]): void {
  if (callersOf(deployment).every(({ limits }) => limits.usdPerMonth === undefined)) {
    throw new UsageError(
      `--usd-per-month: ${config} has no budget in money for a project, so the gateway has no prices and would refuse the key; declare ` +
        "'usdPerMonth' or 'eurPerMonth' for a project and deploy, or use --tokens-per-month",
    );
  }
  const declared = deployment.projects.find((one) => one.id === id);
  const allowed = [(declared ?? deployment.openProjects)?.models, own];
  const unpriced = deployment.models.filter(
    (model) =>
      allowed.every((models) => models?.includes(model.id) ?? true) &&
      model.destinations.some((one) => !policyPrice(one)),
  );
  if (unpriced.length === 0) return;
  throw new UsageError(
    `--usd-per-month: the facts have no reliable price for these models of project '${id}': ${unpriced.map((one) => one.id).join(', ')}; the ` +
      `gateway would refuse the key; use --tokens-per-month, or ${
        declared ? 'take these models from the project and deploy' : 'create a project with other models'
      }`,
  );
}
