import { END_WARNING_DAYS } from '../../boundary/lifecycle';
import { findRegion } from '../../facts/region';
import { wrap } from '../../guard/report/wrap';
import { columns } from '../columns';
import { type AllowedModel, isAnyStale, type Keeps } from './allowed-models';

/** What `*` means, and how to renew the fact. */
export const STALE =
  'from a fact that is older than its kind allows: check with the provider before you rely on it. Renew profiles with ' +
  "'eu-residency facts verify --all --write', and the rest with a facts release ('eu-residency facts update FILE') or a newer version of this package";

/** What `!` means. */
export const ENDING = `!: the model is closed to new customers, or ends within ${END_WARNING_DAYS} days. Name a newer one.`;

/**
 * The models as a table for a terminal. Those of which a fact is older than its kind allows stand below it; `*` marks the
 * statement from that fact.
 */
export function modelsTable(models: readonly AllowedModel[], width?: number): string {
  const fresh = models.filter((model) => !isAnyStale(model));
  const stale = models.filter(isAnyStale);
  const heading = `Not confirmed lately. *: ${STALE}.`;
  return [
    ...(fresh.length === 0 ? [] : tableOf(fresh, width)),
    ...(fresh.length === 0 || stale.length === 0 ? [] : ['']),
    ...(stale.length === 0 ? [] : [...wrap(heading, columnsOf(width)), '', ...tableOf(stale, width)]),
    ...(models.some(({ ending }) => ending) ? ['', ...wrap(ENDING, columnsOf(width))] : []),
    ...models.flatMap(({ id, admitted }) =>
      admitted === null ? [] : ['', ...wrap(`${id}: ${admitted}`, columnsOf(width))],
    ),
  ].join('\n');
}

const columnsOf = (width: number | undefined) => width ?? Number.POSITIVE_INFINITY;

function tableOf(models: readonly AllowedModel[], width?: number): string[] {
  const rows = [
    ['MODEL OR PROFILE', 'KIND', 'LIFE', 'CALLED FROM', 'PROCESSED IN', 'PROVIDER RETAINS'],
    ...models.flatMap((model) =>
      waysOf(model).map(({ from, processedIn }, index) =>
        index === 0
          ? [
              model.id,
              kindOf(model),
              lifeOf(model),
              from.join(' '),
              placesOf(model, processedIn),
              retainedBy(model.keeps),
            ]
          : ['', '', '', from.join(' '), placesOf(model, processedIn), ''],
      ),
    ),
  ];
  return columns(rows, width);
}

/** The dates of a model's life, in one phrase: `since 2025-09-30, legacy from 2026-10-08, ends 2027-04-08!`. */
export function lifeOf({ releasedAt, legacyFrom, endsAt, endsNotBefore, ending }: AllowedModel): string {
  const dates = [
    releasedAt && `since ${releasedAt}`,
    legacyFrom && `legacy from ${legacyFrom}`,
    endsAt ? `ends ${endsAt}` : endsNotBefore && `ends not before ${endsNotBefore}`,
  ].filter(Boolean);
  return dates.length === 0 ? '-' : `${dates.join(', ')}${ending ? '!' : ''}`;
}

/** A request to a model without a profile is processed where it is called; one row says so for all Regions. */
function waysOf({ id, modelId, routes }: AllowedModel): AllowedModel['routes'] {
  return id === modelId ? [{ from: routes.flatMap(({ from }) => from), processedIn: [] }] : routes;
}

const kindOf = ({ kind, served }: AllowedModel) => `${kind ?? 'unknown'}${served ? '' : ' (not served)'}`;

function placesOf(
  { id, modelId, routesAsOf, routesOrigin, routesStale }: AllowedModel,
  regions: readonly string[],
): string {
  const places =
    id === modelId ? 'where it is called' : regions.map((code) => `${code} (${findRegion(code)?.country})`).join(' ');
  return `${places}, as of ${routesAsOf}${inRelease(routesOrigin)}${routesStale ? '*' : ''}`;
}

/** What the provider retains, in one phrase: `nothing, as of 2026-10-18`. */
export function retainedBy({ what, days, by, asOf, origin, stale }: Keeps): string {
  const time = days === null ? ' for an unknown period' : ` for up to ${days} days`;
  const retained = what === 'nothing' || what === 'unknown' ? what : `${what}${time}${by === null ? '' : `, by ${by}`}`;
  return `${retained}, ${asOf === null ? 'not in the facts' : `as of ${asOf}${inRelease(origin)}`}${stale ? '*' : ''}`;
}

const inRelease = (origin: string | undefined) => (origin === undefined ? '' : ` in ${origin}`);
