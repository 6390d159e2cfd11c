import type { EvidenceHead, EvidenceRow } from '../core/evidence';
import { uuidOf } from './uuid';

/** The newest version of OSCAL that compliance-trestle reads. */
const OSCAL_VERSION = '1.2.1';

/** The page that explains the criteria and this form. */
export const CRITERIA_PAGE = 'https://github.com/cdk-eu-residency/cdk-eu-residency/blob/main/docs/EVIDENCE.md';

/** The head of a document. */
export function metadataOf(title: string, { date, organisation, boundary }: EvidenceHead): object {
  const name = lineOf(organisation?.name ?? '');
  const uuid = uuidOf(`organisation:${name}`);
  return {
    title,
    'last-modified': timeOf(date),
    version: date,
    'oscal-version': OSCAL_VERSION,
    props: propsOf({ boundary: boundary.name }),
    ...(name !== '' && {
      roles: [{ id: 'controller', title: 'Controller' }],
      parties: [{ uuid, type: 'organization', name }],
      'responsible-parties': [{ 'role-id': 'controller', 'party-uuids': [uuid] }],
    }),
  };
}

/** The beginning of a day in UTC. A date that names no day is that of a statement, which OSCAL has no field for. */
export const timeOf = (date: string): string => `${date}T00:00:00Z`;

/** Properties of this package's own; OSCAL allows no empty value, and no line break. */
export const propsOf = (values: Readonly<Record<string, string | undefined>>): object[] =>
  Object.entries(values).flatMap(([name, value = '']) => {
    const text = lineOf(value);
    return text === '' ? [] : [{ name, ns: CRITERIA_PAGE, value: text }];
  });

/** A text in one line. */
export const lineOf = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Rows by their criterion, sorted by it. */
export function byCriterion(rows: readonly EvidenceRow[]): [criterion: string, rows: readonly EvidenceRow[]][] {
  const groups = new Map<string, EvidenceRow[]>();
  for (const row of rows) groups.set(row.criterion, [...(groups.get(row.criterion) ?? []), row]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
