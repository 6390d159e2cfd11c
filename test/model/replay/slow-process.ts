import { Killed, type StoreFaults } from '@/test/support/store-faults';

/** Where a process stops: before its step does anything, or before the transaction that ends the step. */
export type Point = 'read' | 'done';

/** Whether a call is the transaction that changes a job. */
export const endsStep = (call: string, body: Uint8Array, job: string): boolean =>
  call === 'dynamodb.TransactWriteItems' &&
  Buffer.from(body).toString().includes(`"Item":{"pk":{"S":"rights"},"sk":{"S":"job#${job}"`);

/** A process whose step of a job stops at a point, until it goes on or ends. */
export class SlowProcess {
  private release: (isKilled: boolean) => void = () => {};
  private work: Promise<unknown> = Promise.resolve();

  constructor(private readonly faults: StoreFaults) {}

  /** Returns once the process has reached the point, or its step has ended before. */
  public async begin(point: Point, job: string, step: () => Promise<unknown>): Promise<void> {
    const gate = new Promise<boolean>((resolve) => {
      this.release = resolve;
    });
    const reached = new Promise<void>((resolve) => {
      let isFound = false;
      this.faults.choose((call, nth) => async ({ body, ...request }, real) => {
        const isHere = point === 'read' ? nth === 2 : endsStep(call, body, job);
        if (isFound || !isHere) return real();
        isFound = true;
        resolve();
        if (await gate) throw new Killed(`${request.method} ${call}`);
        return real();
      });
    });
    this.work = step().catch(() => {});
    await Promise.race([reached, this.work]);
    this.faults.none();
  }

  /** Lets the process go on to the end of its step. */
  public async end(): Promise<void> {
    this.release(false);
    await this.work;
  }

  public async kill(): Promise<void> {
    this.release(true);
    await this.work;
  }
}
