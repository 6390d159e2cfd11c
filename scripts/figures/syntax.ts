import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';
import { visit } from '../syntax';

/** A function of a source file. */
export interface FoundFunction {
  readonly file: string;
  readonly line: number;
  readonly lines: number;
}

/** The source files of a checkout that people write: `lib` and `bin`, without generated data. */
export const sourcesOf = (root: string): string[] =>
  ['lib', 'bin'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.posix.join(folder, file))
      .filter((file) => !file.startsWith('lib/facts/generated/')),
  );

export const textOf = (root: string, file: string): string => readFileSync(path.join(root, file), 'utf8');

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'Constructor',
  'MethodProperty',
]);

/** Every function of a file, with its number of lines. */
export function functionsOf(root: string, file: string): FoundFunction[] {
  const text = textOf(root, file);
  const bytes = Buffer.from(text);
  const module = parseSync(text, { syntax: 'typescript' });
  // The parser's byte offsets continue from the files that it parsed before.
  const start = module.span.end - bytes.length;
  const lineAt = (offset: number) => bytes.subarray(0, Math.max(0, offset)).toString().split('\n').length;
  const found: FoundFunction[] = [];
  visit(module.body, ({ type, span }) => {
    if (!FUNCTIONS.has(`${type}`)) return;
    const { start: from, end: to } = span as { readonly start: number; readonly end: number };
    const line = lineAt(from - start);
    found.push({ file, line, lines: lineAt(to - start) - line + 1 });
  });
  return found;
}
