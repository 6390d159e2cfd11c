import type OpenAI from 'openai';
import { echoUpstream } from '@/lib/local/echo/echo';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';
import type { Worker } from '@/lib/runtime/workspace/background/worker';
import { storedContent } from '@/lib/runtime/workspace/content';
import type { ContentOptions } from '@/lib/runtime/workspace/content-options';
import type { Suspension } from '@/lib/runtime/workspace/identity/suspension';
import { type JobWorkerOptions, jobWorker } from '@/lib/runtime/workspace/job-worker';
import { WORKSPACE } from '@/test/runtime/gateway/support/policies';
import { LocalContent } from '@/test/runtime/workspace/conversations/support/local-content';

/** Few and fast, so that what fails for good does so at once. */
const REPEATS = { attempts: 2, firstMs: 1 };

/** A workspace that answers in the background, on local stores: its gateway, its queue, and workers. */
export class LocalJobs {
  public readonly local = new LocalContent();
  public readonly suspensions = new Map<string, Suspension>();
  /** What workers log. */
  public readonly lines: object[] = [];
  public readonly records: ResidencyRecord[] = [];
  /** The texts of every request to a model, as workers sent them. */
  public readonly asked: string[] = [];
  public upstream: Upstream = echoUpstream;

  constructor(public readonly jobsPerMember = 4) {}

  /** OpenAI's client of a member, in a process without caches. */
  public openai(member = 'ada', options: Partial<ContentOptions> = {}): OpenAI {
    return this.local.openai(member, this.local.gateway({ background: this.background(), ...options }));
  }

  /** A worker in a process without caches. */
  public worker(options: Partial<JobWorkerOptions> = {}): Worker {
    const { local } = this;
    const now = () => new Date(local.time);
    const background = this.background();
    return jobWorker({
      policy: admitPolicy(parsePolicy(JSON.stringify(WORKSPACE))),
      upstream: this.counted(),
      record: (record) => void this.records.push(record),
      content: storedContent({ ...local.stores(), keyring: local.newKeyring(), background, now }),
      queue: background.queue,
      suspensions: { of: async (member) => this.suspensions.get(member) ?? { disabled: false } },
      counting: [],
      log: (line) => void this.lines.push(line),
      repeats: REPEATS,
      now,
      ...options,
    });
  }

  /** Every queued job, as the stream would name it. */
  public async queued(): Promise<{ readonly user: string; readonly job: string }[]> {
    const rows = await this.local.backup('sciences-job-queue');
    return rows.map(({ pk, sk }) => ({ job: pk?.S ?? '', user: sk?.S ?? '' }));
  }

  /** Runs new workers until nothing is queued any more. */
  public async drain(worker: () => Worker = () => this.worker()): Promise<number> {
    for (let steps = 0; ; steps++) {
      const [next] = await this.queued();
      if (next === undefined) return steps;
      if (steps > 100) throw new Error('the queue never becomes empty');
      await worker().run(next, 60_000);
    }
  }

  /** The time after which the lease of a worker that crashed is over. */
  public afterCrash(): void {
    this.local.time += 120_000;
  }

  /** Erases the content of a member, as an administrator requests it. */
  public async erase(member: string): Promise<void> {
    await this.local.rights().erase(member, 'root');
  }

  public close(): void {
    this.local.close();
  }

  private background() {
    return { queue: this.local.queue(), jobsPerMember: this.jobsPerMember };
  }

  private counted(): Upstream {
    return {
      converse: (destination, request, ...rest) => {
        this.asked.push(JSON.stringify(request.messages));
        return this.upstream.converse(destination, request, ...rest);
      },
      converseStream: (...args) => this.upstream.converseStream(...args),
      invoke: (destination, body, ...rest) => {
        this.asked.push(JSON.stringify(body));
        return this.upstream.invoke(destination, body, ...rest);
      },
    };
  }
}
