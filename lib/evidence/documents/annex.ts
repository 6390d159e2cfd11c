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
      [annex.nature, todo(annex.natureField)],
      [annex.data, todo(annex.dataField)],
      [annex.subjects, todo(annex.subjectsField)],
      [annex.controller, todo(annex.controllerField)],
    ]),
    heading(2, annex.obligations),
    particulars(annex.point, common.entry, [
      ['28(3)(a)', todo(annex.instructionsField)],
      ['28(3)(b)', todo(annex.confidentialityField)],
      ['28(3)(c)', [annex.securityAt]],
      ['28(3)(d)', [annex.subprocessorsAt]],
      ['28(3)(e)', todo(annex.rightsField)],
      ['28(3)(f)', todo(annex.assistanceField)],
      ['28(3)(g)', todo(annex.endField)],
      ['28(3)(h)', todo(annex.auditField)],
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
  const rows = measuresOf(evidence).map(({ id, measure, rows, state }): Content[] => {
    const paths = [...new Set([...measure.tests, ...rows.flatMap(pathOf)])];
    const shown = joined(paths.slice(0, MOST_PATHS).map(code));
    const left = paths.length - MOST_PATHS;
    const sentence: Content = state === 'missing' ? [measures[id], ' ', field(annex.notShown)] : [measures[id]];
    const all = left > 0 ? [...shown, `, ${common.more(left)}`] : shown;
    return [sentence, [measure.article], state === 'tested' ? [...all, ` (${annex.tested})`] : all];
  });
  return table([annex.measure, annex.article, annex.evidence], rows, [4, 2, 5]);
}

/** A template's file, with the path into it if the report has one. */
const pathOf = ({ pointer: { file, path } }: EvidenceRow): string[] =>
  file === undefined ? [] : [path === undefined ? file : `${file}#${path}`];
