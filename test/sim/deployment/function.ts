import type { VirtualTime } from '../engine/virtual-time';
import { type Network, Process } from '../stores/process';

/** A function as Lambda runs it: each instance is a process of its own, and another takes the place of one that was killed. */
export class LambdaFunction<T> {
  private instance: { readonly process: Process; readonly handler: T } | undefined;

  constructor(
    public readonly name: string,
    private readonly build: (process: Process) => T,
    private readonly network: Network,
    private readonly time: VirtualTime,
  ) {}

  /** @throws Killed when the instance ends meanwhile */
  public invoke<R>(use: (handler: T) => Promise<R>): Promise<R> {
    const { process, handler } = this.current();
    return process.run(() => use(handler));
  }

  /** When a call of the instance failed last, or was slow. */
  public get faultAt(): number {
    return this.instance?.process.faultAt ?? Number.NEGATIVE_INFINITY;
  }

  /** Ends the instance, as Lambda does after some time: nothing stays in its memory. */
  public recycle(): void {
    this.instance = undefined;
  }

  private current() {
    if (this.instance === undefined || !this.instance.process.isAlive) {
      const process = new Process(this.name, this.network, this.time);
      this.instance = { process, handler: this.build(process) };
    }
    return this.instance;
  }
}
