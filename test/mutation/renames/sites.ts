import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';
import { type Node, visit } from '@/scripts/syntax';

const ROOT = path.join(__dirname, '../../..');

/** Where a name stands in a file, in bytes. */
export interface Site {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** What stands there once the name is another. */
  readonly text: string;
}

/**
 * What a name is where it stands: `declared` as a member of an interface, `written` as a key of an object, `read` from one, or
 * `named` in a string.
 */
export type Use = 'declared' | 'written' | 'read' | 'named';

interface Found {
  readonly node: Node;
  /** A shorthand needs a value of its own once its key is another. */
  readonly isShorthand?: boolean;
}

/** The names that a file uses in one of these ways, with every site of each. */
export function sitesIn(file: string, uses: readonly Use[], renamed: (name: string) => string): Map<string, Site[]> {
  const code = readFileSync(path.join(ROOT, file), 'utf8');
  // The parser counts on from file to file, so the first statement says where this one begins.
  const module = parseSync(`0;${code}`, { syntax: 'typescript' });
  const base = (module.body[0]?.span.start ?? 0) + '0;'.length;
  const sites = new Map<string, Site[]>();
  visit(module, (parent) => {
    for (const { node, isShorthand } of uses.flatMap((use) => FINDERS[use](parent))) {
      const name = `${node.value}`;
      const span = node.span as { readonly start: number; readonly end: number };
      const quote = node.type === 'StringLiteral' ? "'" : '';
      const text = `${quote}${renamed(name)}${quote}${isShorthand ? `: ${name}` : ''}`;
      const start = span.start - base;
      const site = { file, start, end: start + Buffer.byteLength(`${quote}${name}${quote}`), text };
      sites.set(name, [...(sites.get(name) ?? []), site]);
    }
  });
  return sites;
}

const isName = (value: unknown): value is Node =>
  ['Identifier', 'StringLiteral'].includes(`${(value as Node | undefined)?.type}`);

/** What each kind of node says of the names in it. */
const FINDERS: Readonly<Record<Use, (node: Node) => readonly Found[]>> = {
  declared: ({ type, key }) => (type === 'TsPropertySignature' && isName(key) ? [{ node: key }] : []),
  written: ({ type, properties }) =>
    type === 'ObjectExpression'
      ? (properties as readonly Node[]).flatMap((property): Found[] => {
          if (property.type === 'Identifier') return [{ node: property, isShorthand: true }];
          return property.type === 'KeyValueProperty' && isName(property.key) ? [{ node: property.key }] : [];
        })
      : [],
  read: ({ type, property, key }) => {
    if (type === 'MemberExpression') return isName(property) ? [{ node: property }] : [];
    if (type === 'AssignmentPatternProperty') return isName(key) ? [{ node: key, isShorthand: true }] : [];
    return type === 'KeyValuePatternProperty' && isName(key) ? [{ node: key }] : [];
  },
  named: (node) => (node.type === 'StringLiteral' ? [{ node }] : []),
};
