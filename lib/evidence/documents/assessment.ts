import type { EvidenceRow } from '../core/evidence';
import { allRows } from '../core/row';
import { LIMITS } from '../statements/limits';
import {
  type Block,
  type Content,
  code,
  type DocumentTree,
  field,
  heading,
  joined,
  link,
  paragraph,
  table,
} from '../tree/tree';
import { basisText, cellText } from './cells';
import type { DocumentContext } from './context';
import { opening } from './opening';
import { contentPeriods } from './periods';
import { recordsOf } from './records';
import { document } from './tree-of';

/** Where the page of limits is published. */
const LIMITS_PAGE = 'https://github.com/cdk-eu-residency/cdk-eu-residency/blob/main/docs/LIMITS.md';

/** The skeleton of an impact assessment. */
export function assessmentDocument(context: DocumentContext): DocumentTree {
  const { assessment, common } = context.words;
  const todo = (what: string): Block => paragraph(field(common.field(what)));
  return document(context, assessment.title, [
    ...opening(context, assessment.intro),
    heading(2, assessment.description),
    todo(assessment.purposesField),
    todo(assessment.scaleField),
    heading(3, assessment.tenants),
    tenantTable(context),
    heading(3, common.model),
    modelTable(context),
    heading(2, assessment.necessity),
    todo(assessment.necessityField),
    heading(2, assessment.risks),
    paragraph(assessment.risksOf),
    limitTable(context),
    heading(3, assessment.open),
    ...openPoints(context),
    heading(2, assessment.measures),
    paragraph(assessment.measuresAt),
    todo(assessment.furtherField),
    heading(2, assessment.advice),
    todo(assessment.adviceField),
    todo(assessment.viewsField),
    todo(assessment.priorField),
    heading(2, assessment.signature),
    todo(assessment.signatureField),
  ]);
}

function tenantTable(context: DocumentContext): Block {
  const { evidence, words } = context;
  const { common } = words;
  return table(
    [common.kind, common.name, common.region, common.retention, common.model],
    evidence.tenants.flatMap((owner) =>
      recordsOf(owner, context).map(({ kind, tenant, region, models }): Content[] => [
        [common[kind]],
        [code(tenant)],
        [code(region)],
        contentPeriods(context, owner),
        joined(models.map(code)),
      ]),
    ),
  );
}

/** The destinations of all gateways, each once. */
export function modelTable({ evidence, words }: DocumentContext): Block {
  const { common } = words;
  const rows = new Map(
    evidence.models.map(({ destination, regions, providerRetains }): [string, Content[]] => [
      [destination, ...regions, providerRetains.text].join(),
      [
        [code(destination)],
        joined(regions.map(code)),
        [cellText(words, providerRetains.text)],
        [basisText(words, providerRetains.basis)],
      ],
    ]),
  );
  return table([common.destination, common.regions, common.retains, common.basis], [...rows.values()]);
}

function limitTable({ words: { assessment, common, limits } }: DocumentContext): Block {
  return table(
    [assessment.topic, assessment.remains, assessment.rating],
    LIMITS.map(({ id, points }): Content[] => [
      [link(limits[id].title, `${LIMITS_PAGE}#${id}`)],
      [`${limits[id].remains} (${assessment.limitsStated(points)})`],
      [field(common.field(assessment.ratingField))],
    ]),
    [3, 5, 3],
  );
}

/** Exceptions, findings that aren't only information, and the other rows that aren't ok. */
function openPoints({ evidence, words: { assessment }, separator }: DocumentContext): Block[] {
  const listed: ReadonlySet<EvidenceRow> = new Set([
    ...evidence.exceptions,
    ...evidence.findings.filter(({ level }) => level !== 'info'),
  ]);
  const open = allRows(evidence).filter((row) => row.status !== 'ok' && !listed.has(row));
  const byReason = new Map<string, EvidenceRow[]>();
  for (const row of open) {
    const reason = `${row.criterion}\n${row.reason}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), row]);
  }
  const rows: Content[][] = [
    ...evidence.exceptions.map(({ rule, why, approvedBy, expires }): Content[] => [
      [assessment.exception(rule)],
      approvedBy === undefined ? [code(why)] : [code(why), separator, assessment.approved(approvedBy, expires)],
    ]),
    ...evidence.findings
      .filter(({ level }) => level !== 'info')
      .map(({ criterion, reason }): Content[] => [[assessment.finding(criterion)], [code(reason)]]),
    ...[...byReason.values()].flatMap((same): Content[][] => {
      const [first] = same;
      return first === undefined ? [] : [[[assessment.row(first.criterion, same.length)], [code(first.reason)]]];
    }),
  ];
  return rows.length === 0 ? [paragraph(assessment.noOpenPoint)] : [table([assessment.point, assessment.reason], rows)];
}
