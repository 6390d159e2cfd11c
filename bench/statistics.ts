/** The median of figures, which a noisy machine distorts least. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The figure that a given share of the figures doesn't exceed. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The durations in milliseconds of several runs. */
export async function milliseconds(runs: number, run: () => unknown): Promise<number[]> {
  const figures: number[] = [];
  for (let i = 0; i < runs; i++) {
    const started = performance.now();
    await run();
    figures.push(performance.now() - started);
  }
  return figures;
}
