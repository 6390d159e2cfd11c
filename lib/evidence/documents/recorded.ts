import { RECORDED, type RecordedId } from '../statements/recorded-catalogue';
import { FIELD_GROUPS, type RecordedSource } from '../statements/recorded-sources';
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
import { retentionText } from './cells';
import type { DocumentContext } from './context';
import { opening, particulars } from './opening';
import { document } from './tree-of';

const SOURCES = Object.entries(RECORDED) as [RecordedId, RecordedSource][];

/** The sheet for workers' representatives: who used what and when, by each log, record, metric, trail and table. */
export function recordedDocument(context: DocumentContext): DocumentTree {
  const { common, recorded } = context.words;
  return document(context, recorded.title, [
    ...opening(context, recorded.intro),
    heading(2, recorded.overview),
    overview(context),
    heading(2, recorded.agreement),
    paragraph(field(common.field(recorded.agreementField))),
    ...SOURCES.flatMap(([id, source]) => sheet(context, id, source)),
  ]);
}

const isPersonal = ({ fields }: RecordedSource) => (fields.person?.length ?? 0) > 0;

function overview(context: DocumentContext): Block {
  const { recorded } = context.words;
  return table(
    [recorded.source, recorded.person, recorded.retention],
    SOURCES.map(([id, source]): Content[] => [
      [recorded.sources[id][0]],
      [isPersonal(source) ? recorded.personBy : recorded.noPerson],
      retention(context, source),
    ]),
  );
}

function sheet(context: DocumentContext, id: RecordedId, source: RecordedSource): Block[] {
  const { common, recorded } = context.words;
  const [name, purpose] = recorded.sources[id];
  const fields = FIELD_GROUPS.flatMap((group): (readonly [string, Content])[] => {
    const names = source.fields[group] ?? [];
    return names.length === 0 ? [] : [[`${recorded.fields} (${recorded.groups[group]})`, joined(names.map(code))]];
  });
  return [
    heading(3, name),
    particulars(common.particular, common.entry, [
      [recorded.purpose, [purpose]],
      ...fields,
      [
        recorded.readers,
        joined(
          source.readers.map((reader) => recorded.people[reader]),
          '; ',
        ),
      ],
      [recorded.retention, retention(context, source)],
      [recorded.shorten, shortening(context, source)],
      [recorded.erasure, [recorded.effects[source.erasure]]],
    ]),
  ];
}

/** The periods of the stores that hold a source, each once. */
function retention({ evidence, words }: DocumentContext, { stores, days }: RecordedSource): Content {
  const { common, recorded } = words;
  const held = evidence.stores.filter(({ name }) => stores.some((end) => name === end || name.endsWith(`/${end}`)));
  const periods = new Map(held.map(({ retention }) => [retention?.text ?? common.unknown, retention]));
  if (stores.length > 0 && held.length === 0) return [recorded.notDeployed];
  if (days !== undefined) return [recorded.inFact(common.days(days))];
  return joined(
    [...periods.keys()].map((text) => retentionText(words, text)),
    '; ',
  );
}

function shortening({ words: { recorded } }: DocumentContext, { setting }: RecordedSource): Content {
  if (setting === undefined) return [recorded.notShorter];
  return [setting.in === 'file' ? recorded.inFile(setting.name) : recorded.inConstruct(setting.name)];
}
