import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './children';
import { environment } from './environment';
import { ROOT, WORK } from './folders';

const CLI = path.join(ROOT, 'node_modules/aws-cdk/bin/cdk');

/** The real CDK CLI, against the emulator. */
export class Cdk {
  constructor(
    private readonly url: string,
    private readonly region: string,
  ) {}

  /** From a folder without cdk.json: inside the app it would synthesize, and bundle, for nothing. */
  public bootstrap(account: string): Promise<string> {
    return this.succeed(WORK, ['bootstrap', `aws://${account}/${this.region}`]);
  }

  /** Builds the app of cdk.json and synthesizes a configuration by it, its guard and CDK's own validation included. */
  public build(assembly: string, config: string): Promise<string> {
    return this.synthesized(assembly, config, []);
  }

  /** The same by the app as it is built. */
  public synth(assembly: string, config: string): Promise<string> {
    return this.synthesized(assembly, config, ['--build', 'true']);
  }

  public async deploy(assembly: string, stacks: readonly string[] = ['--all']): Promise<Record<string, Outputs>> {
    const file = path.join(WORK, 'outputs.json');
    writeFileSync(file, '{}');
    const options = ['--require-approval', 'never', '--outputs-file', file, '--concurrency', '2'];
    await this.succeed(WORK, ['deploy', ...stacks, '--app', assembly, ...options]);
    return JSON.parse(readFileSync(file, 'utf8'));
  }

  /** @returns what the CLI printed while it failed */
  public failToDeploy(assembly: string, stack: string): Promise<string> {
    return this.fail(['deploy', stack, '--exclusively', '--app', assembly, '--require-approval', 'never']);
  }

  public destroy(assembly: string): Promise<string> {
    return this.succeed(WORK, ['destroy', '--all', '--force', '--app', assembly]);
  }

  /** @returns what the CLI printed while it failed */
  public failToDestroy(assembly: string, stack: string): Promise<string> {
    return this.fail(['destroy', stack, '--exclusively', '--force', '--app', assembly]);
  }

  private async synthesized(assembly: string, config: string, options: readonly string[]): Promise<string> {
    await this.succeed(ROOT, ['synth', '--quiet', '--output', assembly, ...options], { RESIDENCY_CONFIG: config });
    return assembly;
  }

  private async succeed(cwd: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<string> {
    const { code, output } = await this.cdk(cwd, args, extra);
    if (code !== 0) throw new Error(`'cdk ${args.join(' ')}' ended with ${code}:\n${output.slice(-4_000)}`);
    return output;
  }

  private async fail(args: readonly string[]): Promise<string> {
    const { code, output } = await this.cdk(WORK, args);
    if (code === 0) throw new Error(`'cdk ${args.join(' ')}' succeeded, and must not`);
    return output;
  }

  private cdk(cwd: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}) {
    const env = { ...environment(this.url, this.region), ...extra };
    return run(process.execPath, [CLI, '--no-notices', '--ci', ...args], { cwd, env });
  }
}

type Outputs = Readonly<Record<string, string>>;
