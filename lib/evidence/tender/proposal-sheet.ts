import type { Proposal } from './against';
import type { AnnexFacts } from './annex';
import { headLines } from './annex-sheet';
import type { Sheet } from './formats/sheet';
import { STATUS_TEXT } from './status-text';

/** Proposed answers to a buyer's list as a sheet. */
export function proposalSheet(proposals: readonly Proposal[], facts: AnnexFacts, version: string): Sheet {
  const open = proposals.filter(({ status }) => status === 'unanswered');
  return {
    title: 'Proposed answers',
    head: [
      ...headLines(facts, version),
      'Each answer was found by the words that its row shows, not by the meaning of the requirement. Read each before you send it.',
      `${proposals.length - open.length} of ${proposals.length} requirements have a proposal.`,
      ...(open.length === 0 ? [] : [`Unanswered: ${open.map(({ id }) => id).join(', ')}.`]),
    ],
    columns: [
      'id',
      'text',
      'status',
      'confidence',
      'answer',
      'remaining',
      'matched words',
      'basis',
      'pointers',
      'date',
    ],
    rows: proposals.map(({ id, text, status, confidence, answers, more, words }) => [
      id,
      text,
      STATUS_TEXT[status],
      confidence ?? '',
      [
        ...answers.map((one) => `${one.id} (${STATUS_TEXT[one.status]}): ${one.text}`),
        ...(more > 0 ? [`${more} more, which count for the status: split the requirement to see them.`] : []),
      ].join('\n'),
      answers
        .map(({ rest }) => rest)
        .filter(Boolean)
        .join('\n'),
      words.join('; '),
      [...new Set(answers.map(({ basis }) => basis))].join('; '),
      [...new Set(answers.flatMap(({ pointers }) => pointers))].join('\n'),
      answers[0]?.date ?? facts.date,
    ]),
    inTable: ['id', 'text', 'status', 'confidence', 'answer', 'matched words'],
  };
}
