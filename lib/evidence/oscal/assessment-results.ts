import { basisText } from '../../report/basis-text';
import type { Evidence, EvidenceRow, EvidenceStatus } from '../core/evidence';
import { allRows } from '../core/row';
import { byCriterion, CRITERIA_PAGE, lineOf, metadataOf, propsOf, timeOf } from './metadata';
import { meaningOf, worstOf } from './rows';
import { uuidOf } from './uuid';

/** The result of each criterion, with an observation for each row that links to it and contains nothing encoded. */
export function assessmentResults(evidence: Evidence): object {
  const { head } = evidence;
  const rows = allRows(evidence);
  const criteria = byCriterion(rows);
  const identity = `${head.templates.map(({ sha256 }) => sha256).join()}:${head.date}`;
  const plan = uuidOf('assessment-plan');
  return {
    'assessment-results': {
      uuid: uuidOf(`assessment-results:${identity}`),
      metadata: metadataOf('Residency evidence', head),
      'import-ap': { href: `#${plan}` },
      results: [
        {
          uuid: uuidOf(`result:${identity}`),
          title: `Residency evidence of ${head.date}`,
          description: 'What is stored and processed where, by the synthesized templates and the facts.',
          start: timeOf(head.date),
          'reviewed-controls': {
            'control-selections': [
              criteria.length === 0
                ? { 'include-all': {} }
                : { 'include-controls': criteria.map(([criterion]) => ({ 'control-id': criterion })) },
            ],
          },
          ...(rows.length > 0 && {
            observations: rows.map((row) => observationOf(row, timeOf(head.date))),
            findings: criteria.map(([criterion, own]) => findingOf(criterion, own)),
          }),
        },
      ],
      'back-matter': {
        resources: [
          { uuid: plan, title: 'The criteria, in place of an assessment plan', rlinks: [{ href: CRITERIA_PAGE }] },
        ],
      },
    },
  };
}

function observationOf(
  { id, criterion, status, reason, remedy, basis, date, pointer }: EvidenceRow,
  collected: string,
) {
  const { url, ...place } = pointer;
  return {
    uuid: uuidOf(id),
    title: criterion,
    description: reason,
    props: propsOf({ status, basis: basisText(basis), date, ...place }),
    methods: ['EXAMINE'],
    'relevant-evidence': [{ href: 'evidence.json', description: `The row with the ID ${lineOf(id)}.` }],
    ...(url !== undefined && { links: [{ href: url, rel: 'reference' }] }),
    collected,
    ...(remedy !== '' && { remarks: remedy }),
  };
}

const STATES: Readonly<Record<EvidenceStatus, { readonly state: string; readonly reason: string }>> = {
  ok: { state: 'satisfied', reason: 'pass' },
  attention: { state: 'not-satisfied', reason: 'other' },
  failed: { state: 'not-satisfied', reason: 'fail' },
  unknown: { state: 'not-satisfied', reason: 'other' },
};

function findingOf(criterion: string, rows: readonly EvidenceRow[]): object {
  const status = worstOf(rows);
  return {
    uuid: uuidOf(`finding:${criterion}`),
    title: criterion,
    description: meaningOf(criterion),
    props: propsOf({ status }),
    target: { type: 'objective-id', 'target-id': criterion, status: STATES[status] },
    'related-observations': rows.map(({ id }) => ({ 'observation-uuid': uuidOf(id) })),
  };
}
