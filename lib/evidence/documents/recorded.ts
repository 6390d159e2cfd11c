import type { Evidence } from '../core/evidence';
import { endsWith } from '../statements/construct-end';
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
import { around } from './around';
import { retentionText } from './cells';
import type { DocumentContext } from './context';
import { invocationLog } from './invocation-log';
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

const isPersonal = ({ fields }: RecordedSource) => [fields.person, fields.content].some((names) => names !== undefined);

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
  const { words, separator } = context;
  const { common, recorded } = words;
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
          separator,
        ),
      ],
      [recorded.retention, retention(context, source)],
      [recorded.shorten, shortening(context, source)],
      [recorded.erasure, [recorded.effects[source.erasure]]],
    ]),
  ];
}

/** The periods of the stores that hold a source, each once. */
export function retention(context: DocumentContext, { stores, prefix, period, isDeclared }: RecordedSource): Content {
  const { evidence, words, separator } = context;
  const { recorded } = words;
  if (isDeclared === true) return invocationLog(context);
  const held = heldBy(evidence, stores);
  const parts = held.flatMap((store) => store.parts ?? []).filter((part) => part.prefix === prefix);
  const periods = new Set((parts.length > 0 ? parts : held).map((one) => one.retention?.text ?? 'unknown'));
  if (stores.length > 0 && held.length === 0) {
    // If no source is found, the names of the constructs are others than the package's.
    const isOther = SOURCES.every(([, source]) => heldBy(evidence, source.stores).length === 0);
    return [isOther && evidence.tenants.length > 0 ? words.common.unknown : recorded.notDeployed];
  }
  if (period !== undefined) return around(recorded.inFact, retentionText(words, period));
  return joined(
    [...periods].map((text) => retentionText(words, text)),
    separator,
  );
}

const heldBy = ({ stores }: Evidence, ends: readonly string[]) =>
  stores.filter(({ name }) => ends.some((end) => endsWith(name, end)));

function shortening({ words: { recorded } }: DocumentContext, { setting }: RecordedSource): Content {
  if (setting === undefined) return [recorded.notShorter];
  return [setting.in === 'file' ? recorded.inFile(setting.name) : recorded.inConstruct(setting.name)];
}
