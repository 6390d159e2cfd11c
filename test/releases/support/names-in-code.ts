import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Node, parsed, visit } from '@/scripts/syntax';

const ROOT = path.join(__dirname, '../../..');

/** Texts that stand in today's code: literals, names of members, and what templates of text begin with. */
export interface NamesInCode {
  readonly literals: ReadonlySet<string>;
  /** What a text begins with before its first placeholder: `user#` of `user#${id}`. */
  readonly beginnings: ReadonlySet<string>;
}

/** Reads the sources by a parser, so that no comment counts. */
export function namesInCode(): NamesInCode {
  const literals = new Set<string>();
  const beginnings = new Set<string>();
  for (const folder of ['lib', 'bin']) {
    const files = readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true });
    for (const { parentPath, name } of files) {
      // Generated facts are data: thousands of names that nothing here is called by.
      if (!name.endsWith('.ts') || parentPath.includes('generated')) continue;
      visit(parsed(readFileSync(path.join(parentPath, name), 'utf8')), (node) => collect(node, literals, beginnings));
    }
  }
  return { literals, beginnings };
}

function collect(node: Node, literals: Set<string>, beginnings: Set<string>): void {
  const { type, value, cooked, quasis, key, property, properties } = node;
  if (type === 'StringLiteral') literals.add(String(value));
  // A variable's own name is nothing that is stored; a member's may be, also where both are written as one.
  for (const name of [key, property, ...(Array.isArray(properties) ? properties : [])] as (Node | undefined)[]) {
    if (name?.type === 'Identifier') literals.add(String(name.value));
  }
  if (type === 'TemplateLiteral' && Array.isArray(quasis)) beginnings.add(String(quasis[0]?.cooked));
  if (type === 'TemplateElement') literals.add(String(cooked));
}
