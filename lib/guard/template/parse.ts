import {
  type CollectionTag,
  type Document,
  type DocumentOptions,
  isAlias,
  isScalar,
  LineCounter,
  type Node,
  type ParseOptions,
  type ScalarTag,
  type SchemaOptions,
  type Tags,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { boundedDocument, isDeeperThan, MOST_LEVELS, NestingError } from './nesting';
import { parseUnindented } from './unindented';

/** A CloudFormation template as plain data, with intrinsic functions in their long form. */
export type Json = Readonly<Record<string, unknown>>;

/** A template that can't be read; `message` states where and why. */
export class TemplateError extends Error {
  public override readonly name = 'TemplateError';
}

/** A template that is nested too deeply to read. */
export class DeepTemplateError extends TemplateError {}

/** Reads a template in JSON or YAML, including short forms (`!Sub`, `!GetAtt a.b`). */
export function parseTemplate(text: string): Json {
  const value = text.trimStart().startsWith('{') ? parseJson(text) : parseYaml(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TemplateError('a template is a mapping with `Resources`, found something else');
  }
  return value as Json;
}

function parseJson(text: string): unknown {
  try {
    return requireDepth(JSON.parse(text));
  } catch (error) {
    // The YAML parser accepts more than JSON, and names the line of an error.
    if (error instanceof SyntaxError) return parseYaml(text);
    throw error;
  }
}

function parseYaml(text: string): unknown {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return ` at line ${line}, column ${col}`;
  };
  try {
    const strict = boundedDocument(text, MOST_LEVELS, { ...OPTIONS, lineCounter: lines });
    const document = readable(strict, text) ?? readable(parseUnindented(text, OPTIONS), text);
    if (document !== undefined) return requireDepth(document.toJS({ maxAliasCount: 1000 }));
    // The strict parser's error is nearer to the fault.
    const [error] = strict.errors;
    throw unreadable(firstLine(error) + (error === undefined ? '' : at(error.pos[0])));
  } catch (error) {
    if (error instanceof NestingError) throw tooDeep(at(error.offset));
    throw error instanceof TemplateError ? error : unreadable(firstLine(error));
  }
}

const unreadable = (why: string) => new TemplateError(`not readable as YAML: ${why}`);

const tooDeep = (where = '') =>
  new DeepTemplateError(`nested more than ${MOST_LEVELS} levels deep${where}; make it flatter`);

/** YAML's own tags, some of which turn a text into another type, such as `!!binary`. */
const TYPED = /!!|!</;

/** The document, if the parser skipped nothing in it. */
function readable(document: Document.Parsed | undefined, text: string): Document.Parsed | undefined {
  if (document?.errors.length !== 0) return undefined;
  const isUnknown = document.warnings.some(({ code }) => code === 'TAG_RESOLVE_FAILED');
  if (isUnknown || TYPED.test(text)) visit(document, { Node: unknownTag });
  return document;
}

/**
 * The library ignores an unknown tag, such as `!Rain::Embed`. The tool that defines it replaces the node, as a macro would.
 */
function unknownTag(_: unknown, node: Node): YAMLMap | undefined {
  if (isAlias(node)) return undefined;
  const { tag } = node;
  if (tag === undefined || KNOWN_TAGS.has(tag)) return undefined;
  node.tag = undefined as never;
  if (isScalar(node) && node.source !== undefined) node.value = node.source;
  return wrapped('Fn::Transform', wrapped('Name', tag, ['Parameters', wrapped('Value', node)]));
}

function requireDepth(value: unknown): unknown {
  if (isDeeperThan(value, MOST_LEVELS)) throw tooDeep();
  return value;
}

const firstLine = (error: unknown): string => String((error as Error).message ?? error).split('\n')[0] ?? '';

const FUNCTIONS = [
  ...[
    'And',
    'Base64',
    'Cidr',
    'Contains',
    'EachMemberEquals',
    'EachMemberIn',
    'Equals',
    'FindInMap',
    'GetAZs',
    'GetAtt',
  ],
  ...[
    'If',
    'ImportValue',
    'Join',
    'Length',
    'Not',
    'Or',
    'RefAll',
    'Select',
    'Split',
    'Sub',
    'ToJsonString',
    'Transform',
  ],
  ...['ValueOf', 'ValueOfAll'],
];
const longName = (tag: string) => (tag === 'Ref' || tag === 'Condition' ? tag : `Fn::${tag}`);

/** `!GetAtt a.b.c` names attribute `b.c` of resource `a`. */
const scalarArgument = (tag: string, text: string): unknown => {
  if (tag !== 'GetAtt') return text;
  const dot = text.indexOf('.');
  return dot === -1 ? text : [text.slice(0, dot), text.slice(dot + 1)];
};

const SHORT_FORMS: (ScalarTag | CollectionTag)[] = ['Ref', 'Condition', ...FUNCTIONS].flatMap((tag) => {
  const wrap = (argument: unknown) => ({ [longName(tag)]: argument });
  return [
    { tag: `!${tag}`, resolve: (text: string) => wrap(scalarArgument(tag, text)) as never },
    {
      tag: `!${tag}`,
      collection: 'seq' as const,
      nodeClass: YAMLSeq,
      resolve: (node: unknown) => tagless(longName(tag), node as YAMLSeq),
    },
    {
      tag: `!${tag}`,
      collection: 'map' as const,
      nodeClass: YAMLMap,
      resolve: (node: unknown) => tagless(longName(tag), node as YAMLMap),
    },
  ] as (ScalarTag | CollectionTag)[];
});

function tagless(name: string, argument: YAMLSeq | YAMLMap): YAMLMap {
  argument.tag = undefined as never;
  return wrapped(name, argument);
}

function wrapped(name: string, argument: unknown, ...others: [string, unknown][]): YAMLMap {
  const map = new YAMLMap();
  for (const [key, value] of [[name, argument], ...others]) map.set(key, value);
  return map;
}

const KNOWN_TAGS = new Set([
  '!',
  ...SHORT_FORMS.map(({ tag }) => tag),
  ...['bool', 'float', 'int', 'map', 'merge', 'null', 'seq', 'str'].map((name) => `tag:yaml.org,2002:${name}`),
]);

/** Some account ids begin with a zero, which a number would lose. */
const LEADING_ZERO: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  test: /^0[0-9]+$/,
  resolve: (text) => text,
};

const OPTIONS: ParseOptions & DocumentOptions & SchemaOptions = {
  customTags: (tags: Tags) => [LEADING_ZERO, ...tags, ...SHORT_FORMS],
  uniqueKeys: false,
  // Otherwise the library silently ignores everything after the first document.
  logLevel: 'error',
  stringKeys: true,
  merge: true,
};
