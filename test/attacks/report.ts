/** An attack that got through. */
export interface Failure {
  readonly title: string;
  readonly target: string;
  readonly name: string;
  readonly what: string;
}

interface Totals {
  attacks: number;
  through: number;
  ms: number;
}

/** Counts attacks by their class and target. */
export class Report {
  private readonly totals = new Map<string, Map<string, Totals>>();
  private readonly failures: Failure[] = [];

  public add(title: string, target: string, name: string, found: readonly string[]): void {
    const totals = this.of(title, target);
    totals.attacks += 1;
    if (found.length === 0) return;
    totals.through += 1;
    this.failures.push({ title, target, name, what: found.join('; ') });
  }

  public took(title: string, target: string, ms: number): void {
    this.of(title, target).ms += ms;
  }

  /** Prints a line per class and the attacks that got through, and returns the exit code. */
  public print(ms: number): number {
    for (const [title, targets] of this.totals) {
      const each = [...targets].map(
        ([target, { attacks, through, ms }]) =>
          `${target} ${attacks} attacks, ${through} got through, ${(ms / 1_000).toFixed(1)} s`,
      );
      console.log(`${title.padEnd(44)} ${each.join('; ')}`);
    }
    for (const { title, target, name, what } of this.failures) {
      console.log(`got through on ${target}: ${title}: ${name}`);
      console.log(`  ${what}`);
      console.log(`  replay: npm run test:attacks -- --target ${target} --only '${`${title}: ${name}`.replaceAll("'", "'\\''")}'`);
    }
    const all = [...this.totals.values()].flatMap((targets) => [...targets.values()]);
    const attacks = all.reduce((sum, one) => sum + one.attacks, 0);
    console.log(`${attacks} attacks, ${this.failures.length} got through, in ${Math.round(ms / 1_000)} s`);
    if (attacks === 0) console.log('no attack has this text in its class or name');
    return attacks === 0 || this.failures.length > 0 ? 1 : 0;
  }

  private of(title: string, target: string): Totals {
    const targets = this.totals.get(title) ?? new Map<string, Totals>();
    this.totals.set(title, targets);
    const totals = targets.get(target) ?? { attacks: 0, through: 0, ms: 0 };
    targets.set(target, totals);
    return totals;
  }
}
