import { performance } from 'node:perf_hooks';

/** One line a check, and the totals. */
export class Report {
  private passed = 0;
  private failed = 0;
  private readonly begun = performance.now();

  /** Says what the next lines are about. */
  public section(title: string): void {
    console.log(`\n== ${title} (at ${this.seconds(this.begun)})`);
  }

  /** Runs one check; what it throws is its failure, and the run goes on. */
  public async check(what: string, run: () => unknown): Promise<boolean> {
    const started = performance.now();
    try {
      const seen = await run();
      this.passed += 1;
      console.log(`ok    ${what}${typeof seen === 'string' ? `: ${seen}` : ''} (${this.seconds(started)})`);
      return true;
    } catch (error) {
      this.failed += 1;
      console.log(`FAIL  ${what}: ${(error as Error).message ?? error}`);
      return false;
    }
  }

  /** A check without which the rest means nothing: what it finds, or the end of the run. */
  public async require<T>(what: string, run: () => Promise<T>, say?: (found: T) => string): Promise<T> {
    const found: T[] = [];
    const passed = await this.check(what, async () => {
      const value = await run();
      found.push(value);
      return say?.(value);
    });
    if (!passed) throw new Stopped(what);
    return found[0] as T;
  }

  /** Runs a group of checks; it counts by itself only when it breaks outside of them. */
  public async group(title: string, run: () => Promise<void>): Promise<void> {
    this.section(title);
    try {
      await run();
    } catch (error) {
      if (error instanceof Stopped) throw error;
      this.failed += 1;
      console.log(`FAIL  ${title}: ${(error as Error).stack ?? error}`);
    }
  }

  /** A failure outside any check. */
  public crashed(error: unknown): void {
    if (error instanceof Stopped) {
      console.log(`FAIL  stopped, because this failed: ${error.message}`);
      return;
    }
    this.failed += 1;
    console.log(`FAIL  the test itself broke: ${(error as Error).stack ?? error}`);
  }

  /** The last line, and the exit code. */
  public close(): number {
    console.log(`\nthe whole run took ${this.seconds(this.begun)}`);
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }

  private seconds(since: number): string {
    return `${((performance.now() - since) / 1000).toFixed(1)} s`;
  }
}

/** A required check failed; it has been counted and printed. */
class Stopped extends Error {}
