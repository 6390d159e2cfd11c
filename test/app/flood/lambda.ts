import type { Agenda } from './agenda';

/** Longer than an environment of a gateway needs to start. */
const COLD_START = 1_500;

/** The functions of an account in a Region, with its quota of concurrent executions. */
export class Lambda {
  private readonly running = new Map<string, number>();
  private readonly warm = new Map<string, number>();
  private unreserved = 0;

  constructor(
    private readonly agenda: Agenda,
    quota: number,
    private readonly reserved: ReadonlyMap<string, number>,
    reservedByOthers: number,
  ) {
    this.left = quota - reservedByOthers - [...reserved.values()].reduce((sum, one) => sum + one, 0);
  }

  private readonly left: number;

  /**
   * Runs a function.
   *
   * @param work the function's own time, known when it starts
   * @returns whether it ran; false if Lambda throttled it
   */
  public invoke(name: string, work: () => { readonly ms: number; readonly end: () => void }): boolean {
    const running = this.running.get(name) ?? 0;
    const reserved = this.reserved.get(name);
    if (reserved === undefined ? this.unreserved >= this.left : running >= reserved) return false;
    this.running.set(name, running + 1);
    if (reserved === undefined) this.unreserved += 1;
    const warm = this.warm.get(name) ?? 0;
    if (warm > 0) this.warm.set(name, warm - 1);
    this.agenda.after(warm > 0 ? 0 : COLD_START, () => {
      const { ms, end } = work();
      this.agenda.after(ms, () => {
        this.running.set(name, (this.running.get(name) ?? 0) - 1);
        if (reserved === undefined) this.unreserved -= 1;
        this.warm.set(name, (this.warm.get(name) ?? 0) + 1);
        end();
      });
    });
    return true;
  }

  /**
   * Runs a function from Lambda's queue. A throttled event is tried again for six hours, after one second at first and five minutes at
   * last (docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
   */
  public invokeLater(name: string, ms: number, started: () => void, wait = 1_000): void {
    const runs = this.invoke(name, () => {
      started();
      return { ms, end: () => {} };
    });
    if (!runs) this.agenda.after(wait, () => this.invokeLater(name, ms, started, Math.min(2 * wait, 300_000)));
  }
}
