// `npx tsx scripts/figures.ts [CHECKOUT]` prints figures of the code's structure, by default for this checkout. Another checkout
// needs its packages installed.
import path from 'node:path';
import { functionsOf, sourcesOf, textOf } from './figures/syntax';
import { touchedFiles } from './figures/touched';
import { specifiersIn } from './modules/imports';
import { refusedWords } from './words/hits';

const MAX_LINES = 60;

async function main(): Promise<void> {
  const root = path.resolve(process.argv[2] ?? path.join(__dirname, '..'));
  const sources = sourcesOf(root);
  const folders = countBy(sources.map((file) => path.posix.dirname(file)));
  const lines = sources.map((file): [string, number] => [file, textOf(root, file).split('\n').length - 1]);
  const long = sources.flatMap((file) => functionsOf(root, file)).filter((found) => found.lines > MAX_LINES);
  const circles = foldersInCircles(root, sources);
  const touched = await touchedFiles(root);
  const rows: [string, string | number][] = [
    ['source files', sources.length],
    ['source lines', lines.reduce((sum, [, count]) => sum + count, 0)],
    ['largest folder (including one-file-per-entry registries)', largest(folders)],
    ['folders with more than 25 files', folders.filter(([, count]) => count > 25).length],
    ['largest file', largest(lines)],
    [`functions over ${MAX_LINES} lines`, long.length],
    ['longest function', largest(long.map(({ file, line, lines: count }) => [`${file}:${line}`, count]))],
    ['folders that import each other', circles.length],
    ['files that a streamed chat touches', touched.chat.length],
    ['files that a stored turn touches', touched['stored turn'].length],
    ['hits in the table of words', refusedWords(root).length],
  ];
  for (const [what, figure] of rows) console.log(`${what.padEnd(60)}${figure}`);
  for (const found of long) console.log(`  ${found.file}:${found.line}: ${found.lines} lines`);
}

const countBy = (names: readonly string[]): [string, number][] => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts];
};

function largest(rows: readonly (readonly [string, number])[]): string {
  const [name, count] = [...rows].sort((a, b) => b[1] - a[1])[0] ?? ['none', 0];
  return `${count} (${name})`;
}

/** Folders that import themselves through other folders. */
function foldersInCircles(root: string, sources: readonly string[]): string[] {
  const folders = new Set(sources.map((file) => path.posix.dirname(file)));
  const edges = new Map<string, Set<string>>();
  for (const file of sources) {
    const from = path.posix.dirname(file);
    for (const specifier of specifiersIn(textOf(root, file)).filter((text) => text.startsWith('.'))) {
      const target = path.posix.join(from, specifier);
      const to = folders.has(target) ? target : path.posix.dirname(target);
      if (to !== from && folders.has(to)) edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
  }
  const imports = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(edges.get(from) ?? [])].some((next) => next === to || (!seen.has(next) && imports(next, to, seen.add(next))));
  return [...folders].filter((folder) => imports(folder, folder));
}

void main();
