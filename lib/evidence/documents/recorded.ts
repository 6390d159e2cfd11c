import { endsWith } from '../statements/construct-end';
import { RECORDED, type RecordedId } from '../statements/recorded-catalogue';
import { FIELD_GROUPS, type RecordedSource, type Setting } from '../statements/recorded-sources';
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
import { invocationLog } from './invocation-log';
import { opening, particulars } from './opening';
import { heldBy, periods, periodsOf } from './periods';
import { document } from './tree-of';

const SOURCES = Object.entries(RECORDED) as [RecordedId, RecordedSource][];

/** The sources that a deployment can have. */
const sourcesOf = ({ memberKeys }: DocumentContext) =>
  SOURCES.filter(([, { ofMemberKeys }]) => memberKeys !== false || ofMemberKeys !== true);

/** The sheet for workers' representatives: who used what and when, by each log, record, metric, trail and table. */
export function recordedDocument(context: DocumentContext): DocumentTree {
  const { common, recorded } = context.words;
  return document(context, recorded.title, [
    ...opening(context, recorded.intro),
    heading(2, recorded.overview),
    overview(context),
    heading(2, recorded.agreement),
    paragraph(field(common.field(recorded.agreementField))),
    ...sourcesOf(context).flatMap(([id, source]) => sheet(context, id, source)),
  ]);
}

const isPersonal = ({ fields }: RecordedSource) => [fields.person, fields.content].some((names) => names !== undefined);

function overview(context: DocumentContext): Block {
  const { recorded } = context.words;
  return table(
    [recorded.source, recorded.person, recorded.retention],
    sourcesOf(context).map(([id, source]): Content[] => [
      [recorded.sources[id][0]],
      [isPersonal(source) ? recorded.personBy : source.isIndirect ? recorded.indirectly : recorded.noPerson],
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
export function retention(context: DocumentContext, source: RecordedSource): Content {
  const { evidence, words } = context;
  if (source.isDeclared === true) return invocationLog(context);
  if (source.stores.length > 0 && heldBy(evidence, source).length === 0) {
    return [isOther(context) ? words.common.unknown : words.recorded.notDeployed];
  }
  return periods(context, periodsOf(evidence, source));
}

/** If no source is found, the names of the constructs are others than the package's. */
const isOther = ({ evidence }: DocumentContext): boolean =>
  evidence.tenants.length > 0 && SOURCES.every(([, source]) => heldBy(evidence, source).length === 0);

/** The sources that are deployed and relate to a person, but content itself. */
export const personalSources = (context: DocumentContext): [RecordedId, RecordedSource][] =>
  sourcesOf(context).filter(
    ([id, source]) =>
      id !== 'content' &&
      source.isDeclared !== true &&
      (isPersonal(source) || source.isIndirect === true) &&
      (heldBy(context.evidence, source).length > 0 || isOther(context)),
  );

function shortening(context: DocumentContext, source: RecordedSource): Content {
  const { words, separator } = context;
  const { isDeclared } = source;
  const settings = deployedSettings(context, source);
  const { common, recorded } = words;
  if (isDeclared === true) return [common.ownerDecides];
  if (settings.length === 0) return [recorded.notShorter];
  const sentence = ({ in: place, name = '' }: Setting): string => {
    if (place === 'nothing') return recorded.notShorter;
    if (place === 'support') return recorded.bySupport;
    return place === 'file' ? recorded.inFile(name) : recorded.inConstruct(name);
  };
  return settings.flatMap((setting, index): Content => {
    const { stores = [] } = setting;
    const of: Content = stores.length === 0 ? [] : [' (', ...joined(stores.map(code)), ')'];
    return [index === 0 ? sentence(setting) : separator + sentence(setting), ...of];
  });
}

/**
 * The settings with only the stores that the deployment has. A deployment without any of them, or whose constructs have other names, has
 * all settings: they are what it could have.
 */
function deployedSettings({ evidence }: DocumentContext, { settings = [], stores: ends }: RecordedSource): Setting[] {
  const isHeld = (end: string) => evidence.stores.some(({ name }) => endsWith(name, end));
  const isDeployed = (end: string): boolean =>
    end.endsWith('/*') ? ends.some((one) => one.startsWith(end.slice(0, -1)) && isHeld(one)) : isHeld(end);
  const deployed = settings.flatMap((setting) => {
    if (setting.stores === undefined) return [setting];
    const stores = setting.stores.filter(isDeployed);
    return stores.length === 0 ? [] : [{ ...setting, stores }];
  });
  return deployed.length === 0 ? [...settings] : deployed;
}
