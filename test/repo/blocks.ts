import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');
export const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(path.join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

/** A code block of a documentation page. */
export interface Block {
  readonly name: string;
  readonly language: string;
  readonly code: string;
}

export const blocks: readonly Block[] = PAGES.flatMap((page) => {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  return [...text.matchAll(/^ *```(\w*)\n(.*?)^ *```$/gms)].map(({ 1: language = '', 2: code = '', index }) => ({
    name: `${page}:${text.slice(0, index).split('\n').length}`,
    language,
    code,
  }));
});
export const blocksIn = (language: string) => blocks.filter((block) => block.language === language);

/** A declaration that a block may use without containing it. */
const CONTEXT = "declare const stack: import('aws-cdk-lib').Stack;\n";
export const isWholeApp = ({ code }: Block) => /\bnew (?:ResidencyApp|App)\(/.test(code);
const usesStack = ({ code }: Block) => /\bstack\b/.test(code) && !/const stack =/.test(code);

/** Writes the TypeScript blocks as files of a project, and returns its folder. */
export function projectOfBlocks(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'blocks-'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  for (const block of blocksIn('ts'))
    writeFileSync(fileOf(folder, block), `${usesStack(block) ? CONTEXT : ''}${block.code}`);
  const compilerOptions = { noEmit: true, rootDir: '/', typeRoots: [path.join(ROOT, 'node_modules/@types')] };
  const config = { extends: path.join(ROOT, 'tsconfig.json'), compilerOptions, include: ['*.ts'], exclude: [] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  return folder;
}

export const fileOf = (folder: string, { name }: Block): string => path.join(folder, `${name.replace(/\W/g, '-')}.ts`);
