import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { rights as command } from '@/lib/cli/commands/rights';
import type { ApiGateway } from '../api-gateway/api-gateway';
import { send } from '../api-gateway/client';

/** A job or hold, as the administrator's command reports it. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly user: string | null;
  /** Of jobs about all users, and of certified erasures. */
  readonly counts?: Readonly<Record<string, number>>;
  readonly certificate?: string;
  readonly certificate_sha256?: string;
  readonly key_deleted_at?: string;
}

const DEADLINE_MS = 60_000;

/** Runs `eu-residency rights` in this process, as a workspace administrator would. Only the connection differs. */
export class Administrator {
  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
    private readonly apiGateway: ApiGateway,
  ) {}

  /** Runs the command, and returns the job, hold or list that it prints. */
  public async run(...args: readonly string[]): Promise<Job & { readonly data: readonly Job[] }> {
    const [originalFetch, log] = [globalThis.fetch, console.log];
    const lines: string[] = [];
    // The simulated API Gateway meanwhile fetches a function's code; only requests to the API are redirected.
    globalThis.fetch = (url, init) =>
      String(url).startsWith(this.baseUrl.replace(/v1$/, ''))
        ? send(new URL(String(url)), init ?? {}, this.apiGateway.port, { apiKey: this.token })
        : originalFetch(url, init);
    console.log = (line: string) => void lines.push(line);
    process.env.EU_RESIDENCY_TOKEN = this.token;
    try {
      await command([...args, '--url', this.baseUrl, '--format', 'json']);
      return JSON.parse(lines.at(-1) ?? '');
    } finally {
      globalThis.fetch = originalFetch;
      console.log = log;
    }
  }

  /** Waits until a job reaches a state. */
  public async until(id: string, state: string): Promise<Job> {
    const startedAt = Date.now();
    for (;;) {
      const job = await this.run('status', id);
      if (job.state === state) return job;
      assert.ok(Date.now() - startedAt < DEADLINE_MS, `job ${id} is ${job.state}, not ${state}`);
      await sleep(250);
    }
  }

  /** All jobs of a kind. */
  public async jobs(kind: string): Promise<readonly Job[]> {
    return (await this.run('status')).data.filter((job) => job.kind === kind);
  }
}
