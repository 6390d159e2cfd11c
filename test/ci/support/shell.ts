import { spawnSync } from 'node:child_process';

/** How a script ended, and what it printed. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a script with nothing of this process's environment but what a runner has too. */
export function runScript(
  script: string,
  { cwd, env, shell }: { cwd: string; env: Readonly<Record<string, string>>; shell: readonly string[] },
): Ran {
  const [program = '', ...args] = shell;
  const { PATH = '', HOME = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(program, [...args, '-c', script], {
    cwd,
    env: { PATH, HOME, ...env },
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}
