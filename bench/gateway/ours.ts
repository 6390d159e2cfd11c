/**
 * This gateway with everything that a deployment does: a key, counted limits, the decision and both records. With TABLE, it looks up the
 * key and counts in the table at this URL as a deployment does; otherwise in memory. Its model `assistant`
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
import { Limits } from '../../lib/runtime/gateway/limits/limits';
import { limitsOfProject } from '../../lib/runtime/gateway/limits/rate-limited';
import { OpenAiServers } from '../../lib/runtime/gateway/openai/openai-servers';
import { admitPolicy } from '../../lib/runtime/gateway/policy/admitted-policy';
import { storesOf } from './stores';

const UPSTREAM = process.env.UPSTREAM ?? '';
const CLAUDE = 'eu.anthropic.claude-sonnet-4-6';
const GPT_OSS = 'openai.gpt-oss-120b-1:0';

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

async function listen(): Promise<void> {
  const { keys, counters } = await storesOf(record, process.env.TABLE);
  const limits = new Limits(counters, limitsOfProject);
  const gateway = createGateway({
    policy,
    upstream: new Bedrock({
      endpoints: new Map([['eu-central-1', UPSTREAM]]),
      credentials: { accessKeyId: 'AKIDBENCH', secretAccessKey: 'bench' },
    }),
    servers: new OpenAiServers(),
    middleware: [requireKey({ policy, registry: new CachedRegistry(keys), kind: 'local' }), limits.middleware],
    // Otherwise, a soak with faults would open the circuits and measure refusals.
    resilience: process.env.FAULTS === undefined ? {} : { failuresToOpen: 1_000_000, retryDelayMs: 5 },
  });
  const { url } = await listenOnLoopback(new Map([['', gateway.fetch]]), 0);
  console.error(`${new URL(url).port} ${key}`);
}

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

void listen();

// Ends with the measuring process, however that ends.
process.once('disconnect', () => process.exit(0));
