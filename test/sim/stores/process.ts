import type { LocalRequest, LocalResponse, LocalService } from '@/lib/local/aws/shared/request-handler';
import { callOf } from '@/test/support/store-faults';
import type { VirtualTime } from '../engine/virtual-time';

/** What happens to a call of a store. */
export type Fate =
  | 'served'
  /** The process ends before the call, or after it. */
  | 'killed-before'
  | 'killed-after'
  /** The store refuses the call, or performs it and its answer is lost. */
  | 'throttled'
  | 'unanswered';

/** What decides on a call, and how long it takes in milliseconds. */
export interface Network {
  fate(call: string): Fate;
  latency(): number;
}

/** A call that takes longer is a fault. */
export const SLOW_MS = 1_000;

/** Ends the work of a process that was killed. */
export class Killed extends Error {
  public override readonly name = 'Killed';
}

/**
 * A process with clients of its own. After it was killed none of its code continues: its calls never return. What it worked on ends with
 * an error for those who wait for it.
 */
export class Process {
  private die: () => void = () => {};
  private readonly death: Promise<never>;
  private isDead = false;
  /** When one of its calls failed last, or was slow; in Unix milliseconds. */
  public faultAt = Number.NEGATIVE_INFINITY;

  constructor(
    public readonly name: string,
    private readonly network: Network,
    private readonly time: VirtualTime,
  ) {
    this.death = new Promise((_, reject) => {
      this.die = () => {
        this.isDead = true;
        reject(new Killed(name));
      };
    });
    this.death.catch(() => {});
  }

  public get isAlive(): boolean {
    return !this.isDead;
  }

  /** @throws Killed when the process ends meanwhile */
  public run<T>(work: () => Promise<T>): Promise<T> {
    return Promise.race([work(), this.death]);
  }

  /** A store as this process reaches it. */
  public readonly reach = (service: LocalService, name: string): LocalService => ({
    answer: async (request) => {
      const milliseconds = this.network.latency();
      if (milliseconds >= SLOW_MS) this.faultAt = Date.now();
      await this.time.pause(milliseconds);
      if (this.isDead) return NEVER;
      return this.meet(this.fate(callOf(name, request)), service, request, name);
    },
  });

  /** Another service as this process reaches it, which answers after some time. It refuses no call, and loses no answer. */
  public async call<T>(name: string, milliseconds: number, work: () => Promise<T>): Promise<T> {
    if (this.isDead) return NEVER;
    const fate = this.fate(name);
    if (fate === 'killed-before') {
      this.die();
      return NEVER;
    }
    const answer = await work();
    await this.time.pause(milliseconds);
    if (fate === 'killed-after') this.die();
    return this.isDead ? NEVER : answer;
  }

  private fate(call: string): Fate {
    const fate = this.network.fate(call);
    if (fate !== 'served') this.faultAt = Date.now();
    return fate;
  }

  private async meet(fate: Fate, service: LocalService, request: LocalRequest, name: string): Promise<LocalResponse> {
    if (fate === 'throttled') return refusal(name, 'ThrottlingException', 400);
    if (fate === 'killed-before') {
      this.die();
      return NEVER;
    }
    const answer = await service.answer(request);
    if (fate === 'unanswered') return refusal(name, 'InternalServerError', 500);
    if (fate === 'killed-after') {
      this.die();
      return NEVER;
    }
    return answer;
  }
}

const NEVER = new Promise<never>(() => {});

const refusal = (service: string, code: string, statusCode: number): LocalResponse =>
  service === 's3'
    ? {
        statusCode: 503,
        headers: { 'content-type': 'application/xml' },
        body: Buffer.from(`<Error><Code>SlowDown</Code><Message>${code}</Message></Error>`),
      }
    : {
        statusCode,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: Buffer.from(JSON.stringify({ __type: code, message: code })),
      };
