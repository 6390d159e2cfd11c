import { proposals } from './against';
import { type AnnexFacts, annexRows, isRefuted } from './annex';
import { annexSheet } from './annex-sheet';
import { asCsv, asMarkdown, asTable } from './formats/formatted';
import type { Sheet } from './formats/sheet';
import { FRAMEWORKS, type FrameworkId } from './frameworks';
import { objectiveLevels } from './objective-levels';
import { proposalSheet } from './proposal-sheet';
import { csvText } from './requirements/csv-text';
import { requirementsOf, titlesOf } from './requirements/requirements';

export { FRAMEWORK_IDS } from './frameworks';
export { ATTESTATION_IDS } from './model/attestation';

export interface TenderRequest extends Omit<AnnexFacts, 'titles'> {
  readonly format: 'table' | 'csv' | 'json' | 'markdown';
  readonly width?: number;
  /** Of this package. */
  readonly version: string;
}

export interface TenderOutput {
  readonly text: string;
  /** Whether no requirement is unanswered, and no statement is wrong for the assembly. */
  readonly isComplete: boolean;
}

/**
 * The rows of a framework.
 *
 * @param catalogue the buyer's copy of it as CSV in UTF-8, for the titles
 * @throws CsvError
 */
export function annex(id: FrameworkId, request: TenderRequest, catalogue?: Uint8Array): TenderOutput {
  const framework = FRAMEWORKS[id];
  const facts = {
    ...request,
    titles: catalogue === undefined ? new Map<string, string>() : titlesOf(csvText(catalogue)),
  };
  const rows = annexRows(framework, facts);
  const { criteria, ...about } = framework;
  const levels = id === 'csf' ? { levels: objectiveLevels(rows) } : {};
  return {
    text: formatted(request, annexSheet(framework, rows, facts, request.version), {
      framework: about,
      ...levels,
      rows,
    }),
    isComplete: !rows.some(isRefuted),
  };
}

/**
 * Proposed answers to a buyer's list of requirements.
 *
 * @param list the list as CSV in UTF-8
 * @throws CsvError
 */
export function answersTo(list: Uint8Array, request: TenderRequest): TenderOutput {
  const facts = { ...request, titles: new Map<string, string>() };
  const proposed = proposals(requirementsOf(csvText(list)), facts);
  return {
    text: formatted(request, proposalSheet(proposed, facts, request.version), { proposals: proposed }),
    isComplete: !proposed.some(({ status, answers }) => status === 'unanswered' || answers.some(isRefuted)),
  };
}

function formatted({ format, width, version, date }: TenderRequest, sheet: Sheet, data: object): string {
  switch (format) {
    case 'csv':
      return asCsv(sheet);
    case 'markdown':
      return asMarkdown(sheet);
    case 'table':
      return asTable(sheet, width);
    case 'json':
      return JSON.stringify({ format: 1, version, date, ...data }, null, 2);
  }
}
