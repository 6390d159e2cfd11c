import { findRegion } from '../../facts/region';
import { wrap } from '../../guard/report/wrap';
import { columns } from '../columns';
import type { AllowedModel, Keeps } from './allowed-models';

const STALE = '* from a fact that is older than its kind allows: check with the provider before you rely on it';

/** The models as a table for a terminal; `*` marks a statement from a fact that is older than its kind allows. */
export function modelsTable(models: readonly AllowedModel[], width?: number): string {
  const rows = [
    ['MODEL OR PROFILE', 'KIND', 'CALLED FROM', 'PROCESSED IN', 'PROVIDER RETAINS'],
    ...models.flatMap((model) =>
      waysOf(model).map(({ from, processedIn }, index) =>
        index === 0
          ? [model.id, kindOf(model), from.join(' '), placesOf(model, processedIn), retainedBy(model.keeps)]
          : ['', '', from.join(' '), placesOf(model, processedIn), ''],
      ),
    ),
  ];
  const stale = models.some(({ routesStale, keeps }) => routesStale || keeps.stale);
  const notes = [
    ...models.flatMap(({ id, admitted }) => (admitted === null ? [] : [`${id}: ${admitted}`])),
    ...(stale ? [STALE] : []),
  ].flatMap((note) => ['', ...wrap(note, width ?? Number.POSITIVE_INFINITY)]);
  return [...columns(rows, width), ...notes].join('\n');
}

/** A request to a model without a profile is processed where it is called; one row says so for all Regions. */
function waysOf({ id, modelId, routes }: AllowedModel): AllowedModel['routes'] {
  return id === modelId ? [{ from: routes.flatMap(({ from }) => from), processedIn: [] }] : routes;
}

const kindOf = ({ kind, served }: AllowedModel) => `${kind ?? 'unknown'}${served ? '' : ' (not served)'}`;

function placesOf({ id, modelId, routesAsOf, routesStale }: AllowedModel, regions: readonly string[]): string {
  const places =
    id === modelId ? 'where it is called' : regions.map((code) => `${code} (${findRegion(code)?.country})`).join(' ');
  return `${places}, as of ${routesAsOf}${routesStale ? '*' : ''}`;
}

/** What the provider retains, in one phrase: `nothing, as of 2026-10-18`. */
export function retainedBy({ what, days, by, asOf, stale }: Keeps): string {
  const time = days === null ? ' for an unknown period' : ` for up to ${days} days`;
  const retained = what === 'nothing' || what === 'unknown' ? what : `${what}${time}${by === null ? '' : `, by ${by}`}`;
  return `${retained}, ${asOf === null ? 'not in the facts' : `as of ${asOf}`}${stale ? '*' : ''}`;
}
