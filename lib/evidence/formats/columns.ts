import { basisText } from '../../report/basis-text';
import type { Cell } from '../../report/inventory-line';
import type { Evidence, EvidenceRow } from '../core/evidence';

/** The sections of a report, in their order. */
export const SECTIONS = [
  'regions',
  'tenants',
  'stores',
  'keys',
  'models',
  'flows',
  'exceptions',
  'findings',
  'alarms',
  'live',
  'drills',
] as const satisfies readonly (keyof Evidence)[];

export type Section = (typeof SECTIONS)[number];

type RowOf<S extends Section> = NonNullable<Evidence[S]>[number];

/** The columns that only one section has, each with its text. */
type Own<S extends Section> = Readonly<Record<string, (row: RowOf<S>) => string>>;

const textOf = (cell: Cell | undefined): string =>
  cell === undefined ? '' : `${cell.text} (${basisText(cell.basis)})`;
const list = (items: readonly string[]): string => items.join('; ');
const seconds = (value: number | undefined): string => (value === undefined ? '' : `${value}`);

const OWN: { readonly [S in Section]: Own<S> } = {
  regions: {
    region: ({ region }) => region,
    name: ({ name }) => name,
    country: ({ country }) => country,
    inside: ({ isInside }) => (isInside ? 'yes' : 'no'),
    uses: ({ uses }) => list(uses),
  },
  tenants: {
    tenant: ({ tenant }) => tenant,
    kind: ({ kind }) => kind,
    region: ({ region }) => region,
    retention: ({ retention }) => textOf(retention),
    models: ({ models }) => list(models),
  },
  stores: {
    name: ({ name }) => name,
    kind: ({ kind }) => kind,
    region: ({ region }) => region,
    country: ({ country }) => textOf(country),
    key: ({ key }) => textOf(key),
    retention: ({ retention }) => textOf(retention),
  },
  keys: {
    key: ({ key }) => key,
    region: ({ region }) => region,
    protects: ({ protects }) => list(protects.map(({ name }) => name)),
    principals: ({ principals }) => list(principals.map(({ who, can, by }) => `${who}: ${can} by ${by}`)),
    denied: ({ denied }) => list(denied.map(({ who, can }) => `${who}: ${can}`)),
    unknown: ({ unknown }) => list(unknown),
  },
  models: {
    destination: ({ destination }) => destination,
    models: ({ models }) => list(models),
    gateway: ({ gateway }) => gateway,
    called_in: ({ sourceRegion }) => sourceRegion,
    processed_in: ({ processedIn }) => textOf(processedIn),
    provider_retains: ({ providerRetains }) => textOf(providerRetains),
    ends_on: ({ endsOn = '' }) => endsOn,
  },
  flows: { kind: ({ kind }) => kind, from: ({ from }) => from, to: ({ to }) => to },
  exceptions: {
    rule: ({ rule }) => rule,
    approved_by: ({ approvedBy = '' }) => approvedBy,
    why: ({ why }) => why,
    expires: ({ expires = '' }) => expires,
  },
  findings: { level: ({ level }) => level },
  alarms: {
    name: ({ name }) => name,
    region: ({ region }) => region,
    meaning: ({ meaning }) => meaning,
    notifies: ({ notifies }) => list(notifies),
  },
  live: { read_at: ({ readAt }) => readAt },
  drills: {
    provider: ({ provider }) => provider,
    model: ({ model }) => model,
    at: ({ at }) => at,
    out_after_seconds: ({ outAfterSeconds }) => seconds(outAfterSeconds),
    back_after_seconds: ({ backAfterSeconds }) => seconds(backAfterSeconds),
    sent: ({ requests }) => `${requests.sent}`,
    failed: ({ requests }) => `${requests.failed}`,
    answered_by: ({ answers }) =>
      list(Object.entries(answers).map(([destination, count]) => `${destination}: ${count}`)),
  },
};

/** The columns of every section after its own, each with its text. */
const SHARED: Readonly<Record<string, (row: EvidenceRow) => string>> = {
  reason: ({ reason }) => reason,
  remedy: ({ remedy }) => remedy,
  basis: ({ basis }) => basisText(basis),
  date: ({ date }) => date,
  stack: ({ pointer }) => pointer.stack ?? '',
  construct: ({ pointer }) => pointer.construct ?? '',
  file: ({ pointer }) => pointer.file ?? '',
  path: ({ pointer }) => pointer.path ?? '',
  url: ({ pointer }) => pointer.url ?? '',
  id: ({ id }) => id,
};

/** A section as a table. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A section with all of its columns as text; none if the evidence doesn't have it. */
export function tableOf<S extends Section>(evidence: Evidence, section: S): Table | undefined {
  const rows = evidence[section] as readonly RowOf<S>[] | undefined;
  if (rows === undefined) return undefined;
  const own: Own<S> = OWN[section];
  return {
    headings: ['status', 'criterion', ...Object.keys(own), ...Object.keys(SHARED)],
    rows: rows.map((row) => [
      row.status,
      row.criterion,
      ...Object.values(own).map((text) => text(row)),
      ...Object.values(SHARED).map((text) => text(row)),
    ]),
  };
}
