import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { admitPolicy, type Project, policyOf } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import { apiRow, releaseOf } from '@/test/support/api-facts';
import { BY_CHAT } from '../support/chat-bedrock';
import { CLAUDE, GPT_OSS, PROJECT, serving, WORKSPACE } from '../support/policies';

test.each<[string, GatewayPolicy]>([
  ['a project', PROJECT],
  ['a workspace', WORKSPACE],
  [
    'a workspace with a model whose provider may keep content',
    {
      ...WORKSPACE,
      models: [{ id: 'assistant', destinations: [{ region: 'eu-central-1', id: 'eu.anthropic.claude-sonnet-5' }] }],
    },
  ],
  ['a boundary of countries', { ...serving({ region: 'eu-central-1', id: GPT_OSS }), boundary: 'DE' }],
])('admits %s', (_, policy) => {
  const admitted = admitPolicy(parsePolicy(JSON.stringify(policy)));
  expect([...admitted.models.keys()]).toEqual(policy.models.map((model) => model.id));
});

test('knows every Region that may serve', () => {
  const [profile, direct] = admitPolicy(PROJECT).models.get('assistant') ?? [];
  expect(profile).toMatchObject({ id: CLAUDE, sourceRegion: 'eu-central-1', throughProfile: true });
  expect(profile?.regions).toContain('eu-west-3');
  expect(direct?.regions).toEqual(['eu-north-1']);
});

const TITAN = ['amazon.titan-embed-text-v2:0', 'amazon.titan-embed-text-v1'];

test.each<[string, string[], boolean | undefined, string[]]>([
  ['models that may change', [CLAUDE, GPT_OSS], undefined, [CLAUDE, GPT_OSS]],
  ['models that may not', [CLAUDE, GPT_OSS], false, [CLAUDE]],
  ['embedding models, which never may', TITAN, true, TITAN.slice(0, 1)],
  ['an embedding model after a chat model', [GPT_OSS, ...TITAN], undefined, [GPT_OSS, TITAN[0] ?? '']],
])('of %s, these answer', (_, ids, interchangeable, answering) => {
  const policy = serving(...ids.map((id) => ({ region: 'eu-central-1', id })));
  const models = policy.models.map((model) => ({ ...model, interchangeable }));
  const admitted = admitPolicy(parsePolicy(JSON.stringify({ ...policy, models }))).models.get('assistant');
  expect(admitted?.map(({ id }) => id)).toEqual(answering);
});

test('a Region that Bedrock named beyond the facts may have processed a request too', () => {
  const policy = serving({ region: 'eu-central-1', id: 'eu.amazon.nova-lite-v1:0', furtherRegions: ['eu-south-1'] });
  const [destination] = admitPolicy(parsePolicy(JSON.stringify(policy))).models.get('assistant') ?? [];
  expect(destination?.regions).toContain('eu-south-1');
});

test.each<[string, GatewayPolicy, string]>([
  [
    'a further Region outside',
    serving({ region: 'eu-central-1', id: CLAUDE, furtherRegions: ['eu-west-2'] }),
    'may be processed in eu-west-2, London (GB), outside the EU, as the provider itself stated (routes-outside)',
  ],
  [
    'a global profile',
    serving({ region: 'eu-central-1', id: 'global.anthropic.claude-sonnet-4-6' }),
    "model 'assistant', destination 'global.anthropic.claude-sonnet-4-6' from eu-central-1: " +
      "'global.anthropic.claude-sonnet-4-6' may be processed in any commercial Region of the world; use '",
  ],
  [
    'London',
    serving({ region: 'eu-west-2', id: 'amazon.nova-lite-v1:0' }),
    "'eu-west-2' is in London (GB), outside the EU",
  ],
  ['a Region of the US', serving({ region: 'us-east-1', id: GPT_OSS }), "'us-east-1' is in "],
  [
    'an unknown model',
    serving({ region: 'eu-central-1', id: 'acme.model-v1' }),
    "the facts contain no model or profile 'acme.model-v1'",
  ],
  [
    'a model that the Region does not serve',
    serving({ region: 'eu-west-3', id: GPT_OSS }),
    "eu-west-3 doesn't serve 'openai.gpt-oss-120b-1:0' itself",
  ],
  [
    'a profile that leaves a narrower boundary',
    { ...serving({ region: 'eu-central-1', id: CLAUDE }), boundary: 'DE' },
    '(routes-outside)',
  ],
  [
    'a model whose provider may keep content, for a project',
    {
      ...serving({ region: 'eu-central-1', id: 'eu.anthropic.claude-sonnet-5' }),
      facts: [
        {
          origin: { kind: 'release', version: 1 },
          modelRetention: [
            {
              modelId: 'anthropic.claude-sonnet-5',
              underNone: 'served',
              days: 30,
              keeper: 'the provider',
              what: 'all traffic',
              source: 'test',
              asOf: '2026-11-30',
              confidence: 'high',
            },
          ],
        },
      ],
    },
    "the provider of 'anthropic.claude-sonnet-5' may retain all traffic for up to 30 days (as of 2026-11-30), but a project retains nothing; remove it or name another model (keeps-content)",
  ],
  [
    'a project that is called by an API of which a release says that it retains content',
    { ...BY_CHAT, facts: [releaseOf(apiRow('retention'))] },
    "by the API 'chat-completions', it says so (as of 2026-11-30), but a project retains nothing; remove it or name another model (keeps-content)",
  ],
  [
    'a guardrail that no call by Chat Completions has',
    {
      ...BY_CHAT,
      projects: [
        {
          id: 'helpdesk-bot',
          models: ['assistant'],
          limits: {},
          guardrails: ['eu-central-1', 'eu-north-1'].map((region) => ({ region, id: 'gr1', version: '3' })),
        },
      ],
    },
    "the gateway applies no guardrail to calls by the API 'chat-completions'; remove 'api', which uses Converse",
  ],
  [
    'an API of Bedrock that is unknown',
    serving({ region: 'eu-central-1', id: GPT_OSS, api: 'responses' as never }),
    "policy.json doesn't have the form that this gateway reads",
  ],
  [
    'one bad destination among good ones',
    serving({ region: 'eu-central-1', id: CLAUDE }, { region: 'us-east-1', id: GPT_OSS }),
    'from us-east-1: ',
  ],
  [
    'a model given twice',
    { ...PROJECT, models: [...PROJECT.models, ...PROJECT.models] },
    "model 'assistant' is defined twice",
  ],
  ['a project that keeps content', { ...PROJECT, keepsContent: true }, "'keepsContent' is true for a project"],
  [
    'a boundary outside Europe',
    { ...PROJECT, boundary: 'US' },
    "policy.json: 'boundary' can't be read: a boundary may contain only EEA countries, got 'US'",
  ],
])('does not start with %s', (_, policy, message) => {
  expect(() => admitPolicy(parsePolicy(JSON.stringify(policy)))).toThrow(message);
});

test('shows each project its own models only', () => {
  const projects = [{ id: 'helpdesk-bot', models: ['embed'], limits: { tokensPerDay: 5 } }];
  const admitted = admitPolicy(parsePolicy(JSON.stringify({ ...PROJECT, projects })));
  expect([...admitted.projects.values()]).toEqual(projects);
  expect([...policyOf(admitted, projects[0] as Project).models.keys()]).toEqual(['embed']);
});

const described = (...projects: object[]) => JSON.stringify({ ...PROJECT, projects });
const bot = { id: 'helpdesk-bot', models: ['assistant'], limits: {} };

test.each<[string, string, string]>([
  ['a project that is not described', JSON.stringify({ ...PROJECT, projects: undefined }), 'helpdesk-bot, got none'],
  ['a project described twice', described(bot, bot), 'helpdesk-bot, got helpdesk-bot, helpdesk-bot'],
  ['a project that is not served', described(bot, { ...bot, id: 'other' }), 'got helpdesk-bot, other'],
  ['a workspace with projects', JSON.stringify({ ...WORKSPACE, projects: [bot] }), 'none, got helpdesk-bot'],
  [
    'a model that is not served',
    described({ ...bot, models: ['other'] }),
    "'helpdesk-bot' may use model 'other', which",
  ],
  ['a project without models', described({ ...bot, models: [] }), "'projects.0.models' must have at least 1 entry"],
  ['no limits', described({ ...bot, limits: undefined }), "'projects.0.limits' must be of type object"],
  ['a limit of 0', described({ ...bot, limits: { tokensPerDay: 0 } }), 'must be a positive whole number'],
  ['a limit that is a text', described({ ...bot, limits: { tokensPerDay: '5' } }), 'must be of type number'],
  ['half a request', described({ ...bot, limits: { requestsPerMinute: 0.5 } }), 'requestsPerMinute'],
  ['an unknown limit', described({ ...bot, limits: { tokensPerHour: 5 } }), 'unknown keys: tokensPerHour'],
])('does not start with %s', (_, text, message) => {
  expect(() => admitPolicy(parsePolicy(text))).toThrow(message);
});

test('names every invalid destination and the remedy in one message', () => {
  const policy = serving({ region: 'us-east-1', id: GPT_OSS }, { region: 'eu-west-2', id: 'amazon.nova-lite-v1:0' });
  expect(() => admitPolicy(policy)).toThrow(
    /not all destinations are inside the EU: .*us-east-1.*eu-west-2.*; correct the destinations in residency\.yaml and deploy again$/,
  );
});

test.each<[string, string, string]>([
  ['text', 'not json', 'policy.json is not JSON; deploy the gateway again'],
  ['no models', JSON.stringify({ ...PROJECT, models: [] }), "'models' must have at least 1 entry"],
  ['a model without destinations', JSON.stringify(serving()), "'models.0.destinations' must have at least 1 entry"],
  ['no boundary', JSON.stringify({ ...PROJECT, boundary: undefined }), "'boundary' must be of type string"],
  [
    'a key that no version of the gateway honours',
    JSON.stringify({ ...PROJECT, allowGlobal: true }),
    'unknown keys: allowGlobal',
  ],
  [
    'another kind of tenant',
    JSON.stringify({ ...PROJECT, tenant: { kind: 'team', ids: ['a'] } }),
    "'tenant.kind' must be one of project, workspace",
  ],
  [
    'a name with a space',
    JSON.stringify({ ...PROJECT, tenant: { kind: 'project', ids: ['a b'] } }),
    "'tenant.ids.0' must match ",
  ],
])('refuses a policy.json of %s', (_, text, message) => {
  expect(() => parsePolicy(text)).toThrow(message);
});
