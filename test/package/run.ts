import { spawnSync } from 'node:child_process';

/** The result of a command. */
export interface CommandResult {
  readonly code: number | null;
  /** Standard output, then standard error. */
  readonly output: string;
  readonly seconds: number;
}

/** Variables that jest, npm scripts and our own tests set, but a user doesn't have. */
const OURS = /^(?:JEST_|CDK_|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$|npm_(?:lifecycle|package)_)/;
const USERS = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)));

/** Runs a command as a user would, but without version checks, telemetry and notices. */
export function tryRun(cwd: string, program: string, ...args: string[]): CommandResult {
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
 * Runs a command and returns its output.
 *
 * @throws with the output, if the command fails
 */
export function run(cwd: string, program: string, ...args: string[]): string {
  const { code, output } = tryRun(cwd, program, ...args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}\n${output}`);
  return output;
}
