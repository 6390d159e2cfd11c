/**
 * This gateway with everything that a deployment does: a key, counted limits, the decision and both records. Its model `assistant`
 * is on Bedrock, and `local` is on a server with OpenAI's protocol. It prints its port to standard error, because records go to
 * standard output.
 */

import type { GatewayPolicy } from '../../lib/contract/policies/gateway-policy';
import { listenOnLoopback } from '../../lib/local/loopback';
import { createGateway } from '../../lib/runtime/gateway/app';
import { Bedrock } from '../../lib/runtime/gateway/bedrock/bedrock';
import { CachedRegistry } from '../../lib/runtime/gateway/keys/cached-registry';
import { newKey } from '../../lib/runtime/gateway/keys/new-key';
import { requireKey } from '../../lib/runtime/gateway/keys/require-key';
import type { Counter, Counters } from '../../lib/runtime/gateway/limits/counters';
import { Limits } from '../../lib/runtime/gateway/limits/limits';
import { limitsOfProject } from '../../lib/runtime/gateway/limits/rate-limited';
import { OpenAiServers } from '../../lib/runtime/gateway/openai/openai-servers';
import { admitPolicy } from '../../lib/runtime/gateway/policy/admitted-policy';

const UPSTREAM = process.env.UPSTREAM ?? '';
const CLAUDE = 'eu.anthropic.claude-sonnet-4-6';
const GPT_OSS = 'openai.gpt-oss-120b-1:0';

/** Counts like a table, after a turn of the event loop. */
class MemoryCounters implements Counters {
  private readonly counts = new Map<string, number>();

  public async add({ tenant, name }: Counter, amount: number, below = Number.POSITIVE_INFINITY) {
    const key = `${tenant} ${name}`;
    const count = this.counts.get(key) ?? 0;
    if (count >= below) return undefined;
    this.counts.set(key, count + amount);
    return count + amount;
  }

  public async read({ tenant, name }: Counter) {
    return this.counts.get(`${tenant} ${name}`) ?? 0;
  }
}

type Destinations = GatewayPolicy['models'][number]['destinations'];

const BEDROCK: Destinations = [
  { region: 'eu-central-1', id: CLAUDE },
  { region: 'eu-central-1', id: GPT_OSS },
];
const SERVER: Destinations = [{ server: `${UPSTREAM}/v1`, model: 'fake', kind: 'text', region: 'eu-central-1' }];
const policy = admitPolicy({
  boundary: 'eu',
  keepsContent: false,
  tenant: { kind: 'project', ids: ['bench'] },
  models: [
    { id: 'assistant', destinations: BEDROCK },
    { id: 'local', destinations: SERVER },
  ],
  projects: [
    {
      id: 'bench',
      models: ['assistant', 'local'],
      limits: { requestsPerMinute: 10_000_000, tokensPerDay: 1_000_000_000_000 },
    },
  ],
});
const { key, record } = newKey({ kind: 'local', project: 'bench', created: new Date() });
const registry = new CachedRegistry({ find: async (id) => (id === record.id ? record : undefined) });
const limits = new Limits(new MemoryCounters(), limitsOfProject);
const gateway = createGateway({
  policy,
  upstream: new Bedrock({
    endpoints: new Map([['eu-central-1', UPSTREAM]]),
    credentials: { accessKeyId: 'AKIDBENCH', secretAccessKey: 'bench' },
  }),
  servers: new OpenAiServers(),
  middleware: [requireKey({ policy, registry, kind: 'local' }), limits.middleware],
  // Otherwise, a soak with faults would open the circuits and measure refusals.
  resilience: process.env.FAULTS === undefined ? {} : { failuresToOpen: 1_000_000, retryDelayMs: 5 },
});

/** For the soak: the memory in use after garbage collection. */
process.on('message', (message) => {
  if (message !== 'memory') return;
  (globalThis as { gc?: () => void }).gc?.();
  process.send?.(process.memoryUsage());
});
process.on('unhandledRejection', (error) => {
  console.error('unhandled rejection', (error as Error)?.name);
  process.exit(70);
});

void listenOnLoopback(new Map([['', gateway.fetch]]), 0).then(({ url }) => {
  console.error(`${new URL(url).port} ${key}`);
});

// Ends with the measuring process, however that ends.
process.once('disconnect', () => process.exit(0));
