import { spawnSync } from 'node:child_process';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  /** Standard output, then standard error. */
  readonly output: string;
  readonly seconds: number;
}

/** What jest, npm's scripts and our own tests set, and a user hasn't. */
const OURS = /^(?:JEST_|CDK_|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$|npm_(?:lifecycle|package)_)/;
const USERS = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)));

/** Runs a command to its end as a user would, but that nobody is asked for news. */
export function end(cwd: string, program: string, ...args: string[]): Ended {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
    env: {
      ...USERS,
      CDK_DISABLE_VERSION_CHECK: '1',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_NOTICES: 'false',
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
