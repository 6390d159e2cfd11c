import type { EvidenceRow } from '../core/evidence';
import { measuresOf } from '../statements/measures';
import {
  type Block,
  type Content,
  code,
  type DocumentTree,
  field,
  heading,
  joined,
  paragraph,
  table,
} from '../tree/tree';
import type { DocumentContext } from './context';
import { opening, particulars } from './opening';
import { subProcessorBlocks } from './sub-processor-tables';
import { document } from './tree-of';

/** More paths than these make a row unreadable; the report has all. */
const MOST_PATHS = 6;

/** The annex to a contract with a processor: measures with their evidence, sub-processors, and what changed. */
export function annexDocument(context: DocumentContext): DocumentTree {
  const { words } = context;
  const { annex, common } = words;
  const todo = (what: string): Content => [field(common.field(what))];
  return document(context, annex.title, [
    ...opening(context, annex.intro),
    heading(2, annex.subject),
    particulars(common.particular, common.entry, [
      [annex.parties, todo(annex.partiesField)],
      [annex.duration, todo(annex.durationField)],
      [
        annex.instructions,
        context.evidence.tenants.length > 0 ? [annex.instructionsOf] : todo(annex.instructionsField),
      ],
    ]),
    heading(2, annex.measures),
    measureTable(context),
    heading(3, annex.organisational),
    paragraph(...todo(annex.organisationalField)),
    ...subProcessorBlocks(context),
  ]);
}

function measureTable({ evidence, words }: DocumentContext): Block {
  const { annex, common, measures } = words;
  const rows = measuresOf(evidence).map(({ id, measure, rows }): Content[] => {
    const paths = [...new Set([...measure.tests, ...rows.flatMap(pathOf)])];
    const shown = joined(paths.slice(0, MOST_PATHS).map(code));
    const left = paths.length - MOST_PATHS;
    const isShown = !rows.some(({ status }) => status === 'failed' || status === 'unknown');
    const sentence: Content = isShown ? [measures[id]] : [measures[id], ' ', field(annex.notShown)];
    return [sentence, [measure.article], left > 0 ? [...shown, `, ${common.more(left)}`] : shown];
  });
  return table([annex.measure, annex.article, annex.evidence], rows, [4, 2, 5]);
}

/** A template's file, with the path into it if the report has one. */
const pathOf = ({ pointer: { file, path } }: EvidenceRow): string[] =>
  file === undefined ? [] : [path === undefined ? file : `${file}#${path}`];
