import { findRegion } from '../../facts/region';
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
import { opening } from './opening';
import { transfers } from './transfers';
import { document } from './tree-of';

/** The partition of the European Sovereign Cloud. */
const SOVEREIGN = 'aws-eusc';

/** The assessment of transfers to third countries. */
export function transferDocument(context: DocumentContext): DocumentTree {
  const { evidence, words } = context;
  const { assessment, common } = words;
  const todo = (what: string): Block => paragraph(field(common.field(what)));
  return document(context, assessment.transferTitle, [
    ...opening(context, assessment.transferIntro),
    heading(2, assessment.places),
    paragraph(words.processing.transfers + context.colon, ...transfers(context)),
    regionTable(context),
    ...(evidence.flows.length === 0 ? [] : [heading(3, assessment.flows), flowTable(context)]),
    heading(2, assessment.usLaw),
    paragraph(assessment.usLawOf),
    todo(assessment.usLawField),
    heading(2, assessment.dpf),
    paragraph(assessment.dpfOf),
    todo(assessment.dpfField),
    heading(2, assessment.partition),
    ...partitions(context),
    heading(2, assessment.supplementary),
    ...(evidence.tenants.length > 0 ? [paragraph(assessment.supplementaryOf)] : []),
    paragraph(assessment.keysOf(evidence.keys.length)),
    heading(2, assessment.conclusion),
    todo(assessment.conclusionField),
  ]);
}

function regionTable({ evidence, words: { assessment, common } }: DocumentContext): Block {
  return table(
    [common.region, common.name, common.country, assessment.inside, assessment.uses],
    evidence.regions.map(({ region, name, country, isInside, uses }): Content[] => [
      [code(region)],
      [code(name)],
      [code(country)],
      [isInside ? assessment.yes : assessment.no],
      uses.length === 0 ? [common.none] : joined(uses.map((use) => assessment.useNames[use])),
    ]),
  );
}

function flowTable({ evidence, words: { assessment } }: DocumentContext): Block {
  const rows = new Map(
    evidence.flows.map(({ kind, from, to }): [string, Content[]] => [
      [kind, from, to].join(),
      [[code(from)], [code(to)], [assessment.flowNames[kind]]],
    ]),
  );
  return table([assessment.from, assessment.to, assessment.purpose], [...rows.values()]);
}

/** How many Regions of each partition the deployment uses. */
function partitions({ evidence, words: { assessment } }: DocumentContext): Block[] {
  const used = evidence.regions.filter(({ uses }) => uses.length > 0);
  const sovereign = used.filter(({ region }) => findRegion(region)?.partition === SOVEREIGN).length;
  const commercial = used.length - sovereign;
  return [
    ...(commercial > 0 ? [paragraph(assessment.commercial(commercial))] : []),
    ...(sovereign > 0 ? [paragraph(assessment.sovereign(sovereign))] : []),
  ];
}
