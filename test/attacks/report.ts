/** An attack that got through. */
interface Failure {
  readonly title: string;
  readonly target: string;
  readonly name: string;
  readonly what: string;
}

/** Counts attacks, and prints a line per class and target. */
export class Report {
  private attacks = 0;
  private readonly failures: Failure[] = [];

  /** @param results what went wrong in each attack, by its name */
  public add(title: string, target: string, results: ReadonlyMap<string, readonly string[]>, ms: number): void {
    const failed = [...results].filter(([, found]) => found.length > 0);
    this.failures.push(...failed.map(([name, found]) => ({ title, target, name, what: found.join('; ') })));
    this.attacks += results.size;
    const counts = `${`${results.size}`.padStart(5)} attacks, ${failed.length} got through, ${(ms / 1_000).toFixed(1)} s`;
    console.log(`${title.padEnd(42)} ${target.padEnd(8)}${counts}`);
  }

  /** Prints the attacks that got through, and returns the exit code. */
  public print(ms: number): number {
    for (const { title, target, name, what } of this.failures) {
      const text = `${title}: ${name}`.replaceAll("'", "'\\''");
      console.log(
        `\n${title}: ${name}\n  ${what}\n  replay: npm run test:attacks -- --target ${target} --only '${text}'`,
      );
    }
    console.log(`${this.attacks} attacks, ${this.failures.length} got through, in ${Math.round(ms / 1_000)} s`);
    if (this.attacks === 0) console.log('no attack has this text in its class or name');
    return this.attacks === 0 || this.failures.length > 0 ? 1 : 0;
  }
}
