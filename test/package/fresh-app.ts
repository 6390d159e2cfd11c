import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './pack';
import { type Ended, end, run } from './run';

/** What `npx cdk synth` came to. */
export interface Synth extends Ended {
  /** Whether there is an assembly that could be deployed. */
  readonly deployable: boolean;
}

/** An app `chat` as `cdk init` writes it, in a folder of its own, with what it depends on installed. */
export class FreshApp {
  /** What each command took, in their order. */
  public readonly times: string[] = [];

  private constructor(public readonly folder: string) {}

  public static make(): FreshApp {
    const app = new FreshApp(path.join(mkdtempSync(path.join(tmpdir(), 'fresh-')), 'chat'));
    mkdirSync(app.folder);
    const cdk = path.join(ROOT, 'node_modules/aws-cdk/bin/cdk');
    run(app.folder, process.execPath, cdk, 'init', 'app', '--language', 'typescript', '--generate-only');
    app.command('npm install --no-audit --no-fund');
    return app;
  }

  /** Installs what is named, or the versions that are. */
  public install(...packages: string[]): void {
    this.command(`npm install --no-audit --no-fund ${packages.join(' ')}`);
  }

  /** Runs a command as it would be typed, and fails with what it prints when it fails. */
  public command(line: string): string {
    const [program = '', ...args] = line.split(' ');
    const { code, output } = this.timed(program, args);
    if (code !== 0) throw new Error(`${line}\n${output}`);
    return output;
  }

  public synth(...args: string[]): Synth {
    const ended = this.timed('npx', ['cdk', 'synth', '--quiet', ...args]);
    return { ...ended, deployable: this.has('cdk.out/manifest.json') };
  }

  public write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  public read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  public has(file: string): boolean {
    return existsSync(path.join(this.folder, file));
  }

  /** The version of a package that is installed. */
  public versionOf(name: string): string {
    return JSON.parse(this.read(`node_modules/${name}/package.json`)).version;
  }

  private timed(program: string, args: string[]): Ended {
    const ended = end(this.folder, program, ...args);
    const words = [program, ...args].map((word) => (path.isAbsolute(word) ? path.basename(word) : word));
    this.times.push(`${ended.seconds.toFixed(1)} s  ${words.join(' ')}`);
    return ended;
  }
}
