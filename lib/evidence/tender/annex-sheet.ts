import type { AnnexFacts, TenderRow } from './annex';
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

/** Who made it, when and from what. */
export const headLines = ({ templates, violations, date }: AnnexFacts, version: string): string[] => [
  `Made by cdk-eu-residency ${version} on ${date}, ${
    templates === undefined
      ? 'without an assembly: no statement was looked up in a template'
      : `from ${templates.length} templates${violations ? `, in which the guard has ${violations} findings that block` : ''}`
  }.`,
];

/** How many criteria have which status, and how many a test shows. */
export function summary({ total }: Framework, rows: readonly TenderRow[]): string {
  const counts = STATUSES.map(
    (status) => `${rows.filter((row) => row.status === status).length} ${STATUS_TEXT[status]}`,
  );
  const tested = rows.filter(({ pointers }) => pointers.some((pointer) => pointer.startsWith('test/')));
  const answered = tested.filter(({ status }) => status === 'provided').length;
  return `${rows.length} of ${total} criteria: ${counts.join(', ')}. ${answered} are answered by a test; in ${tested.length - answered} more, a test shows what supports them.`;
}

const levelLines = (rows: readonly TenderRow[]): string[] =>
  objectiveLevels(rows).map(({ objective, atMost, because, atMostInSovereign, open }) => {
    const sovereign = atMostInSovereign === atMost ? '' : `, at most SEAL-${atMostInSovereign} in aws-eusc`;
    const why = because.length === 0 ? '' : `, because of ${because.join(', ')}`;
    return `${objective}: at most SEAL-${atMost}${sovereign}${why}${open.length === 0 ? '' : `; to be stated: ${open.join(', ')}`}.`;
  });
