import { counted } from '../../guard/report/report';
import type { AnnexFacts, TenderRow } from './annex';
import { permittedBy } from './assembly/declared-exceptions';
import type { Sheet } from './formats/sheet';
import type { Framework } from './frameworks/framework';
import { STATUSES } from './model/answer';
import { objectiveLevels } from './objective-levels';
import { STATUS_TEXT } from './status-text';

/** The rows of a framework as a sheet. */
export function annexSheet(
  framework: Framework,
  rows: readonly TenderRow[],
  facts: AnnexFacts,
  version: string,
): Sheet {
  const hasLevels = rows.some(({ level }) => level !== undefined);
  return {
    title: `${framework.name} ${framework.version}`,
    head: [
      ...headLines(facts, version),
      `Source of the IDs: ${framework.source}.`,
      framework.note,
      summary(framework, rows),
      ...(hasLevels ? levelLines(rows) : []),
    ],
    columns: [
      'id',
      'title',
      'status',
      ...(hasLevels ? LEVELS : []),
      'answer',
      'remaining',
      'supported by',
      'basis',
      'pointers',
      'date',
    ],
    rows: rows.map((row) => [
      row.criterion,
      row.title,
      STATUS_TEXT[row.status],
      ...(hasLevels
        ? [row.level, row.sovereignLevel ?? row.level].map((level) => (level === undefined ? OPEN : `SEAL-${level}`))
        : []),
      row.text,
      row.rest,
      row.support.map(({ id, status }) => `${id} (${STATUS_TEXT[status]})`).join('; '),
      row.basis,
      row.pointers.join('\n'),
      row.date,
    ]),
    inTable: ['id', 'title', 'status', ...(hasLevels ? LEVELS.slice(0, 1) : []), 'answer', 'remaining'],
  };
}

const LEVELS = ['level', 'level in aws-eusc'];
const OPEN = 'to be stated';

/** Who made it, when and from what, and what exceptions permit in it. */
export const headLines = ({ templates, violations, exceptions, date }: AnnexFacts, version: string): string[] => [
  `Made by cdk-eu-residency ${version} on ${date}, ${
    templates === undefined
      ? 'without an assembly: no statement was looked up in a template'
      : `from ${counted(templates.length, 'template')}${violations ? `, in which the guard has ${counted(violations, 'blocking finding')}` : ''}`
  }.`,
  ...permittedBy(exceptions).map((text) => `${text}.`),
];

/** How many criteria have which status, and in how many a test shows something. */
export function summary({ total }: Framework, rows: readonly TenderRow[]): string {
  const counts = STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${STATUS_TEXT[status]}`);
  const { answered, supported } = testedOf(rows);
  return `${rows.length} of ${total} criteria: ${counts.join(', ')}. ${answered} are answered by a test. In ${supported} more, a test shows what supports the answer.`;
}

/** How many criteria a test answers, and in how many more a test shows what supports the answer. */
export function testedOf(rows: readonly TenderRow[]): { readonly answered: number; readonly supported: number } {
  const answered = rows.filter(({ isTested }) => isTested).length;
  return { answered, supported: rows.filter(({ hasTest }) => hasTest).length - answered };
}

const levelLines = (rows: readonly TenderRow[]): string[] =>
  objectiveLevels(rows).map(({ objective, atMost, because, atMostInSovereign, becauseInSovereign, open }) => {
    const sovereign =
      atMostInSovereign === atMost
        ? ''
        : `; in aws-eusc at most SEAL-${atMostInSovereign}${reason(becauseInSovereign)}`;
    return `${objective}: at most SEAL-${atMost}${reason(because)}${sovereign}${open.length === 0 ? '' : `; to be stated: ${open.join(', ')}`}.`;
  });

const reason = (because: readonly string[]): string =>
  because.length === 0 ? '' : `, because of ${because.join(', ')}`;
