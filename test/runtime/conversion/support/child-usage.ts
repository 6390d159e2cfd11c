import { readdirSync, readFileSync } from 'node:fs';

/** What the child processes of this one used. */
export interface Usage {
  /** The largest resident memory of one, in MB. */
  readonly megabytes: number;
  /** The processor time of the longest one, in seconds. */
  readonly seconds: number;
}

/** The clock ticks per second of Linux. */
const TICKS = 100;

/** Measures the child processes of this one while some work runs. The kernel keeps the largest memory of each, so reading it often is enough. */
export async function childUsage<T>(work: () => Promise<T>): Promise<readonly [T, Usage]> {
  let [kilobytes, ticks] = [0, 0];
  const timer = setInterval(() => {
    for (const child of children()) {
      const status = read(`/proc/${child}/status`);
      kilobytes = Math.max(kilobytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      // The fields after the command, which is in parentheses.
      const fields = read(`/proc/${child}/stat`)
        .replace(/^.*\) /s, '')
        .split(' ');
      ticks = Math.max(ticks, Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
    }
  }, 5);
  try {
    const done = await work();
    return [done, { megabytes: kilobytes / 1_000, seconds: ticks / TICKS }];
  } finally {
    clearInterval(timer);
  }
}

const children = (): string[] =>
  readdirSync('/proc/self/task').flatMap((task) => read(`/proc/self/task/${task}/children`).split(' ').filter(Boolean));

/** A process can end while it is read. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
