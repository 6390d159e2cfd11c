import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { rights as command } from '@/lib/cli/commands/rights';
import { send } from '../front/client';
import type { Front } from '../front/front';

/** What the command of an administrator is told of a job or hold. */
export interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly user: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly certificate?: string;
  readonly certificate_sha256?: string;
  readonly key_deleted_at?: string;
}

const DEADLINE_MS = 60_000;

/** Runs `eu-residency rights` in this process, as an administrator of a workspace would; only the connection is another. */
export class Administrator {
  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
    private readonly front: Front,
  ) {}

  /** What the command writes: a job or hold, or the list of them. */
  public async say(...args: readonly string[]): Promise<Shown & { readonly data: readonly Shown[] }> {
    const [fetching, log] = [globalThis.fetch, console.log];
    const lines: string[] = [];
    // What the front itself fetches meanwhile, the code of a function, isn't on its way to the API.
    globalThis.fetch = (url, init) =>
      String(url).startsWith(this.baseUrl.replace(/v1$/, ''))
        ? send(new URL(String(url)), init ?? {}, this.front.port, { apiKey: this.token })
        : fetching(url, init);
    console.log = (line: string) => void lines.push(line);
    process.env.EU_RESIDENCY_TOKEN = this.token;
    try {
      await command([...args, '--url', this.baseUrl, '--format', 'json']);
      return JSON.parse(lines.at(-1) ?? '');
    } finally {
      globalThis.fetch = fetching;
      console.log = log;
    }
  }

  /** Waits for a job to come to a state. */
  public async until(id: string, state: string): Promise<Shown> {
    const begun = Date.now();
    for (;;) {
      const job = await this.say('status', id);
      if (job.state === state) return job;
      assert.ok(Date.now() - begun < DEADLINE_MS, `job ${id} is ${job.state}, not ${state}`);
      await sleep(250);
    }
  }

  /** All jobs of a kind. */
  public async jobs(kind: string): Promise<readonly Shown[]> {
    return (await this.say('status')).data.filter((job) => job.kind === kind);
  }
}
