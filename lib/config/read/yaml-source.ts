import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, visit } from 'yaml';
import { boundedDocument, NestingError } from '../../guard/template/nesting';
import type { Path } from './problem';

/** A line and column, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A reason why a text isn't usable YAML. */
export interface YamlMistake {
  readonly position: Position;
  readonly text: string;
}

/** A YAML text, its value, and where each part of the value is written. */
export interface YamlSource {
  /** None when the text isn't YAML or is empty. */
  readonly value: unknown;
  readonly mistakes: readonly YamlMistake[];
  /** The position of the value at a path; if there is none, that of its nearest parent. */
  positionOf(path: Path, atKey?: boolean): Position;
  /** The text of the plain value at a path, before YAML made a number of it; none for anything else. */
  plainTextAt(path: Path): string | undefined;
}

/** The file itself is 7 levels deep. With YAML's inner nodes it stays below 20. */
const DEEPEST = 62;

/** Reads YAML 1.2, never throwing: whatever is wrong with the text becomes a mistake. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const broken = (mistakes: YamlMistake[]): YamlSource => ({
    value: undefined,
    mistakes,
    positionOf: () => at(0),
    plainTextAt: () => undefined,
  });

  let document: Document.Parsed;
  try {
    document = boundedDocument(text, DEEPEST, { lineCounter: lines, stringKeys: true, logLevel: 'error' });
  } catch (error) {
    if (!(error instanceof NestingError)) throw error;
    return broken([{ position: at(error.offset), text: 'is nested too deeply for a configuration' }]);
  }
  const mistakes = [...document.errors, ...document.warnings].map(({ code, message, pos: [offset] }) => ({
    position: at(offset),
    text: WORDING[code] ?? `isn't valid YAML: ${sentence(message)}`,
  }));
  if (document.directives?.yaml.version === '1.1') {
    mistakes.push({ position: at(0), text: "found '%YAML 1.1', in which NO means false; remove that line" });
  }
  for (const alias of aliasesWithoutAnchor(document)) {
    const text = `found the alias '*${alias.source}', but no anchor '&${alias.source}' before it`;
    mistakes.push({ position: at(start(alias, 0)), text });
  }
  // The value of a text with a repeated key is still known, so its other mistakes can be reported as well.
  if (mistakes.some(({ text }) => text !== WORDING.DUPLICATE_KEY)) return broken(mistakes);
  try {
    return {
      value: document.toJS({ maxAliasCount: 100 }),
      mistakes,
      positionOf: (path, atKey) => at(offsetOf(document, path, atKey)),
      plainTextAt: (path) => plainTextAt(document, path),
    };
  } catch {
    return broken([...mistakes, { position: at(0), text: 'repeats its anchors too often; write each value' }]);
  }
}

const WORDING: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'found this key a second time; remove one of them',
  MULTIPLE_DOCS: "found a second document after '---'; a file contains only one",
  NON_STRING_KEY: "found a key that isn't plain text; keys are words such as models",
  TAB_AS_INDENT: 'found a tab before the first word; indent with spaces',
};

const sentence = (message: string) => message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');

function aliasesWithoutAnchor(document: Document): Alias[] {
  const anchors = new Set<string>();
  const found: Alias[] = [];
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        if (!anchors.has(node.source)) found.push(node);
      } else if (node.anchor !== undefined) anchors.add(node.anchor);
    },
  });
  return found;
}

function offsetOf(document: Document, path: Path, atKey = false): number {
  let node = resolved(document, document.contents);
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    if (isMap(node)) {
      // The last of several equal keys applies.
      const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value ?? '') === step);
      if (pair === undefined) return offset;
      const key = pair.key as Node;
      const value = pair.value as Node | null;
      offset = (atKey && depth === path.length - 1) || isEmpty(value) ? start(key, offset) : start(value, offset);
      node = resolved(document, value);
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined;
      if (item === undefined) return offset;
      offset = start(item, offset);
      node = resolved(document, item);
    }
  }
  return offset;
}

function plainTextAt(document: Document, path: Path): string | undefined {
  const node = resolved(document, document.getIn(path, true));
  return isScalar(node) && node.type === 'PLAIN' ? node.source : undefined;
}

const resolved = (document: Document, node: unknown): Node | null | undefined =>
  isAlias(node) ? node.resolve(document) : (node as Node | null);

const start = (node: Node | null, otherwise: number) => node?.range?.[0] ?? otherwise;

/** A key with nothing after it: an editor should jump to the key. */
const isEmpty = (node: Node | null) => node === null || (isScalar(node) && node.range?.[0] === node.range?.[1]);
