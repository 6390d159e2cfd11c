import { spawnSync } from 'node:child_process';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  /** Standard output, then standard error. */
  readonly output: string;
  readonly seconds: number;
}

/** Runs a command of a user to its end, on a machine that asks nobody for news and has nothing of jest's around. */
export function end(cwd: string, program: string, ...args: string[]): Ended {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
    env: {
      ...process.env,
      NODE_ENV: '',
      NODE_OPTIONS: '',
      CDK_DISABLE_VERSION_CHECK: '1',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_NOTICES: 'false',
      CDK_OUTDIR: undefined,
      FORCE_COLOR: undefined,
    },
  });
  if (error) throw error;
  return { code: status, output: `${stdout}\n${stderr}`, seconds: (performance.now() - started) / 1000 };
}

/**
 * What a command prints.
 *
 * @throws with what it printed, when it fails
 */
export function run(cwd: string, program: string, ...args: string[]): string {
  const { code, output } = end(cwd, program, ...args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}\n${output}`);
  return output;
}
