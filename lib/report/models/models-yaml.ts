import { type AllowedModel, isAnyStale } from './allowed-models';
import { ENDING, lifeOf, retainedBy, STALE } from './models-table';
import { priceText } from './price-of';

/**
 * The models that the gateway can call, as `models` of a `residency.yaml`, the newest first: one per foundation model, with every
 * destination for it from one Region.
 */
export function modelsYaml(models: readonly AllowedModel[], boundary: string, region: string): string {
  const served = models.filter((model) => model.served);
  const byAlias = new Map<string, AllowedModel[]>();
  for (const model of served) {
    const alias = aliasOf(model.modelId);
    byAlias.set(alias, [...(byAlias.get(alias) ?? []), model]);
  }
  return [
    `# Inside ${boundary}, called from ${region}. Remove the models that you don't want.`,
    'models:',
    ...[...byAlias].flatMap(([alias, list]) => [
      `  - id: ${alias}`,
      `    # ${list[0]?.kind ?? 'kind unknown'}${lifeText(list[0])}; the provider retains ${list[0] ? retainedBy(list[0].keeps) : ''}${
        list[0]?.keeps.mayServeProjects ? '' : '; not for projects'
      }`,
      ...list.flatMap(({ id, price }) => (price === null ? [] : [`    # ${id}: ${priceText(price)}`])),
      '    destinations:',
      ...list.map(
        ({ id, routes, routesAsOf, routesStale, admitted }) =>
          `      - bedrock: ${id} # processed in ${routes[0]?.processedIn.join(', ')}, as of ${routesAsOf}${routesStale ? '*' : ''}${
            admitted === null ? '' : `; ${admitted}`
          }`,
      ),
    ]),
    ...(served.some(({ ending }) => ending) ? [`# ${ENDING}`] : []),
    ...(served.some(isAnyStale) ? [`# *: ${STALE}.`] : []),
  ].join('\n');
}

function lifeText(model: AllowedModel | undefined): string {
  const life = model === undefined ? '-' : lifeOf(model);
  return life === '-' ? '' : `; ${life}`;
}

/** A name for clients: the model's own, without provider, date and version. */
function aliasOf(modelId: string): string {
  return modelId
    .replace(/^[^.]+\./, '')
    .replace(/(-\d{8})?(-v\d+)?(:\d+)?$/, (_, _date, version) => (/embed/.test(modelId) ? (version ?? '') : ''))
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}
