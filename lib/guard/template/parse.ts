import {
  type CollectionTag,
  type Document,
  type DocumentOptions,
  isAlias,
  isScalar,
  type Node,
  type ParseOptions,
  parseDocument,
  type ScalarTag,
  type SchemaOptions,
  type Tags,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { parseUnindented } from './unindented';

/** A CloudFormation template as plain data, with intrinsic functions in their long form. */
export type Json = Readonly<Record<string, unknown>>;

/** A template that can't be read; `message` states where and why. */
export class TemplateError extends Error {
  public override readonly name = 'TemplateError';
}

/** Far above the nesting that CloudFormation accepts; deeper input is refused before it overflows the call stack. */
const MAX_DEPTH = 200;

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
    return requireDepth(JSON.parse(text), 0);
  } catch (error) {
    // The YAML parser accepts more than JSON, and names the line of an error.
    if (error instanceof SyntaxError) return parseYaml(text);
    throw error;
  }
}

function parseYaml(text: string): unknown {
  try {
    const document = readable(parseDocument(text, OPTIONS), text) ?? readable(parseUnindented(text, OPTIONS), text);
    if (document !== undefined) return requireDepth(document.toJS({ maxAliasCount: 1000 }), 0);
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    throw new TemplateError(`not readable as YAML: ${firstLine(error)}`);
  }
  // The strict parser's error is nearer to the fault.
  throw new TemplateError(`not readable as YAML: ${firstLine(parseDocument(text, OPTIONS).errors[0])}`);
}

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

function requireDepth(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH)
    throw new TemplateError(`nested more than ${MAX_DEPTH} levels deep, more than CloudFormation accepts`);
  if (typeof value === 'object' && value !== null) {
    for (const key in value) requireDepth((value as Json)[key], depth + 1);
  }
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
