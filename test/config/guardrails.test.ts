import { readConfig } from '@/lib/config/load';
import { policiesOf } from '@/lib/local/policies';
import { edited, linesOf, VALID } from './support';

const PROJECT = '  - id: helpdesk-bot\n    models: [assistant]';
const withGuardrail = (guardrail: string, text = VALID) =>
  edited(PROJECT, `${PROJECT}\n    guardrail: ${guardrail}`, text);
const ONE = "{ id: gr1frankfurt, version: '3' }";
const ARN = (region: string, account = '111122223333') => `arn:aws:bedrock:${region}:${account}:guardrail/gr1`;
const STOCKHOLM = edited('openai.gpt-oss-120b-1:0', 'openai.gpt-oss-120b-1:0\n        region: eu-north-1');
const EMBED =
  '      - bedrock: openai.gpt-oss-120b-1:0\n  - id: embed\n    destinations:\n      - bedrock: amazon.titan-embed-text-v2:0';
const deploymentOf = (text: string) => readConfig(text, 'residency.yaml').deployment;

test('one guardrail is in the primary Region', () => {
  expect(deploymentOf(withGuardrail(ONE))?.projects[0]?.guardrails).toEqual([
    { id: 'gr1frankfurt', version: '3', region: 'eu-central-1' },
  ]);
});

test('further Regions have one each, with its profile and key', () => {
  const key = 'arn:aws:kms:eu-north-1:111122223333:key/k';
  const further = `{ region: eu-north-1, id: gr2, version: '7', profile: eu.guardrail.v1:0, key: '${key}' }`;
  const list = `{ id: gr1frankfurt, version: '3', furtherRegions: [${further}] }`;
  expect(deploymentOf(withGuardrail(list, STOCKHOLM))?.projects[0]?.guardrails).toEqual([
    { id: 'gr1frankfurt', version: '3', region: 'eu-central-1' },
    { id: 'gr2', version: '7', region: 'eu-north-1', profile: 'eu.guardrail.v1:0', key },
  ]);
});

test('a workspace has one too, and a file without any stays as it was', () => {
  const workspace = edited('retention: 365d', `retention: 365d\n    guardrail: ${ONE}`);
  expect(deploymentOf(workspace)?.workspaces[0]?.guardrails).toHaveLength(1);
  expect(deploymentOf(VALID)?.workspaces[0]).not.toHaveProperty('guardrails');
  expect(deploymentOf(VALID)?.projects[0]).not.toHaveProperty('guardrails');
});

test('an ARN in the account of the file is accepted', () => {
  const text = edited(
    'boundary: eu',
    "boundary: eu\naccount: '111122223333'",
    withGuardrail(`{ id: '${ARN('eu-central-1')}', version: '3' }`),
  );
  expect(linesOf(text)).toEqual([]);
});

test("'serve' applies the same guardrails", () => {
  const text = edited(
    'retention: 365d',
    `retention: 365d\n    guardrail: { id: gr9, version: '1' }`,
    withGuardrail(ONE),
  );
  const { boundary, deployment } = readConfig(text, 'residency.yaml');
  if (deployment === undefined) throw new Error('no deployment');
  const { projects, workspaces } = policiesOf(deployment, boundary);
  expect(projects?.projects?.[0]?.guardrails).toEqual([{ region: 'eu-central-1', id: 'gr1frankfurt', version: '3' }]);
  expect(workspaces[0]?.guardrails).toEqual([{ region: 'eu-central-1', id: 'gr9', version: '1' }]);
});

// biome-ignore format: one row a line
test.each<[string, string, RegExp]>([
  ['a version without quotes', withGuardrail('{ id: gr1, version: 3 }'), /projects\[0\]\.guardrail\.version: found the number 3; allowed: the number of a version, in quotes, such as '3'; it is text, write it in quotes: "3"/],
  ['the draft', withGuardrail('{ id: gr1, version: DRAFT }'), /projects\[0\]\.guardrail: 'DRAFT' isn't a version number: create a version and name it/],
  ['no version', withGuardrail('{ id: gr1 }'), /guardrail\.version: is missing; allowed: the number of a version/],
  ['an unknown key', withGuardrail("{ id: gr1, version: '3', trace: enabled }"), /guardrail\.trace: isn't a known key; allowed: id, version, profile, key, region, furtherRegions/],
  ['a list', withGuardrail(`[${ONE}]`), /guardrail: found a list; allowed: a mapping with 'id' and 'version'/],
  ['a further guardrail without a Region', withGuardrail("{ id: gr1, version: '3', furtherRegions: [{ id: gr2, version: '1' }] }"), /furtherRegions\[0\]\.region: is missing/],
  ['an id that is none', withGuardrail("{ id: GR-1, version: '3' }"), /found 'GR-1', which is neither the ID nor the ARN of a guardrail/],
  ['a guardrail in London', withGuardrail("{ id: gr1, version: '3', region: eu-west-2 }"), /'eu-west-2' is in London \(GB\), outside the EU/],
  ["another Region's ARN", withGuardrail(`{ id: '${ARN('us-east-1')}', version: '3' }`), /belongs to 'us-east-1', but checks calls in eu-central-1/],
  ['an ARN without an account in the file', withGuardrail(`{ id: '${ARN('eu-central-1')}', version: '3' }`), /the calling account is unknown; use a guardrail of the calling account, by its ID, such as 'gr1'/],
  ["another partition's ARN", withGuardrail(`{ id: '${ARN('eu-central-1').replace('arn:aws', 'arn:aws-eusc')}', version: '3' }`), /combines partition aws-eusc with a Region of aws/],
  ["another account's ARN", edited('boundary: eu', "boundary: eu\naccount: '999999999999'", withGuardrail(`{ id: '${ARN('eu-central-1')}', version: '3' }`)), /belongs to account 111122223333, but is used by 999999999999/],
  ['the ARN of a model', withGuardrail("{ id: 'arn:aws:bedrock:eu-central-1::foundation-model/x', version: '3' }"), /which isn't the ARN of a guardrail/],
  ['a profile that routes to the US', withGuardrail("{ id: gr1, version: '3', profile: us.guardrail.v1:0 }"), /us\.guardrail\.v1:0.*; use a guardrail with the profile 'eu\.guardrail\.v1:0', or leave out 'profile' and use a guardrail that has none, which evaluates content in eu-central-1 only$/],
  ['a profile that is unknown', withGuardrail("{ id: gr1, version: '3', profile: eu.guardrail.v9:0 }"), /'eu\.guardrail\.v9:0' is unknown; use a guardrail with the profile 'eu\.guardrail\.v1:0', or leave out/],
  ['a profile that leaves the boundary', edited('boundary: eu', 'boundary: [eu-central-1]', withGuardrail("{ id: gr1, version: '3', profile: eu.guardrail.v1:0 }")), /may be processed in eu-north-1.*no Region; leave out 'profile' and use a guardrail that has none/],
  ['an inference profile', withGuardrail("{ id: gr1, version: '3', profile: eu.amazon.nova-lite-v1:0 }"), /isn't a guardrail profile/],
  ['a key in another Region', withGuardrail("{ id: gr1, version: '3', key: 'arn:aws:kms:eu-west-3:111122223333:key/k' }"), /guardrail\.key: found .* but a guardrail in eu-central-1 has its key in eu-central-1/],
  ['a key in Virginia', withGuardrail("{ id: gr1, version: '3', key: 'arn:aws:kms:us-east-1:111122223333:key/k' }"), /guardrail\.key: .*outside the EU/],
  ['two in one Region', withGuardrail("{ id: gr1, version: '3', furtherRegions: [{ region: eu-central-1, id: gr2, version: '1' }] }"), /guardrail\.furtherRegions\[0\]: found a second guardrail for eu-central-1; keep one of them/],
  ['a destination that is called by Chat Completions', withGuardrail(ONE, edited('bedrock: openai.gpt-oss-120b-1:0', 'bedrock: openai.gpt-oss-120b-1:0\n        api: chat-completions')), /projects\[0\]\.models\[0\]: found 'assistant', whose destination 'openai\.gpt-oss-120b-1:0' the tenant's guardrail can't check: the gateway applies no guardrail to calls by the API 'chat-completions'; remove 'api', which uses Converse/],
  ['a destination in a Region without one', withGuardrail(ONE, STOCKHOLM), /projects\[0\]\.models\[0\]: found 'assistant', whose destination 'openai\.gpt-oss-120b-1:0' the tenant's guardrail can't check: it is called in eu-north-1.*name a guardrail in eu-north-1 too/],
  ['embeddings', edited('    models: [assistant]\n    guardrail', '    models: [assistant, embed]\n    guardrail', withGuardrail(ONE, edited('      - bedrock: openai.gpt-oss-120b-1:0', EMBED))), /projects\[0\]\.models\[1\]: found 'embed'.*a guardrail checks no embeddings; offer the model in a project of its own, without 'guardrail'/],
])('%s is refused', (_, text, message) => {
  expect(linesOf(text).join('\n')).toMatch(message);
});

test('a server is refused, because only Bedrock applies guardrails', () => {
  const text = withGuardrail(
    ONE,
    edited('bedrock: openai.gpt-oss-120b-1:0', 'server: http://vllm.internal:8000/v1\n        model: m'),
  );
  expect(linesOf(text).join('\n')).toMatch(
    /destination 'vpc\/m' the tenant's guardrail can't check: a guardrail checks only calls of models in Bedrock/,
  );
});
