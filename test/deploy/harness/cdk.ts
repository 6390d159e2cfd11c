import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './children';
import { environment } from './environment';
import { ROOT, WORK } from './folders';

const CLI = path.join(ROOT, 'node_modules/aws-cdk/bin/cdk');

/** The real CDK CLI, against the emulator or, with another environment, an account. */
export class Cdk {
  constructor(
    url: string,
    private readonly region: string,
    private readonly variables: NodeJS.ProcessEnv = environment(url, region),
  ) {}

  /** Runs in a folder without cdk.json: in the app's folder, the CLI would also synthesize and bundle. */
  public bootstrap(account: string): Promise<string> {
    return this.requireSuccess(WORK, ['bootstrap', `aws://${account}/${this.region}`]);
  }

  /** Builds the app of cdk.json and synthesizes a configuration with it, including the guard and CDK's own validation. */
  public build(assembly: string, config: string): Promise<string> {
    return this.synthesize(assembly, config, []);
  }

  /** The same with the app that was built before. */
  public synth(assembly: string, config: string): Promise<string> {
    return this.synthesize(assembly, config, ['--build', 'true']);
  }

  /** Builds, and synthesizes another app than that of cdk.json from its source, with the guard and CDK's own validation. */
  public async synthApp(assembly: string, file: string): Promise<string> {
    const app = `${process.execPath} --import tsx ${file}`;
    await this.requireSuccess(ROOT, ['synth', '--quiet', '--output', assembly, '--app', app]);
    return assembly;
  }

  public async deploy(assembly: string, stacks: readonly string[] = ['--all']): Promise<Record<string, Outputs>> {
    const file = path.join(WORK, 'outputs.json');
    writeFileSync(file, '{}');
    const options = ['--require-approval', 'never', '--outputs-file', file, '--concurrency', '2'];
    await this.requireSuccess(WORK, ['deploy', ...stacks, '--app', assembly, ...options]);
    return JSON.parse(readFileSync(file, 'utf8'));
  }

  /** @returns the output of the CLI, which must fail */
  public failToDeploy(assembly: string, stack: string): Promise<string> {
    return this.requireFailure(['deploy', stack, '--exclusively', '--app', assembly, '--require-approval', 'never']);
  }

  public destroy(assembly: string): Promise<string> {
    return this.requireSuccess(WORK, ['destroy', '--all', '--force', '--app', assembly]);
  }

  /** @returns the output of the CLI, which must fail */
  public failToDestroy(assembly: string, stack: string): Promise<string> {
    return this.requireFailure(['destroy', stack, '--exclusively', '--force', '--app', assembly]);
  }

  private async synthesize(assembly: string, config: string, options: readonly string[]): Promise<string> {
    await this.requireSuccess(ROOT, ['synth', '--quiet', '--output', assembly, ...options], {
      RESIDENCY_CONFIG: config,
    });
    return assembly;
  }

  private async requireSuccess(cwd: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<string> {
    const { code, output } = await this.cdk(cwd, args, extra);
    if (code !== 0) throw new Error(`'cdk ${args.join(' ')}' ended with ${code}:\n${output.slice(-4_000)}`);
    return output;
  }

  private async requireFailure(args: readonly string[]): Promise<string> {
    const { code, output } = await this.cdk(WORK, args);
    if (code === 0) throw new Error(`'cdk ${args.join(' ')}' succeeded, but must fail`);
    return output;
  }

  private cdk(cwd: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}) {
    const env = { ...this.variables, ...extra };
    return run(process.execPath, [CLI, '--no-notices', '--ci', ...args], { cwd, env });
  }
}

type Outputs = Readonly<Record<string, string>>;
