import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Mutation } from './mutation';

const ROOT = path.join(__dirname, '../..');

/** The files that the sample, its tests and its types need. */
const PARTS = [
  'bench',
  'bin',
  'dist/bundles',
  'dist/meta',
  'docs',
  'examples',
  'lib',
  'scripts',
  'templates',
  'test',
  'README.md',
  'cdk.json',
  'jest.config.js',
  'package.json',
  'package-lock.json',
  'residency.yaml',
  'residency.schema.json',
  'residency-exceptions.schema.json',
  'residency-projects.openapi.json',
  'residency-evidence.schema.json',
  'residency-export.schema.json',
  'tsconfig.json',
];

/** A copy of the package in which mutations can be planted. */
export class Scratch {
  public readonly directory = mkdtempSync(path.join(tmpdir(), 'mutation-'));

  constructor() {
    for (const part of PARTS) cpSync(path.join(ROOT, part), this.at(part), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), this.at('node_modules'));
  }

  /**
   * Plants a mutation while `use` runs.
   *
   * @throws if the text to replace doesn't occur in the file exactly once
   */
  public async withMutation<T>({ file, text, replacement }: Mutation, use: () => Promise<T>): Promise<T> {
    const original = readFileSync(this.at(file), 'utf8');
    writeFileSync(
      this.at(file),
      original.replace(text, () => replacement),
    );
    try {
      return await use();
    } finally {
      writeFileSync(this.at(file), original);
    }
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private at(part: string): string {
    return path.join(this.directory, part);
  }
}

/** The reason why a mutation can't be planted; undefined if it can. */
export function unplantable({ name, file, text }: Mutation): string | undefined {
  const times = readFileSync(path.join(ROOT, file), 'utf8').split(text).length - 1;
  if (times === 1) return undefined;
  return `'${name}': its text must occur in ${file} exactly once, found ${times} times; update the text`;
}
