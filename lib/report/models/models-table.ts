import { findRegion } from '../../facts/region';
import { columns } from '../columns';
import type { AllowedModel, Keeps } from './allowed-models';

/** The models as a table to read in a terminal; `*` marks what rests on a row that is older than its kind allows. */
export function modelsTable(models: readonly AllowedModel[]): string {
  const rows = [
    ['MODEL OR PROFILE', 'KIND', 'CALLED FROM', 'PROCESSED IN', 'PROVIDER KEEPS'],
    ...models.flatMap((model) =>
      waysOf(model).map(({ from, processedIn }, index) =>
        index === 0
          ? [model.id, kindOf(model), from.join(' '), placesOf(model, processedIn), keptBy(model.keeps)]
          : ['', '', from.join(' '), placesOf(model, processedIn), ''],
      ),
    ),
  ];
  const stale = models.some(({ routesStale, keeps }) => routesStale || keeps.stale);
  return [
    ...columns(rows),
    ...(stale ? ['', "* older than its kind allows: check it at the provider's before you rely on it"] : []),
  ].join('\n');
}

/** A model that is called without a profile is processed where it is called, which one line says for all Regions. */
function waysOf({ id, modelId, routes }: AllowedModel): AllowedModel['routes'] {
  return id === modelId ? [{ from: routes.flatMap(({ from }) => from), processedIn: [] }] : routes;
}

const kindOf = ({ kind, served }: AllowedModel) => `${kind ?? 'unknown'}${served ? '' : ' (not served)'}`;

function placesOf({ id, modelId, routesAsOf, routesStale }: AllowedModel, regions: readonly string[]): string {
  const places =
    id === modelId ? 'where it is called' : regions.map((code) => `${code} (${findRegion(code)?.country})`).join(' ');
  return `${places}, as of ${routesAsOf}${routesStale ? '*' : ''}`;
}

/** What is kept, in one phrase: `nothing, as of 2026-10-18`. */
export function keptBy({ what, days, by, asOf, stale }: Keeps): string {
  const time = days === null ? ' for an unknown time' : ` for up to ${days} days`;
  const kept = what === 'nothing' || what === 'unknown' ? what : `${what}${time}${by === null ? '' : `, by ${by}`}`;
  return `${kept}, ${asOf === null ? 'in no row' : `as of ${asOf}`}${stale ? '*' : ''}`;
}
