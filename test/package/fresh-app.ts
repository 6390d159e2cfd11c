import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './pack';
import { type CommandResult, run, tryRun } from './run';

/** The result of `npx cdk synth`. */
export interface Synth extends CommandResult {
  /** Whether the synth left an assembly that could be deployed. */
  readonly deployable: boolean;
}

/** An app `chat` as `cdk init` writes it, in its own folder, with its dependencies installed. */
export class FreshApp {
  /** The duration of each command, in order. */
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

  /** Installs packages by name, or by name and version. */
  public install(...packages: string[]): void {
    this.command(`npm install --no-audit --no-fund ${packages.join(' ')}`);
  }

  /** Runs a command as a user types it. If it fails, the error contains its output. */
  public command(line: string): string {
    const [program = '', ...args] = line.split(' ');
    const { code, output } = this.runTimed(program, args);
    if (code !== 0) throw new Error(`${line}\n${output}`);
    return output;
  }

  public synth(...args: string[]): Synth {
    const result = this.runTimed('npx', ['cdk', 'synth', '--quiet', ...args]);
    return { ...result, deployable: this.has('cdk.out/manifest.json') };
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

  /** The installed version of a package. */
  public versionOf(name: string): string {
    return JSON.parse(this.read(`node_modules/${name}/package.json`)).version;
  }

  private runTimed(program: string, args: string[]): CommandResult {
    const result = tryRun(this.folder, program, ...args);
    const words = [program, ...args].map((word) => (path.isAbsolute(word) ? path.basename(word) : word));
    this.times.push(`${result.seconds.toFixed(1)} s  ${words.join(' ')}`);
    return result;
  }
}
