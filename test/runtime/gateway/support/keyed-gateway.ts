import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import { CachedRegistry } from '@/lib/runtime/gateway/keys/cached-registry';
import { newKey } from '@/lib/runtime/gateway/keys/new-key';
import { requireKey } from '@/lib/runtime/gateway/keys/require-key';
import type { Counters } from '@/lib/runtime/gateway/limits/counters';
import { Limits } from '@/lib/runtime/gateway/limits/limits';
import { Prices } from '@/lib/runtime/gateway/limits/priced';
import { limitsOfProject } from '@/lib/runtime/gateway/limits/rate-limited';
import type { OpenProjectRegistry } from '@/lib/runtime/gateway/open/open-project';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { gatewayFor, NO_BEDROCK } from './gateway';
import { MemoryCounters, MemoryKeys } from './memory-store';
import { PROJECT } from './policies';

type ProjectLimit = NonNullable<GatewayPolicy['projects']>[number]['limits'];

/** What a request's headers can be made of. */
export type SentHeaders = ConstructorParameters<typeof Headers>[0];

/** Two projects: one may use both models, the other the assistant only. */
export const TWO_PROJECTS = (limits: ProjectLimit = {}): GatewayPolicy => ({
  ...PROJECT,
  tenant: { kind: 'project', ids: ['helpdesk-bot', 'search'] },
  projects: [
    { id: 'helpdesk-bot', models: ['assistant', 'embed'], limits },
    { id: 'search', models: ['assistant'], limits },
  ],
});

export interface Keyed {
  readonly upstream?: Upstream;
  readonly counters?: Counters;
  readonly limits?: ProjectLimit;
  /** @default - two projects, one of which may use both models */
  readonly policy?: GatewayPolicy;
  /** @default - none are open */
  readonly openProjects?: OpenProjectRegistry;
}

/** A gateway that takes keys, under a clock that tests turn. */
export function keyedGateway({
  upstream = NO_BEDROCK,
  counters = new MemoryCounters(),
  limits = {},
  policy = TWO_PROJECTS(limits),
  openProjects,
}: Keyed = {}) {
  const clock = { time: Date.parse('2026-11-24T10:00:30Z') };
  const now = () => new Date(clock.time);
  const store = new MemoryKeys();
  const projectLimits = new Limits(counters, limitsOfProject, new Prices(policy.prices));
  const registry = new CachedRegistry(store, { now });
  const middleware = [
    requireKey({
      policy: admitPolicy(policy),
      registry,
      ...(openProjects && { openProjects: new CachedRegistry(openProjects, { now }) }),
      kind: 'deployment',
    }),
    projectLimits.middleware,
  ];
  const fixture = gatewayFor(policy, upstream, { middleware, now, usage: projectLimits.usage });

  /** A new key of a project, stored. */
  const make = async (
    project = 'helpdesk-bot',
    over: { kind?: 'deployment' | 'local'; expires?: Date; open?: true } = {},
  ) => {
    const made = newKey({ kind: 'deployment', project, created: now(), ...over });
    await store.add(made.record);
    return made;
  };
  /** `GET /v1/models` with these headers. */
  const models = (headers: SentHeaders = {}) =>
    fixture.gateway.fetch(new Request('https://gateway.test/v1/models', { headers }));
  const withKey = (key: string) => models({ authorization: `Bearer ${key}` });
  return { ...fixture, clock, now, store, counters, projectLimits, make, models, withKey };
}
