import { admittedLayers } from '@/lib/config/admitted-layers';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import type { FactLayer } from '@/lib/facts/layers';
import type { ModelFact } from '@/lib/facts/model-facts';
import { PACKAGED } from '@/lib/facts/packaged';
import { admitPolicy, policyOf } from '@/lib/runtime/gateway/policy/admitted-policy';
import { logAdmissions } from '@/lib/runtime/gateway/policy/log-admissions';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import { decideModel } from '@/lib/runtime/gateway/routing/decide';
import { inForce } from '@/lib/runtime/gateway/routing/in-force';
import { ADMITTED } from '../../../support/admitted';
import { EU_NEXT, NEXT } from '../../../support/bedrock-answers';
import { ANSWER, scriptedBedrock } from '../support/fake-bedrock';
import { chat, errorOf, gatewayFor, HELLO } from '../support/gateway';
import { GPT_OSS, PROJECT } from '../support/policies';

const facts = admittedLayers([ADMITTED], PACKAGED);
const ADMITTED_LAYER = facts[0] as FactLayer;
const ADMITTED_MODEL = ADMITTED_LAYER.models?.[0] as ModelFact;
const policy = (...destinations: GatewayPolicy['models'][number]['destinations'][number][]): GatewayPolicy => ({
  ...PROJECT,
  facts,
  models: [
    { id: 'assistant', destinations },
    { id: 'other', destinations: [{ region: 'eu-north-1', id: GPT_OSS }] },
  ],
  projects: [{ id: 'helpdesk-bot', models: ['assistant', 'other'], limits: {} }],
});
const next = { region: 'eu-central-1', id: EU_NEXT };
const fallback = { region: 'eu-north-1', id: GPT_OSS };
const BEFORE = new Date('2027-04-29T23:59:59Z');
const AFTER = new Date('2027-04-30T00:00:00Z');
const admitted = (of: GatewayPolicy, at: Date) => admitPolicy(parsePolicy(JSON.stringify(of)), () => at);

/** What a client gets of a gateway that started at one time and is called at another. */
async function answer(of: GatewayPolicy, started: Date, called: Date) {
  const endpoints = new Map([
    ['eu-central-1', 'https://bedrock-runtime.eu-central-1.amazonaws.com'],
    ['eu-north-1', 'https://bedrock-runtime.eu-north-1.amazonaws.com'],
  ]);
  const { bedrock, calls } = scriptedBedrock(endpoints, () => ANSWER);
  const { gateway, records } = gatewayFor(of, bedrock, { policy: admitted(of, started), now: () => called });
  const response = await gateway.fetch(chat(HELLO));
  const listed = await gateway.fetch(new Request('https://gateway.test/v1/models'));
  const names = ((await listed.json()) as { data: { id: string }[] }).data.map(({ id }) => id);
  return { response, records, names, hosts: calls.map(({ host }) => host) };
}

test('until its last day, the destination serves', async () => {
  const { response, hosts, names } = await answer(policy(next), BEFORE, BEFORE);
  expect([response.status, hosts]).toEqual([200, ['bedrock-runtime.eu-central-1.amazonaws.com']]);
  expect(names).toEqual(['assistant', 'other']);
});

test.each([
  ['a gateway that runs since before', BEFORE],
  ['a gateway that starts afterwards', AFTER],
])('from its expiry, %s refuses it with a reason of its own, and serves the others', async (_, started) => {
  const { response, records, hosts, names } = await answer(policy(next), started, AFTER);
  expect(await errorOf(response)).toMatchObject({
    status: 404,
    code: 'model_ended',
    param: 'model',
    message:
      `model 'assistant' isn't served any more: the row that admits '${EU_NEXT}' expired on 2027-04-30; the operator must name another ` +
      "destination in residency.yaml, or admit it again, and deploy; inside the EU, these are: 'other'",
  });
  expect(records[0]).toMatchObject({ reason: 'ended' });
  expect(hosts).toEqual([]);
  expect(names).toEqual(['other']);
});

test.each([BEFORE, AFTER])('another destination of the same model serves instead', async (started) => {
  const { response, hosts } = await answer(policy(next, fallback), started, AFTER);
  expect([response.status, hosts]).toEqual([200, ['bedrock-runtime.eu-north-1.amazonaws.com']]);
});

test('a model that ends is refused in the same way', () => {
  const ending = admittedLayers([{ ...ADMITTED, model: { ...ADMITTED.model, endsAt: '2027-02-01' } }], PACKAGED);
  const running = admitted({ ...policy(next), facts: ending }, new Date('2027-01-31T00:00:00Z'));
  expect(inForce(running, new Date('2027-01-31T23:00:00Z'))).toBe(running);
  const message =
    /^model 'assistant' isn't served any more: 'eu\.acme\.model-9-v1:0' ended on 2027-02-01; the operator/;
  expect(inForce(running, new Date('2027-02-01T00:00:00Z')).ended?.get('assistant')).toMatch(message);
  const started = admitted({ ...policy(next), facts: ending }, new Date('2027-02-01T00:00:00Z'));
  expect(started.ended?.get('assistant')).toMatch(message);
});

test('what only an expired row declares of retention serves no project', () => {
  const [layer] = facts;
  const { modelRetention, ...rest } = layer as (typeof facts)[number];
  const later = { ...rest, origin: { ...rest.origin, expires: '2027-06-01' } } as typeof layer;
  const only = { ...policy(next), facts: [later, { origin: rest.origin, modelRetention }] } as GatewayPolicy;
  expect(admitted(only, BEFORE).models.get('assistant')).toMatchObject([{ until: '2027-04-30' }]);
  expect(admitted(only, AFTER).ended?.get('assistant')).toMatch(
    /the row that declares what the provider of 'acme\.model-9-v1:0' retains expired on 2027-04-30; the operator/,
  );
  expect(
    admitted({ ...only, tenant: { kind: 'workspace', ids: ['w'] }, keepsContent: true, projects: undefined }, AFTER)
      .models.size,
  ).toBe(2);
});

test('a project sees no model of another project that has ended', () => {
  const running = admitted(policy(next), AFTER);
  const own = policyOf(running, { id: 'helpdesk-bot', models: ['other'], limits: {} });
  expect([...(own.ended ?? [])]).toEqual([]);
});

test('the start of a gateway logs each admission', () => {
  const lines: string[] = [];
  logAdmissions(admitted(policy(next), BEFORE), (line) => lines.push(line));
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      event: 'admitted',
      id: EU_NEXT,
      from: ['eu-central-1'],
      regions: ['eu-central-1', 'eu-north-1'],
      text: 'admitted by Ada Lovelace for Grace Hopper until 2027-04-30: coding assistant',
    },
  ]);
  logAdmissions(admitPolicy(PROJECT), (line) => lines.push(line));
  expect(lines).toHaveLength(1);
});

test.each([
  ['a gateway that runs since before', BEFORE],
  ['a gateway that starts afterwards', AFTER],
])('%s answers with no other model, if failover may not change it', async (_, started) => {
  const of = policy(next, fallback);
  const fixed = { ...of, models: of.models.map((model) => ({ ...model, interchangeable: false })) };
  const { response, hosts } = await answer(fixed, started, AFTER);
  expect([response.status, hosts]).toEqual([404, []]);
});

test.each([
  ['a gateway that runs since before', BEFORE],
  ['a gateway that starts afterwards', AFTER],
])('%s never embeds with another model than the first', (_, started) => {
  const embedder = { region: 'eu-central-1', id: 'amazon.titan-embed-text-v2:0' };
  const facts = [{ ...ADMITTED_LAYER, models: [{ ...ADMITTED_MODEL, kind: 'embedding' as const }] }];
  const { models, ended } = admitted({ ...policy(next, embedder), facts }, started);
  const ids = (models.get('assistant') ?? []).map(({ id }) => id);
  expect([ids, ended?.has('assistant') ?? false]).toEqual(started === BEFORE ? [[EU_NEXT], false] : [[], true]);
});

test.each<[string, (text: string) => string, RegExp]>([
  [
    'a Region outside in the routes',
    (text) => text.replace('"eu-north-1"]', '"us-east-1"]'),
    /may be processed in us-east-1, .* \(routes-outside\)/,
  ],
  [
    'a global profile',
    (text) => text.replaceAll(EU_NEXT, `global.${NEXT}`).replaceAll('"prefix":"eu"', '"prefix":"global"'),
    /may be processed in any commercial Region of the world/,
  ],
  ['the prefix of another geography', (text) => text.replaceAll(EU_NEXT, `us.${NEXT}`), /'facts' is wrong/],
  ['a host of another provider', (text) => text.replace('"profiles":', '"hosts":[],"profiles":'), /'facts' is wrong/],
  [
    'a row of low confidence',
    (text) => text.replaceAll('"confidence":"high"', '"confidence":"low"'),
    /no reliable source confirms/,
  ],
])('a policy edited by hand with %s is refused', (_, edit, message) => {
  expect(() => admitPolicy(parsePolicy(edit(JSON.stringify(policy(next)))), () => BEFORE)).toThrow(message);
});

test('its own id is refused for that reason too', () => {
  const decision = decideModel(admitted(policy(next, fallback), AFTER), EU_NEXT);
  expect(decision).toMatchObject({
    allowed: false,
    message: expect.stringContaining('the row that admitted it for this deployment has expired'),
  });
});

test('a model that never had a destination has not ended', () => {
  const running = admitted(policy(next), BEFORE);
  const models = new Map([...running.models, ['none', []] as const]);
  const now = inForce({ ...running, models }, AFTER);
  expect([now.models.get('none'), now.ended?.has('none'), now.ended?.has('assistant')]).toEqual([[], false, true]);
});

test('a deployment in Azure serves a project until its check result is too old, whenever the gateway started', () => {
  const azure = { provider: 'azure-eu', model: 'm', kind: 'text' } as const;
  const of: GatewayPolicy = {
    ...policy(azure, fallback),
    providers: [
      {
        name: 'azure-eu',
        service: 'azure',
        resource: 'contoso-eu',
        region: 'germanywestcentral',
        accepted: 'r',
        zeroRetention: 'M-1',
        maxCheckAgeDays: 30,
        deployments: [{ name: 'm', sku: 'DataZoneStandard', model: 'gpt-5.4', readOn: '2026-12-01' }],
      },
    ],
  };
  const first = new Date('2026-12-31T23:59:59Z');
  const last = new Date('2027-01-01T00:00:00Z');
  const ids = (at: Date, started: Date) =>
    inForce(admitted(of, started), at)
      .models.get('assistant')
      ?.map(({ id }) => id);
  expect(ids(first, first)).toEqual(['azure-eu/m', GPT_OSS]);
  expect(ids(last, first)).toEqual([GPT_OSS]);
  expect(ids(last, last)).toEqual([GPT_OSS]);
  const alone = { ...of, models: of.models.map((model) => ({ ...model, destinations: [azure] })) };
  const causes = (started: Date) => inForce(admitted(alone, started), last).ended?.get('assistant');
  expect(causes(first)).toMatch(
    /^model 'assistant' isn't served any more: the check result of 'azure-eu\/m' expired on 2027-01-01; /,
  );
  expect(causes(last)).toMatch(
    /^model 'assistant' isn't served any more: the check result of deployment 'm' of 'azure-eu' is of 2026-12-01, /,
  );
});
