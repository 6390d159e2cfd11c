import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CLEAN, LEAK } from '../../cli/support';
import { ROOT } from '../../package/pack';

/** Text of a contributor that a shell would execute if it were part of a script. */
export const HOSTILE = '$(touch pwned)`touch pwned`";touch pwned;\'\n::error::pwned';

/** A repository whose path has a space and a quote, with the package installed and one template. */
export class Repository {
  public readonly folder: string;

  constructor(files: Readonly<Record<string, unknown>> = {}) {
    this.folder = path.join(mkdtempSync(path.join(tmpdir(), 'ci-')), "the team's repo");
    this.write({ 'stacks/chat app.json': CLEAN, ...files });
    const bin = path.join(this.folder, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    symlinkSync(path.join(ROOT, 'bin/eu-residency.cjs'), path.join(bin, 'eu-residency'));
    execFileSync('git', ['init', '--quiet', this.folder]);
  }

  /** Text as it is, anything else as JSON. */
  public write(files: Readonly<Record<string, unknown>>): void {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    }
  }

  public read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  public has(file: string): boolean {
    return existsSync(path.join(this.folder, file));
  }

  /** Replaces the template by one that leaves the boundary. */
  public leak(): void {
    this.write({ 'stacks/chat app.json': LEAK });
  }

  /** Writes the present findings as a baseline, as a newcomer would. */
  public writeBaseline(file: string): void {
    const args = ['check', INPUTS.paths.trim(), '--region', INPUTS.region, '--write-baseline', file];
    execFileSync('node_modules/.bin/eu-residency', args, { cwd: this.folder, stdio: 'ignore' });
  }
}

/** The inputs with which the template of a repository is checked. */
export const INPUTS = { paths: 'stacks/chat app.json\n', region: 'eu-central-1' };
