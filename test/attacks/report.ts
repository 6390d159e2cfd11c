/** Counts attacks, prints each that got through as it does, and a line per class and target. */
export class Report {
  private attacks = 0;
  private failures = 0;

  /** Prints what went wrong in an attack of a class at once: a run that is ended later has shown it. */
  public readonly noting =
    (title: string, target: string) =>
    (name: string, found: readonly string[]): void => {
      if (found.length === 0) return;
      const text = `${title}: ${name}`.replaceAll("'", "'\\''");
      console.log(
        `\n${title}: ${name}\n  ${found.join('; ')}\n  replay: npm run test:attacks -- --target ${target} --only '${text}'`,
      );
    };

  /** @param results what went wrong in each attack, by its name */
  public add(title: string, target: string, results: ReadonlyMap<string, readonly string[]>, ms: number): void {
    const failed = [...results.values()].filter((found) => found.length > 0).length;
    this.failures += failed;
    this.attacks += results.size;
    const counts = `${`${results.size}`.padStart(5)} attacks, ${failed} got through, ${(ms / 1_000).toFixed(1)} s`;
    console.log(`${title.padEnd(42)} ${target.padEnd(8)}${counts}`);
  }

  /** Prints the sums, and returns the exit code. */
  public print(ms: number): number {
    console.log(`${this.attacks} attacks, ${this.failures} got through, in ${Math.round(ms / 1_000)} s`);
    if (this.attacks === 0) console.log('no attack has this text in its class or name');
    return this.attacks === 0 || this.failures > 0 ? 1 : 0;
  }
}
