import { LocalAws } from '../../lib/local/aws/local-aws';
import { echoUpstream } from '../../lib/local/echo/echo';
import { createGateway } from '../../lib/runtime/gateway/app';
import { CachedRegistry } from '../../lib/runtime/gateway/keys/cached-registry';
import { DynamoDbKeyStore } from '../../lib/runtime/gateway/keys/dynamodb-key-store';
import { DynamoDbKeys } from '../../lib/runtime/gateway/keys/dynamodb-keys';
import { newKey } from '../../lib/runtime/gateway/keys/new-key';
import { requireKey } from '../../lib/runtime/gateway/keys/require-key';
import { DynamoDbOpenProjects } from '../../lib/runtime/gateway/open/dynamodb-open-projects';
import { admitPolicy } from '../../lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '../../lib/runtime/gateway/policy/policy';
import { DynamoDbProjectStore } from '../../lib/runtime/projects/dynamodb-project-store';
import { projectsApi } from '../../lib/runtime/projects/projects-api';
import type { Lookup } from './figures';
import { list, lookups, Reads } from './lookups';

/** The keys of each gateway, of as many projects. */
const SAMPLE = 5;
/** Gateways without caches, one after the other. */
const GATEWAYS = 100;

const OPEN = { models: ['assistant'], limits: { tokensPerDay: 1_000_000 } };
const POLICY = admitPolicy(
  parsePolicy(
    JSON.stringify({
      boundary: 'eu',
      keepsContent: false,
      tenant: { kind: 'project', ids: [] },
      models: [{ id: 'assistant', destinations: [{ region: 'eu-central-1', id: 'eu.anthropic.claude-sonnet-4-6' }] }],
      projects: [],
      openProjects: OPEN,
    }),
  ),
);

/** Creates open projects by their API, with a key each, and measures requests with these keys. */
export async function measureProjects(file: string, count: number): Promise<{ lookup: Lookup; reads: number }> {
  const reads = new Reads();
  const aws = new LocalAws({
    file,
    region: 'eu-central-1',
    tables: [{ name: 'keys', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' }],
    wrap: reads.wrap,
  });
  try {
    const table = { client: aws.dynamodb(), name: 'keys' };
    const api = projectsApi({
      policy: { boundary: POLICY.boundary, keepsContent: false, tenant: { kind: 'project', ids: [] } },
      open: { boundary: 'eu', ...OPEN, maximum: count, declared: [] },
      store: new DynamoDbProjectStore(table),
      record: () => {},
    });
    const store = new DynamoDbKeyStore(table);
    const keys: string[] = [];
    for (let at = 0; at < count; at++) {
      const project = `customer-${at}`;
      const body = JSON.stringify({ limits: { tokens_per_day: 1_000 + at } });
      const request = new Request(`https://gateway.invalid/admin/v1/projects/${project}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const { status } = await api.fetch(request);
      if (status >= 300) throw new Error(`project ${at} was answered with ${status}`);
      const { key, record } = newKey({ kind: 'deployment', project, open: true, created: new Date() });
      await store.add(record);
      keys.push(key);
    }
    const gateway = () =>
      createGateway({
        policy: POLICY,
        upstream: echoUpstream,
        record: () => {},
        middleware: [
          requireKey({
            policy: POLICY,
            registry: new CachedRegistry(new DynamoDbKeys(table)),
            openProjects: new CachedRegistry(new DynamoDbOpenProjects(table)),
            kind: 'deployment',
          }),
        ],
      });
    const keysOf = (at: number) =>
      Array.from({ length: SAMPLE }, (_, more) => keys[(at * SAMPLE + more) % count] ?? '');
    // The first requests of a process compile what all others use.
    for (let at = 0; at < GATEWAYS; at++) for (const key of keysOf(at)) await list(gateway(), key);
    reads.count = 0;
    await list(gateway(), keys[0] ?? '');
    const ofOne = reads.count;
    const lookup = await lookups(keysOf, Array.from({ length: GATEWAYS }, gateway));
    return { lookup, reads: ofOne };
  } finally {
    aws.close();
  }
}
