import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { whatIsKept } from '@/lib/config/checks/unkept';
import { kindNotServed } from '@/lib/config/model/usable';
import { ON_DEMAND_MODELS } from '@/lib/facts/generated/on-demand-models';
import { embedderOf } from '@/lib/runtime/gateway/embeddings/embedder';
import { edited, linesOf, VALID } from './support';

const EU = ResidencyBoundary.eu().regionCodes('aws').join(', ');
const EVERYWHERE = ResidencyBoundary.eu().regionCodes().join(', ');
const OTHERS = 'eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3';
const SONNET = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const NOVAS = 'eu.amazon.nova-2-lite-v1:0, eu.amazon.nova-lite-v1:0, eu.amazon.nova-micro-v1:0';
const SECOND = 'bedrock: openai.gpt-oss-120b-1:0';
const TENANTS = VALID.slice(VALID.indexOf('workspaces'));
const MODELS = VALID.slice(VALID.indexOf('models'), VALID.indexOf('workspaces'));
const VOID =
  'belongs to a deployment, but there is no workspace and no project, so nothing would be deployed; ' +
  "add one under 'workspaces' or 'projects', or leave only 'boundary', which is all that the guard needs";
const recovery = (code: string) => ['eu-central-1', `eu-central-1, recovery: ${code}`] as const;
const second = (id: string) => [SECOND, `bedrock: ${id}`] as const;

// biome-ignore format: one row a line
test.each<[string, readonly [string, string], string]>([
  ['London as primary', ['eu-central-1', 'eu-west-2'], `3:21: regions.primary: found 'eu-west-2', which is in London (GB), outside the EU; use one of ${EU}`],
  ['a primary Region outside the listed ones', ['boundary: eu', 'boundary: [eu-west-3]'], "3:21: regions.primary: found 'eu-central-1', which is in Frankfurt (DE), outside eu-west-3; use 'eu-west-3'"],
  ['a typo in the primary Region', ['eu-central-1', 'eu-cental-1'], `3:21: regions.primary: found 'eu-cental-1', which is no Region that the facts know; use one of ${EVERYWHERE}; did you mean 'eu-central-1'?`],
  ['a Region in upper case', ['eu-central-1', 'EU-CENTRAL-1'], "3:21: regions.primary: found 'EU-CENTRAL-1', which isn't a Region code; AWS spells it 'eu-central-1'"],
  ['Zurich for recovery', recovery('eu-central-2'), `3:45: regions.recovery: found 'eu-central-2', which is in Zurich (CH), outside the EU; use one of ${EU}`],
  ['the primary Region for recovery', recovery('eu-central-1'), `3:45: regions.recovery: found 'eu-central-1', which is the primary Region too; use one of ${OTHERS}`],
  ['recovery in another partition', recovery('eusc-de-east-1'), `3:45: regions.recovery: found 'eusc-de-east-1' of partition aws-eusc, but the primary Region 'eu-central-1' is in partition aws, and nothing is replicated between partitions; use one of ${OTHERS}`],
  ['a global profile', second(`global.${SONNET}`), `8:18: models[0].destinations[1].bedrock: found 'global.${SONNET}', which may be processed in any commercial Region of the world; use 'eu.${SONNET}', which stays inside`],
  ["another geography's profile", second('us.amazon.nova-lite-v1:0'), `8:18: models[0].destinations[1].bedrock: no profile 'us.amazon.nova-lite-v1:0' is known; from eu-central-1 these stay inside, among others: ${NOVAS}; did you mean 'eu.amazon.nova-lite-v1:0'?`],
  ['a typo in a model', second('openai.gpt-oss-120b-1:1'), "8:18: models[0].destinations[1].bedrock: the facts hold no model or profile 'openai.gpt-oss-120b-1:1'; did you mean 'openai.gpt-oss-120b-1:0'?"],
  ['a model like no other', second('llama'), "8:18: models[0].destinations[1].bedrock: the facts hold no model or profile 'llama'; allowed from eu-central-1, among others: zai.glm-4.7-flash, minimax.minimax-m2.1, minimax.minimax-m2.5"],
  ['a model that the Region only serves through a profile', second('amazon.nova-pro-v1:0'), "8:18: models[0].destinations[1].bedrock: eu-central-1 doesn't serve 'amazon.nova-pro-v1:0' itself; use the profile 'eu.amazon.nova-pro-v1:0'"],
  ['a profile that leads to an unconfirmed place', second('eu.anthropic.claude-opus-5'), `8:18: models[0].destinations[1].bedrock: where 'eu.anthropic.claude-opus-5' leads was never confirmed by a reliable source; from eu-central-1 these stay inside, among others: ${NOVAS}`],
  ['a profile made by the account', second('arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/x'), "8:18: models[0].destinations[1].bedrock: 'application-inference-profile/x' hides which models and Regions it leads to; name the profile it was made from"],
  ['a model of images', second('amazon.titan-embed-image-v1'), `8:18: models[0].destinations[1].bedrock: found 'amazon.titan-embed-image-v1', whose kind is embedding of images; not available in this version: the gateway answers chat and text embeddings only; allowed from eu-central-1, among others: amazon.titan-embed-text-v1, amazon.titan-embed-text-v2:0, eu.amazon.nova-2-lite-v1:0`],
  ["a profile by its ARN in an account", second(`arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.${SONNET}`), `8:18: models[0].destinations[1].bedrock: found 'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.${SONNET}', which belongs to account 111122223333, and which account calls is unknown; name the profile by its id, 'eu.${SONNET}'`],
  ['a destination twice', second(`eu.${SONNET}`), `8:9: models[0].destinations[1]: found 'eu.${SONNET}' a second time; keep one of them`],
  ['a destination in Virginia', [SECOND, `${SECOND}\n        region: us-east-1`], `9:17: models[0].destinations[1].region: found 'us-east-1', which is in N. Virginia (US), outside the EU; use one of ${EU}`],
  ['a destination in another partition', [SECOND, `${SECOND}\n        region: eusc-de-east-1`], `9:17: models[0].destinations[1].region: found 'eusc-de-east-1' of partition aws-eusc, but the primary Region 'eu-central-1' is in partition aws, and no account reaches another; use one of ${EU}`],
  ['a malformed Region of a destination that the primary Region does not serve', [SECOND, 'bedrock: amazon.nova-pro-v1:0\n        region: 5'], '9:17: models[0].destinations[1].region: found the number 5; allowed: a Region code such as eu-central-1'],
  ['a model of a project of which nothing is confirmed', second('eu.anthropic.claude-sonnet-5'), "16:14: projects[0].models[0]: found 'assistant', which may be served by 'eu.anthropic.claude-sonnet-5', but a project keeps nothing, and what the provider of 'anthropic.claude-sonnet-5' keeps was never confirmed by a reliable source; add a model with destinations that keep nothing, such as eu.anthropic.claude-sonnet-4-6, eu.anthropic.claude-opus-4-7, eu.anthropic.claude-opus-4-8"],
  ['a workspace with an unknown model', ['models: [assistant]', 'models: [asistant]'], "13:14: workspaces[0].models[0]: found 'asistant', which is no model of this file; allowed: assistant; did you mean 'assistant'?"],
  ['a project with an unknown model', ['bot\n    models: [assistant]', 'bot\n    models: [embed]'], "16:14: projects[0].models[0]: found 'embed', which is no model of this file; allowed: assistant"],
  ['a project named as a workspace', ['helpdesk-bot', 'sciences'], "15:9: projects[0].id: found 'sciences' a second time; workspaces and projects share one set of ids, as resources are named after them"],
  ['two models of one id', ['workspaces:', '  - { id: assistant, destinations: [{ bedrock: zai.glm-4.7-flash }] }\nworkspaces:'], "9:11: models[1].id: found 'assistant' a second time; give each model an id of its own"],
  ['a model named twice', ['models: [assistant]', 'models: [assistant, assistant]'], "13:25: workspaces[0].models[1]: found 'assistant' a second time; keep one of them"],
  ['a model named twice in a project', ['bot\n    models: [assistant]', 'bot\n    models: [assistant, assistant]'], "16:25: projects[0].models[1]: found 'assistant' a second time; keep one of them"],
  ['an address named twice', ['[security@example.eu]', '[a@b.eu, a@b.eu]'], "17:18: alerts[1]: found 'a@b.eu' a second time; keep one of them"],
  ['models without a name', ['name: exemple\n', ''], "1:1: name: is missing; it is needed with 'models', 'workspaces', 'projects', such as 'name: exemple'"],
  ['models without a Region', ['regions: { primary: eu-central-1 }\n', ''], "1:1: regions: is missing; it is needed with 'models', 'workspaces', 'projects', such as 'regions: { primary: eu-central-1 }'"],
  ['tenants without models', [MODELS, ''], "1:1: models: is missing; it is needed with 'workspaces', 'projects', such as 'models: [{ id: assistant, destinations: [{ bedrock: <model or profile> }] }]'"],
  ['tenants without alerts', ['alerts: [security@example.eu]\n', ''], "1:1: alerts: is missing; it is needed with 'workspaces', 'projects', such as 'alerts: [security@example.eu]', or 'alerts: { none: <why nobody is told> }'"],
  ['invocation logging with projects', ['name: exemple', 'name: exemple\nbedrock: { invocationLogging: { bucket: prompts } }'], "3:12: bedrock.invocationLogging: would write every prompt and answer of the account down, also those of the projects of this file, of which nothing may be kept; take it out, or deploy 'projects' in an account of their own"],
  ['models without tenants', [TENANTS, ''], `2:1: name: ${VOID}`],
  ['empty lists of tenants', [TENANTS, 'workspaces: []\nprojects: []\n'], `2:1: name: ${VOID}`],
])('%s', (_, [from, to], line) => {
  expect(linesOf(edited(from, to))).toEqual([`residency.yaml:${line}`]);
});

const EMBEDDINGS = ON_DEMAND_MODELS.filter(({ kind }) => kind === 'embedding').map(({ modelId }) => modelId);

test.each(EMBEDDINGS)('%s may be configured if the gateway can ask it for embeddings', (modelId) => {
  expect(kindNotServed(modelId) === undefined).toBe(embedderOf(modelId) !== undefined);
});

test('a model of embeddings may be configured', () => {
  expect(linesOf(edited(...second('amazon.titan-embed-text-v2:0')))).toEqual([]);
});

test.each([
  ['amazon.nova-2-sonic-v1:0', 'speech', 'eu-north-1'],
  ['amazon.nova-canvas-v1:0', 'image', 'eu-west-1'],
])('%s, whose kind is %s, stays refused', (modelId, kind, region) => {
  const lines = linesOf(edited('eu-central-1', region, edited(...second(modelId))));
  expect(lines.find((line) => line.includes(modelId))).toContain(
    `whose kind is ${kind}; not available in this version: the gateway answers chat and text embeddings only`,
  );
});

test('a profile that leads outside a narrower boundary names each place', () => {
  expect(linesOf(edited('boundary: eu', 'boundary: [DE]'))).toEqual([
    `residency.yaml:7:18: models[0].destinations[0].bedrock: found 'eu.${SONNET}', which called from eu-central-1 may be ` +
      'processed in eu-north-1, Stockholm (SE); eu-south-1, Milan (IT); eu-south-2, Spain (Aragon) (ES); ' +
      'eu-west-1, Ireland (Dublin) (IE); eu-west-3, Paris (FR), outside DE; it stays inside from no Region: use a model ' +
      'that one Region serves itself',
  ]);
});

test('the sovereign partition serves no model, as the facts name none', () => {
  expect(linesOf(edited('eu-central-1', 'eusc-de-east-1'))).toEqual([
    `residency.yaml:7:18: models[0].destinations[0].bedrock: no list of destinations is known for 'eu.${SONNET}' called ` +
      'from eusc-de-east-1; it is known from eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3',
    "residency.yaml:8:18: models[0].destinations[1].bedrock: eusc-de-east-1 doesn't serve 'openai.gpt-oss-120b-1:0' " +
      'itself; inside the EU it is served by eu-central-1, eu-north-1, eu-south-1, eu-west-1',
  ]);
});

test('with a primary Region outside, what is true of every Region is still told of destinations', () => {
  const lines = linesOf(edited('eu-central-1', 'eu-west-2', edited(SECOND, `bedrock: global.${SONNET}`)));
  expect(lines.map((line) => line.split(' ')[1])).toEqual(['regions.primary:', 'models[0].destinations[1].bedrock:']);
});

test('a model of the same file that keeps nothing is offered to a project', () => {
  const more = '  - { id: open, destinations: [{ bedrock: zai.glm-4.7-flash }] }\nworkspaces:';
  const [line] = linesOf(edited('workspaces:', more, edited(SECOND, 'bedrock: eu.anthropic.claude-sonnet-5')));
  expect(line).toContain('; use a model of this file that keeps nothing: open; or add a model with destinations that');
});

test('a model without any destination that may serve it is not offered to a project', () => {
  const more = '  - { id: broken, destinations: [{ bedrock: global.x }] }\nworkspaces:';
  const lines = linesOf(edited('workspaces:', more, edited(SECOND, 'bedrock: eu.anthropic.claude-sonnet-5')));
  expect(lines.at(-1)).toMatch(/^residency\.yaml:17:14: projects.*reliable source; add a model with destinations/);
});

test.each([
  ['anthropic.claude-fable-5', 'all traffic for up to 30 days (as of 2026-10-18), kept by Anthropic or AWS, by mode'],
  ['openai.gpt-6-astra', 'traffic that a classifier flags for up to 30 days (as of 2026-10-18), kept by AWS'],
])('who keeps what of a request to %s', (model, what) => {
  expect(whatIsKept(model)).toBe(`the provider of '${model}' may keep ${what}`);
});

test('an unknown provider is not taken to keep nothing', () => {
  expect(whatIsKept('nobody.model')).toBe("nothing is known of what the provider of 'nobody.model' keeps");
});
