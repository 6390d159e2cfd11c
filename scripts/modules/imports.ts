import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Node, parsed, textOf, visit } from '../syntax';

const ROOT = path.join(__dirname, '../..');

/** Every source file of the package, relative to its root. */
export const SOURCES: readonly string[] = ['lib', 'bin'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file)),
);

/** What a file imports: packages by their specifier, files by their path from the root. */
export interface Imports {
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

/** What a file imports, types included, read by a parser: a comment or a string that looks like an import isn't one. */
export function importsOf(file: string): Imports {
  const specifiers = specifiersIn(readFileSync(path.join(ROOT, file), 'utf8'));
  return {
    files: specifiers.filter((specifier) => specifier.startsWith('.')).map((specifier) => resolved(file, specifier)),
    packages: specifiers.filter((specifier) => !specifier.startsWith('.')),
  };
}

function resolved(file: string, specifier: string): string {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  const found = [`${target}.ts`, `${target}/index.ts`, target].find((candidate) =>
    existsSync(path.join(ROOT, candidate)),
  );
  if (found === undefined) throw new Error(`${file} imports '${specifier}', and there is no such file`);
  return found;
}

/** The specifiers of all imports, exports, dynamic imports, `require` calls, types of another file and module augmentations. */
export function specifiersIn(code: string): string[] {
  const found: string[] = [];
  visit(parsed(code), (node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) found.push(specifier);
  });
  return [...new Set(found)];
}

function specifierOf(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return textOf(node.source);
    case 'TsImportType':
      return textOf(node.argument);
    // What a file adds to the types of another, it depends on.
    case 'TsModuleDeclaration':
      return textOf(node.id);
    case 'TsExternalModuleReference':
      return textOf(node.expression);
    case 'CallExpression': {
      const { type, value } = node.callee as Node;
      const [first] = node.arguments as readonly { readonly expression: unknown }[];
      return type === 'Import' || (type === 'Identifier' && value === 'require')
        ? textOf(first?.expression)
        : undefined;
    }
    default:
      return undefined;
  }
}
