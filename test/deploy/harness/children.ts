import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
const running = new Set<ChildProcess>();

/** Starts a process that is stopped when this one ends, for whatever reason. It leads a group, so its own children are stopped too. */
export function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Stops one process that {@link start} started, and waits for its end. */
export async function stop(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const killTimer = setTimeout(() => kill(child, 'SIGKILL'), 5_000);
  kill(child, 'SIGTERM');
  await exited;
  clearTimeout(killTimer);
}

/** Runs a command and waits for its end. */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<{ code: number; output: string }> {
  const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new Error(`'${command}' could not be started (${error.message}); install it`)),
    );
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has already ended.
  }
}

process.once('exit', () => {
  for (const child of running) kill(child, 'SIGKILL');
});
for (const [signal, number] of Object.entries(SIGNALS)) {
  process.once(signal, () => {
    console.log(`\nstopped by ${signal}`);
    process.exit(128 + number);
  });
}
