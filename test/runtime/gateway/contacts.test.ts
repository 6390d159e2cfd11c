import fc from 'fast-check';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { Destination } from '@/lib/boundary/destination';
import { decideHost } from '@/lib/boundary/host';
import { mayServeWithoutRetention } from '@/lib/boundary/retention';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { PACKAGED } from '@/lib/facts/packaged';
import { bedrockEndpoints } from '@/lib/runtime/aws/endpoint';
import { OpenAiServers } from '@/lib/runtime/gateway/openai/openai-servers';
import { type AdmittedPolicy, admitPolicy, sourceRegions } from '@/lib/runtime/gateway/policy/admitted-policy';
import { UNRETAINED } from '@/test/support/api-facts';
import { runsOf, TIMES } from '@/test/support/property-runs';
import { AWAY, arn, asked, IDS, id, outcomes, region } from './support/any-request';
import { BY_CHAT } from './support/chat-bedrock';
import { watchContacts } from './support/contacts';
import { ANSWER, FakeBedrock, scriptedBedrock } from './support/fake-bedrock';
import { gatewayFor, HELLO } from './support/gateway';
import { isMarkedRightly } from './support/generated';
import { PROJECT, serving as policyOf } from './support/policies';
import { CHAT_PATH } from './support/strict-chat';

jest.setTimeout(60_000 * TIMES);
const eu = ResidencyBoundary.eu();
const bedrockIn = (all: readonly { readonly provider: string }[]) => all as readonly Destination[];
/** A Bedrock behind the real endpoints that fails in a given order, and then answers. */
function failing(serving: AdmittedPolicy, list: readonly (number | string)[]) {
  const endpoints = bedrockEndpoints(serving.boundary, sourceRegions(serving), {});
  return scriptedBedrock(endpoints, (_, attempt) => {
    const result = list[attempt] ?? 200;
    if (typeof result === 'string') return Object.assign(new Error('failed'), { code: result });
    return result === 200 ? ANSWER : { status: result, body: `{"location":"${AWAY}"}` };
  });
}

test("only the policy's endpoints are connected to, for any request", async () => {
  const fake = await new FakeBedrock().start();
  fake.frankfurt.onMessage(/./, { content: 'ok' });
  fake.stockholm.onMessage(/./, { error: { message: 'slow down' }, status: 429 });
  const { gateway } = gatewayFor(PROJECT, fake.client());
  const { contacts, stop } = watchContacts();
  try {
    await fc.assert(
      fc.asyncProperty(asked, async ({ request }) => {
        await (await gateway.fetch(request)).text();
      }),
      runsOf(100),
    );
    const allowed = [fake.frankfurt, fake.stockholm].map(({ url }) => new URL(url).host);
    expect(contacts.length).toBeGreaterThan(0);
    expect(contacts.filter((contact) => !allowed.includes(contact))).toEqual([]);
  } finally {
    stop();
    await fake.stop();
  }
});

/** The project's policy with Chat Completions in place of Converse. */
const CHATS: GatewayPolicy = {
  ...BY_CHAT,
  projects: PROJECT.projects,
  models: [...BY_CHAT.models, ...PROJECT.models.slice(1)],
};

test.each([
  ['Converse', PROJECT, runsOf(300, 600)],
  ['Chat Completions', CHATS, runsOf(150)],
])('every host called by %s is inside the boundary and in the policy, for any failures', async (_, policy, runs) => {
  const serving = admitPolicy(policy);
  let calledInAll = 0;
  await fc.assert(
    fc.asyncProperty(asked, outcomes, async ({ name, request }, list) => {
      const { bedrock, calls } = failing(serving, list);
      const { gateway, records } = gatewayFor(policy, bedrock, { servers: new OpenAiServers({ bedrock }) });
      const response = await gateway.fetch(request);
      await response.text();
      expect(isMarkedRightly(request, response)).toBe(true);
      // Two destinations, the last tried three times; two texts to embed with Titan are a call each.
      expect(calls.length).toBeLessThanOrEqual(serving.models.has(name) ? 6 : 0);
      calledInAll += calls.length;
      const allowed = [...(serving.models.get(name) ?? [])].map(({ sourceRegion }) => sourceRegion);
      for (const call of calls) {
        const decision = decideHost(eu, call.host);
        expect(decision.inside).toBe(true);
        expect(allowed).toContain(decision.place.region);
        if (name === 'assistant' && policy === CHATS) expect(call.path).toBe(CHAT_PATH);
      }
      expect(records).toHaveLength(1);
      for (const code of records[0]?.mayProcess ?? []) expect(eu.containsRegion(code)).toBe(true);
    }),
    runs,
  );
  expect(calledInAll).toBeGreaterThan(runs.numRuns / 3);
});

test('whatever the policy, nothing is served but what is proven to be inside and unkept', async () => {
  const boundary = fc.constantFrom('eu', 'eea', 'DE', 'SE,FR', 'eu-central-1', 'eu-west-1,eu-north-1', 'us', '');
  const inEurope = fc.constantFrom('eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3', 'eu-south-1', 'eu-west-2');
  const known = fc.record({
    region: inEurope,
    id: fc.constantFrom(...IDS),
    api: fc.constantFrom(undefined, 'chat-completions' as const),
  });
  const destination = fc.oneof({ weight: 4, arbitrary: known }, fc.record({ region, id: fc.oneof(id, arn) }));
  let served = 0;
  await fc.assert(
    fc.asyncProperty(
      boundary,
      fc.array(destination, { minLength: 1, maxLength: 2 }),
      outcomes,
      async (name, list, fails) => {
        const policy: GatewayPolicy = { ...policyOf(...list), boundary: name };
        let serving: AdmittedPolicy;
        try {
          serving = admitPolicy(policy);
        } catch {
          return;
        }
        served += 1;
        const { bedrock, calls } = failing(serving, fails);
        const request = new Request('https://gateway.test/v1/chat/completions', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(HELLO),
        });
        const servers = new OpenAiServers({ bedrock });
        await (await gatewayFor(policy, bedrock, { servers }).gateway.fetch(request)).text();
        const destinations = serving.models.get('assistant') ?? [];
        for (const { modelId, api, regions } of bedrockIn(destinations)) {
          expect(mayServeWithoutRetention(PACKAGED.with(UNRETAINED), modelId, api).inside).toBe(true);
          for (const code of regions) expect(serving.boundary.containsRegion(code)).toBe(true);
        }
        for (const call of calls) {
          expect(decideHost(serving.boundary, call.host).inside).toBe(true);
          const called = (one: Destination) =>
            one.api ? call.path === CHAT_PATH && call.body.model === one.id : call.path.includes(one.id);
          expect(bedrockIn(destinations).map(called)).toContain(true);
        }
      },
    ),
    {
      ...runsOf(300),
      examples: [['eu', [{ region: 'eu-north-1', id: 'openai.gpt-oss-120b-1:0' }], [429, 307]]],
    },
  );
  expect(served).toBeGreaterThan(4 * TIMES);
});
