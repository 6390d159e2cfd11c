import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Rename } from './renames';
import type { Site } from './sites';

const ROOT = path.join(__dirname, '../../..');

/** A copy of the code, in which one rename at a time is made. */
export class Copy {
  private readonly directory = mkdtempSync(path.join(tmpdir(), 'renamed-'));

  constructor() {
    for (const folder of ['lib', 'scripts/hook']) cpSync(path.join(ROOT, folder), this.at(folder), { recursive: true });
    cpSync(path.join(ROOT, 'tsconfig.json'), this.at('tsconfig.json'));
    symlinkSync(path.join(ROOT, 'node_modules'), this.at('node_modules'));
  }

  /** The files that don't compile once a rename is made, of those that it concerns and what they import. */
  public async refusing({ sites, refusals }: Pick<Rename, 'sites' | 'refusals'>): Promise<readonly string[]> {
    const touched = [...new Set(sites.map(({ file }) => file))];
    const before = new Map(touched.map((file) => [file, readFileSync(this.at(file))]));
    for (const [file, code] of before) writeFileSync(this.at(file), edited(code, sites, file));
    try {
      return await this.failing([...new Set([...touched, ...refusals.flat()])]);
    } finally {
      for (const [file, code] of before) writeFileSync(this.at(file), code);
    }
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private failing(files: readonly string[]): Promise<readonly string[]> {
    const compilerOptions = { noEmit: true, declaration: false, sourceMap: false, types: ['node'] };
    const config = { extends: './tsconfig.json', compilerOptions, include: [], files };
    writeFileSync(this.at('renamed.json'), JSON.stringify(config));
    const args = ['node_modules/typescript/bin/tsc', '-p', 'renamed.json', '--pretty', 'false'];
    return new Promise((resolve, reject) => {
      execFile(process.execPath, args, { cwd: this.directory, maxBuffer: 2 ** 26 }, (error, stdout) => {
        const found = [...stdout.matchAll(/^(\S+?)\(\d+,\d+\): error TS\d+/gm)].flatMap(([, file]) => file ?? []);
        if (error !== null && found.length === 0) reject(error);
        else resolve([...new Set(found)]);
      });
    });
  }

  private at(file: string): string {
    return path.join(this.directory, file);
  }
}

function edited(code: Buffer, sites: readonly Site[], file: string): Buffer {
  const own = sites.filter((site) => site.file === file).sort((a, b) => b.start - a.start);
  return own.reduce(
    (text, { start, end, text: replacement }) =>
      Buffer.concat([text.subarray(0, start), Buffer.from(replacement), text.subarray(end)]),
    code,
  );
}

/** The groups of files that must not compile after a rename, and do. */
export const missed = ({ refusals }: Rename, refusing: readonly string[]): readonly (readonly string[])[] =>
  refusals.filter((group) => !group.some((file) => refusing.includes(file)));
