import { alternatives, closestFirst } from '@/lib/boundary/alternatives';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { mayServeWithoutRetention } from '@/lib/boundary/retention';
import { retainedContent } from '@/lib/config/checks/retained-content';
import { kindNotServed, usableTargets } from '@/lib/config/model/usable';
import type { Facts } from '@/lib/facts/facts';
import { ON_DEMAND_MODELS } from '@/lib/facts/generated/on-demand-models';
import { PACKAGED } from '@/lib/facts/packaged';
import { embedderOf } from '@/lib/runtime/gateway/embeddings/embedder';
import { apiRow, releaseOf, UNRETAINED } from '../support/api-facts';
import { KEEPER, UNCONFIRMED } from '../support/unconfirmed-facts';
import { edited, linesOf, VALID } from './support';

const EU = ResidencyBoundary.eu().regionCodes('aws').join(', ');
const EVERYWHERE = ResidencyBoundary.eu().regionCodes().join(', ');
const OTHERS = 'eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3';
const SONNET = 'anthropic.claude-sonnet-4-6';
const SECOND = 'bedrock: openai.gpt-oss-120b-1:0';
const TENANTS = VALID.slice(VALID.indexOf('workspaces'));
const MODELS = VALID.slice(VALID.indexOf('models'), VALID.indexOf('workspaces'));
const VOID =
  'belongs to a deployment, but the file has no workspace and no project to deploy; ' +
  "add one under 'workspaces' or 'projects', or keep only 'boundary', which is all that the guard needs";
const recovery = (code: string) => ['eu-central-1', `eu-central-1, recovery: ${code}`] as const;
const closest = (id: string, facts = PACKAGED, serves = (_: string) => true) => {
  const boundary = ResidencyBoundary.eu()._withFacts(facts);
  const targets = usableTargets(boundary, 'eu-central-1').filter(({ modelId }) => serves(modelId));
  return closestFirst(boundary, targets, id).slice(0, 3).join(', ');
};
const instead = (id: string) => alternatives(ResidencyBoundary.eu(), 'eu-central-1', id);
const second = (id: string) => [SECOND, `bedrock: ${id}`] as const;

// biome-ignore format: one row a line
test.each<[string, readonly [string, string], string]>([
  ['London as the primary Region', ['eu-central-1', 'eu-west-2'], `3:21: regions.primary: found 'eu-west-2', which is in London (GB), outside the EU; use one of ${EU}`],
  ['a primary Region outside the list', ['boundary: eu', 'boundary: [eu-west-3]'], "3:21: regions.primary: found 'eu-central-1', which is in Frankfurt (DE), outside eu-west-3; use 'eu-west-3'"],
  ['a typo in the primary Region', ['eu-central-1', 'eu-cental-1'], `3:21: regions.primary: found 'eu-cental-1', which isn't a Region in the facts; use one of ${EVERYWHERE}; did you mean 'eu-central-1'?`],
  ['a city in place of its Region', ['eu-central-1', 'Frankfurt'], `3:21: regions.primary: found 'Frankfurt', which isn't a Region in the facts; use one of ${EVERYWHERE}; did you mean 'eu-central-1'?`],
  ['a city that the facts write with its country', ['eu-central-1', 'dublin'], `3:21: regions.primary: found 'dublin', which isn't a Region in the facts; use one of ${EVERYWHERE}; did you mean 'eu-west-1'?`],
  ['a country in place of its Region', ['eu-central-1', 'Sweden'], `3:21: regions.primary: found 'Sweden', which isn't a Region in the facts; use one of ${EVERYWHERE}; did you mean 'eu-north-1'?`],
  ['a city outside the boundary', ['eu-central-1', 'London'], `3:21: regions.primary: found 'London', which isn't a Region in the facts; use one of ${EVERYWHERE}`],
  ['a boundary without any Region', ['boundary: eu', 'boundary: [NO]'], "3:21: regions.primary: found 'eu-central-1', but AWS has no Region in NO; add a country with a Region to 'boundary', one of DE, ES, FR, IE, IT, SE, or use 'boundary: eea'"],
  ['a Region in upper case', ['eu-central-1', 'EU-CENTRAL-1'], "3:21: regions.primary: found 'EU-CENTRAL-1', which isn't a Region code; AWS spells it 'eu-central-1'"],
  ['Zurich as the recovery Region', recovery('eu-central-2'), `3:45: regions.recovery: found 'eu-central-2', which is in Zurich (CH), outside the EU; use one of ${EU}`],
  ['the primary Region as the recovery Region', recovery('eu-central-1'), `3:45: regions.recovery: found 'eu-central-1', which is also the primary Region; use one of ${OTHERS}`],
  ['recovery in another partition', recovery('eusc-de-east-1'), `3:45: regions.recovery: found 'eusc-de-east-1' in partition aws-eusc, but the primary Region 'eu-central-1' is in partition aws, and nothing is replicated between partitions; use one of ${OTHERS}`],
  ['a global profile', second(`global.${SONNET}`), `8:18: models[0].destinations[1].bedrock: found 'global.${SONNET}', which may be processed in any commercial Region of the world; use 'eu.${SONNET}', which stays inside the boundary`],
  ["another geography's profile", second('us.amazon.nova-lite-v1:0'), `8:18: models[0].destinations[1].bedrock: profile 'us.amazon.nova-lite-v1:0' is unknown; did you mean 'eu.amazon.nova-lite-v1:0'?`],
  ["another geography's profile without its version", second('us.anthropic.claude-haiku-4-5'), "8:18: models[0].destinations[1].bedrock: profile 'us.anthropic.claude-haiku-4-5' is unknown; did you mean 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'?"],
  ['a model without its version', second('openai.gpt-oss-120b'), "8:18: models[0].destinations[1].bedrock: the facts contain no model or profile 'openai.gpt-oss-120b'; did you mean 'openai.gpt-oss-120b-1:0'?"],
  ['a typo in a model', second('openai.gpt-oss-120b-1:1'), "8:18: models[0].destinations[1].bedrock: the facts contain no model or profile 'openai.gpt-oss-120b-1:1'; did you mean 'openai.gpt-oss-120b-1:0'?"],
  ['a model like no other', second('llama'), `8:18: models[0].destinations[1].bedrock: the facts contain no model or profile 'llama'; ${instead('llama')}`],
  ['a model that the Region only serves through a profile', second('amazon.nova-pro-v1:0'), "8:18: models[0].destinations[1].bedrock: eu-central-1 doesn't serve 'amazon.nova-pro-v1:0' itself; use 'eu.amazon.nova-pro-v1:0', which stays inside the boundary"],
  ['a profile with an unconfirmed place', second('eu.anthropic.claude-opus-5'), `8:18: models[0].destinations[1].bedrock: the destinations of 'eu.anthropic.claude-opus-5' called from eu-central-1 are unknown; ${instead('eu.anthropic.claude-opus-5')}; if Bedrock serves it to you, admit its answer with 'eu-residency facts admit eu.anthropic.claude-opus-5'`],
  ['a profile of the account', second('arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/x'), "8:18: models[0].destinations[1].bedrock: 'application-inference-profile/x' hides the models and Regions it routes to; name the profile that it was created from"],
  ['a model of images', second('amazon.titan-embed-image-v1'), `8:18: models[0].destinations[1].bedrock: found 'amazon.titan-embed-image-v1', a model of the kind 'embedding of images'; not available in this version: the gateway supports only chat and text embeddings; allowed from eu-central-1, among others: ${closest('amazon.titan-embed-image-v1')}`],
  ["a profile by its ARN in an account", second(`arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.${SONNET}`), `8:18: models[0].destinations[1].bedrock: found 'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.${SONNET}', which belongs to account 111122223333, and the calling account is unknown; name the profile by its id, 'eu.${SONNET}'`],
  ['a repeated destination', second(`eu.${SONNET}`), `8:9: models[0].destinations[1]: found 'eu.${SONNET}' a second time; remove one of them`],
  ['an API that the gateway does not speak', [SECOND, `${SECOND}\n        api: responses`], "9:14: models[0].destinations[1].api: found 'responses'; allowed: converse, chat-completions"],
  ['an API for chats with an embedding model', second('amazon.titan-embed-text-v2:0\n        api: chat-completions'), "9:14: models[0].destinations[1].api: found 'chat-completions', but 'amazon.titan-embed-text-v2:0' is a model of the kind 'embedding', and the API 'chat-completions' serves only chats; remove 'api'"],
  ['a destination in Virginia', [SECOND, `${SECOND}\n        region: us-east-1`], `9:17: models[0].destinations[1].region: found 'us-east-1', which is in N. Virginia (US), outside the EU; use one of ${EU}`],
  ['a destination in another partition', [SECOND, `${SECOND}\n        region: eusc-de-east-1`], `9:17: models[0].destinations[1].region: found 'eusc-de-east-1' in partition aws-eusc, but the primary Region 'eu-central-1' is in partition aws, and an account can't use another partition; use one of ${EU}`],
  ['a malformed Region of a destination', [SECOND, 'bedrock: amazon.nova-pro-v1:0\n        region: 5'], '9:17: models[0].destinations[1].region: found the number 5; allowed: a Region code such as eu-central-1'],
  ['a workspace with an unknown model', ['models: [assistant]', 'models: [asistant]'], "13:14: workspaces[0].models[0]: found 'asistant', which isn't defined in this file; allowed: assistant; did you mean 'assistant'?"],
  ['a project with an unknown model', ['bot\n    models: [assistant]', 'bot\n    models: [embed]'], "16:14: projects[0].models[0]: found 'embed', which isn't defined in this file; allowed: assistant"],
  ['a project with the id of a workspace', ['helpdesk-bot', 'sciences'], "15:9: projects[0].id: found 'sciences' a second time; workspaces and projects share one set of ids, because resources are named after them"],
  ['a second model of the same id', ['workspaces:', '  - { id: assistant, destinations: [{ bedrock: zai.glm-4.7-flash }] }\nworkspaces:'], "9:11: models[1].id: found 'assistant' a second time; give each model its own id"],
  ['two embedding models in one list', second('amazon.titan-embed-text-v2:0\n      - bedrock: amazon.titan-embed-text-v1'), "7:7: models[0].destinations: found 'amazon.titan-embed-text-v1' besides 'amazon.titan-embed-text-v2:0', but vectors of two embedding models can't be compared; remove one of them, or give it a model of its own"],
  ['a repeated model', ['models: [assistant]', 'models: [assistant, assistant]'], "13:25: workspaces[0].models[1]: found 'assistant' a second time; remove one of them"],
  ['a repeated model in a project', ['bot\n    models: [assistant]', 'bot\n    models: [assistant, assistant]'], "16:25: projects[0].models[1]: found 'assistant' a second time; remove one of them"],
  ['a repeated recipient', ['[security@example.eu]', '[a@b.eu, a@b.eu]'], "17:18: alerts[1]: found 'a@b.eu' a second time; remove one of them"],
  ['models without a name', ['name: exemple\n', ''], "1:1: name: is missing; 'models', 'workspaces' and 'projects' need it; for example 'name: exemple'"],
  ['models without a Region', ['regions: { primary: eu-central-1 }\n', ''], "1:1: regions: is missing; 'models', 'workspaces' and 'projects' need it; for example 'regions: { primary: eu-central-1 }'"],
  ['tenants without models', [MODELS, ''], "1:1: models: is missing; 'workspaces' and 'projects' need it; for example 'models: [{ id: assistant, destinations: [{ bedrock: <model or profile> }] }]'"],
  ['tenants without alerts', ['alerts: [security@example.eu]\n', ''], "1:1: alerts: is missing; 'workspaces' and 'projects' need it; for example 'alerts: [security@example.eu]', or 'alerts: { none: <why there are no recipients> }'"],
  ['invocation logging with projects', ['name: exemple', 'name: exemple\nbedrock: { invocationLogging: { bucket: prompts } }'], "3:12: bedrock.invocationLogging: would log every prompt and answer of the account, including those of this file's projects, which must not be stored; remove it, or deploy 'projects' in a separate account"],
  ['models without tenants', [TENANTS, ''], `2:1: name: ${VOID}`],
  ['empty lists of tenants', [TENANTS, 'workspaces: []\nprojects: []\n'], `2:1: name: ${VOID}`],
])('%s is refused', (_, [from, to], line) => {
  expect(linesOf(edited(from, to))).toEqual([`residency.yaml:${line}`]);
});

const EMBEDDINGS = ON_DEMAND_MODELS.filter(({ kind }) => kind === 'embedding').map(({ modelId }) => modelId);

test.each(EMBEDDINGS)('%s is accepted if the gateway supports its embeddings', (modelId) => {
  expect(kindNotServed(PACKAGED, modelId) === undefined).toBe(embedderOf(modelId) !== undefined);
});

test('a model of embeddings is accepted', () => {
  expect(linesOf(edited(...second('amazon.titan-embed-text-v2:0')))).toEqual([]);
});

test.each([['amazon.nova-2-sonic-v1:0', 'speech', 'eu-north-1']])(
  '%s, of the kind %s, is refused',
  (modelId, kind, region) => {
    const lines = linesOf(edited('eu-central-1', region, edited(...second(modelId))));
    expect(lines.find((line) => line.includes(modelId))).toContain(
      `a model of the kind '${kind}'; not available in this version: the gateway supports only chat and text embeddings`,
    );
  },
);

test('the message for a profile that leaves a narrower boundary names each place', () => {
  expect(linesOf(edited('boundary: eu', 'boundary: [DE]'))).toEqual([
    `residency.yaml:7:18: models[0].destinations[0].bedrock: found 'eu.${SONNET}', which called from eu-central-1 may be ` +
      'processed in eu-north-1, Stockholm (SE); eu-south-1, Milan (IT); eu-south-2, Spain (Aragon) (ES); ' +
      'eu-west-1, Ireland (Dublin) (IE); eu-west-3, Paris (FR), outside DE; it stays inside the boundary from no Region; ' +
      alternatives(ResidencyBoundary.parse('DE'), 'eu-central-1', `eu.${SONNET}`),
  ]);
});

test('the sovereign partition serves no model, because the facts list none', () => {
  expect(linesOf(edited('eu-central-1', 'eusc-de-east-1'))).toEqual([
    `residency.yaml:7:18: models[0].destinations[0].bedrock: the destinations of 'eu.${SONNET}' called ` +
      'from eusc-de-east-1 are unknown; they are known from eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3',
    "residency.yaml:8:18: models[0].destinations[1].bedrock: eusc-de-east-1 doesn't serve 'openai.gpt-oss-120b-1:0' " +
      'itself; inside the EU, these Regions serve it: eu-central-1, eu-north-1, eu-south-1, eu-west-1',
  ]);
});

test('destinations are still checked if the primary Region is outside the boundary', () => {
  const lines = linesOf(edited('eu-central-1', 'eu-west-2', edited(SECOND, `bedrock: global.${SONNET}`)));
  expect(lines.map((line) => line.split(' ')[1])).toEqual(['regions.primary:', 'models[0].destinations[1].bedrock:']);
});

test('a project model with unconfirmed retention is refused', () => {
  const retainsNothing = (modelId: string) => mayServeWithoutRetention(UNCONFIRMED, modelId).inside;
  expect(linesOf(edited(...second(`eu.${KEEPER}`)), UNCONFIRMED)).toEqual([
    `residency.yaml:16:14: projects[0].models[0]: found 'assistant', which 'eu.${KEEPER}' may serve, but a project requires that ` +
      `nothing is retained, and no reliable source confirms what the provider of '${KEEPER}' retains; add a model with ` +
      `destinations that retain nothing, such as ${closest(`eu.${KEEPER}`, UNCONFIRMED, retainsNothing)}`,
  ]);
});

test('the message suggests a model of the same file that retains nothing', () => {
  const more = '  - { id: open, destinations: [{ bedrock: zai.glm-4.7-flash }] }\nworkspaces:';
  const [line] = linesOf(edited('workspaces:', more, edited(SECOND, `bedrock: eu.${KEEPER}`)), UNCONFIRMED);
  expect(line).toContain(
    '; use a model of this file that retains nothing: open; or add a model with destinations that',
  );
});

test('the message does not suggest a model without a usable destination', () => {
  const more = '  - { id: broken, destinations: [{ bedrock: global.x }] }\nworkspaces:';
  const lines = linesOf(edited('workspaces:', more, edited(SECOND, `bedrock: eu.${KEEPER}`)), UNCONFIRMED);
  expect(lines.at(-1)).toMatch(
    /^residency\.yaml:17:14: projects.*no reliable source .* retains; add a model with destinations/,
  );
});

test.each([
  ['anthropic.claude-fable-5', 'all traffic for up to 30 days (as of 2026-09), retained by AWS'],
  ['openai.gpt-6-astra', 'traffic that a classifier flags for up to 30 days (as of 2026-09), retained by AWS'],
])('the message for %s says what is retained, and by which party', (model, what) => {
  expect(retainedContent(PACKAGED, { modelId: model })).toBe(`the provider of '${model}' may retain ${what}`);
});

const BY_CHAT = edited(SECOND, `${SECOND}\n        api: chat-completions`);

test('a model may be called by Chat Completions, besides Converse', () => {
  const facts = PACKAGED.with(UNRETAINED);
  expect(linesOf(BY_CHAT, facts)).toEqual([]);
  expect(linesOf(edited(SECOND, `${SECOND}\n      - ${SECOND}\n        api: chat-completions`), facts)).toEqual([]);
});

test.each<[string, Facts, string]>([
  [
    "no source confirms that its requests are not retained, as by the package's facts",
    PACKAGED,
    "no reliable source confirms that nothing of requests is retained under the retention mode 'none' by the API 'chat-completions'; remove 'api' of that destination, which then uses Converse; or ",
  ],
  [
    'a facts release says that they are',
    PACKAGED.with(releaseOf(apiRow('retention'))),
    "by the API 'chat-completions', it says so (as of 2026-11-30); remove 'api' of that destination, which then uses Converse; or ",
  ],
])('a project may not use it if %s', (_, facts, why) => {
  const [line, ...others] = linesOf(BY_CHAT, facts);
  expect(others).toEqual([]);
  expect(line).toContain("projects[0].models[0]: found 'assistant', which 'openai.gpt-oss-120b-1:0' may serve");
  expect(line).toContain(why);
});

test('an unknown provider is not assumed to retain nothing', () => {
  expect(retainedContent(PACKAGED, { modelId: 'unknown.model' })).toBe(
    "what the provider of 'unknown.model' retains is unknown",
  );
});
