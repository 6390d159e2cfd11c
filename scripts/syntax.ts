import { parseSync } from '@swc/core';

/** A node of a syntax tree. */
export type Node = Readonly<Record<string, unknown>>;

/** The syntax tree of a TypeScript file's text. */
export const parsed = (code: string): unknown => parseSync(code, { syntax: 'typescript' });

/** The value of a string literal, or `undefined`. */
export const textOf = (node: unknown): string | undefined => {
  const { type, value } = (node ?? {}) as Node;
  return type === 'StringLiteral' ? `${value}` : undefined;
};

/** Calls a function with each node of a tree, a node before those in it. */
export function visit(value: unknown, each: (node: Node) => void): void {
  if (Array.isArray(value)) for (const entry of value) visit(entry, each);
  else if (value !== null && typeof value === 'object') {
    each(value as Node);
    for (const entry of Object.values(value)) visit(entry, each);
  }
}
