import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 5_000;

/** Repeats a reading until it has a value, or the time is over. @returns the last value */
export async function until<T>(read: () => Promise<T>, expected: T, seconds: number): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const value = await read();
    if (value === expected || Date.now() > end) return value;
    await sleep(PAUSE_MS);
  }
}
