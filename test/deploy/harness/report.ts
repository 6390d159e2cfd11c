import { performance } from 'node:perf_hooks';

/** The result of a check. */
export interface Result {
  readonly section: string;
  readonly name: string;
  readonly passed: boolean;
  /** What was found, or why the check failed. */
  readonly detail: string;
}

/** Prints one line per check, and the totals. */
export class Report {
  /** The results so far. */
  public readonly results: Result[] = [];
  private title = '';
  private passed = 0;
  private failed = 0;
  private readonly startedAt = performance.now();

  /** Prints the heading of the next lines. */
  public section(title: string): void {
    this.title = title;
    console.log(`\n== ${title} (at ${this.seconds(this.startedAt)})`);
  }

  /** Runs one check. If it throws, it fails and the run continues. */
  public async check(name: string, run: () => unknown): Promise<boolean> {
    const started = performance.now();
    try {
      const detail = await run();
      this.passed += 1;
      this.results.push({ section: this.title, name, passed: true, detail: typeof detail === 'string' ? detail : '' });
      console.log(`ok    ${name}${typeof detail === 'string' ? `: ${detail}` : ''} (${this.seconds(started)})`);
      return true;
    } catch (error) {
      this.failed += 1;
      const reason = `${(error as Error).message ?? error}`;
      this.results.push({ section: this.title, name, passed: false, detail: reason });
      console.log(`FAIL  ${name}: ${reason}`);
      return false;
    }
  }

  /** Runs a check that the rest of the run depends on, and returns its result. If it fails, the run ends. */
  public async require<T>(name: string, run: () => Promise<T>, describe?: (result: T) => string): Promise<T> {
    const results: T[] = [];
    const passed = await this.check(name, async () => {
      const value = await run();
      results.push(value);
      return describe?.(value);
    });
    if (!passed) throw new RequiredCheckFailed(name);
    return results[0] as T;
  }

  /** Runs a group of checks. The group itself counts as a failure only if it throws outside its checks. */
  public async group(title: string, run: () => Promise<void>): Promise<void> {
    this.section(title);
    try {
      await run();
    } catch (error) {
      if (error instanceof RequiredCheckFailed) throw error;
      this.failed += 1;
      console.log(`FAIL  ${title}: ${(error as Error).stack ?? error}`);
    }
  }

  /** Reports a failure outside all checks. */
  public crashed(error: unknown): void {
    if (error instanceof RequiredCheckFailed) {
      console.log(`FAIL  stopped, because this check failed: ${error.message}`);
      return;
    }
    this.failed += 1;
    console.log(`FAIL  the test itself failed: ${(error as Error).stack ?? error}`);
  }

  /** Prints the totals, and returns the exit code. */
  public close(): number {
    console.log(`\nthe whole run took ${this.seconds(this.startedAt)}`);
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }

  private seconds(since: number): string {
    return `${((performance.now() - since) / 1000).toFixed(1)} s`;
  }
}

/** A required check failed. It is already counted and printed. */
class RequiredCheckFailed extends Error {}
