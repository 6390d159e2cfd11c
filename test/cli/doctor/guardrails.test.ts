import { readdirSync, readFileSync } from 'node:fs';
import { CHECKS } from '@/lib/cli/aws/doctor/examine';
import { guardrails } from '@/lib/cli/aws/doctor/guardrails';
import { serviceControlPolicies } from '@/lib/cli/aws/doctor/service-control-policies';
import { processingRegions, type Subject } from '@/lib/cli/aws/doctor/subject';
import type { GuardrailConfig } from '@/lib/config/model/config';
import type { Answerer, AwsAnswer } from '@/test/support/fake-aws';
import { EU, FakeAccount } from './fake-account';
import { simulation } from './healthy-account';

const GR1: GuardrailConfig = { id: 'gr1', version: '3', region: 'eu-central-1' };
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/k';
const profile = (name: string) => ({ crossRegionDetails: { guardrailProfileId: name } });

const account = new FakeAccount();
const { aws } = account;
beforeAll(() => account.start());
afterAll(() => account.stop());

function examined(answer: AwsAnswer, ...named: GuardrailConfig[]) {
  const deployment = { workspaces: [{ guardrails: named }], projects: [{ guardrails: named }, {}] };
  return account.examined(guardrails, [(call) => (call.service === 'bedrock' ? answer : undefined)], deployment);
}

test('without a guardrail there is no line', async () => {
  expect(await examined({ json: {} })).toEqual([]);
  expect(aws.calls).toEqual([]);
});

test('each guardrail is read once, in its version', async () => {
  const lines = await examined({ json: { status: 'READY' } }, GR1);
  expect(lines).toEqual([{ check: 'guardrail', state: 'ok', region: 'eu-central-1', found: 'gr1, version 3' }]);
  expect(aws.calls.map(({ path }) => path)).toEqual(['/guardrails/gr1?guardrailVersion=3']);
});

test("the Regions of a guardrail's profile are checked too", () => {
  const profiled = { ...GR1, profile: 'eu.guardrail.v1:0' };
  const deployment = { models: [], workspaces: [], projects: [{ guardrails: [profiled] }] };
  const regions = processingRegions({ boundary: EU, deployment } as unknown as Subject);
  expect(regions.join()).toBe('eu-central-1,eu-north-1,eu-south-1,eu-south-2,eu-west-1,eu-west-3');
});

test("each check is in the table of doctor's page", () => {
  const page = readFileSync('docs/COMMAND.md', 'utf8');
  const rows = [...page.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) => cell.split(', '));
  expect(Object.keys(CHECKS).filter((name) => !rows.includes(name))).toEqual([]);
});

test("each permission that a check can lack is in the table of doctor's page", () => {
  const folder = 'lib/cli/aws/doctor';
  const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
  const CALL = /(?:unseen\([^;]*?|action(?: =|:)) '([a-z0-9-]+:[A-Z]\w+)/g;
  const actions = sources.flatMap((text) => [...text.matchAll(CALL)].map(([, action = '']) => action));
  const page = readFileSync('docs/COMMAND.md', 'utf8');
  expect(actions.length).toBeGreaterThan(20);
  expect(actions.filter((action) => !page.includes(`\`${action}\``))).toEqual([]);
});

test.each([
  [[GR1], true],
  [[], false],
])('the organisation is asked whether it denies applying %j', async (named, isAsked) => {
  const deployment = { primaryRegion: 'eu-central-1', models: [], workspaces: [], projects: [{ guardrails: named }] };
  const answerers: Answerer[] = [(call) => (call.service === 'iam' ? simulation(true) : undefined)];
  await account.examined(serviceControlPolicies, answerers, deployment, { askIam: true });
  expect(aws.calls).toHaveLength(1);
  expect(aws.calls[0]?.body.includes('ApplyGuardrail')).toBe(isAsked);
});

// biome-ignore format: one row a line
test.each<[string, AwsAnswer, GuardrailConfig, object]>([
  ['its version does not exist', { status: 404, error: 'ResourceNotFoundException' }, GR1, { state: 'missing', found: expect.stringContaining('no such guardrail or version') }],
  ['it is not ready', { json: { status: 'CREATING' } }, GR1, { state: 'missing', found: expect.stringContaining('its status is CREATING, not READY') }],
  ['it has an undeclared profile', { json: { status: 'READY', ...profile('eu.guardrail.v1:0') } }, GR1, { state: 'missing', fix: "write 'profile: eu.guardrail.v1:0'" }],
  ['its profile is outside', { json: { status: 'READY', ...profile('us.guardrail.v1:0') } }, GR1, { state: 'missing', fix: 'use a guardrail whose profile stays inside the boundary' }],
  ['it lacks its profile', { json: { status: 'READY' } }, { ...GR1, profile: 'eu.guardrail.v1:0' }, { state: 'missing', fix: "remove 'profile'" }],
  ['it has an undeclared key', { json: { status: 'READY', kmsKeyArn: KEY } }, GR1, { state: 'missing', fix: `write 'key: ${KEY}'` }],
  ['it lacks its key', { json: { status: 'READY' } }, { ...GR1, key: KEY }, { state: 'missing', fix: "remove 'key'" }],
  ['it is as declared', { json: { status: 'READY', kmsKeyArn: KEY, ...profile('eu.guardrail.v1:0') } }, { ...GR1, key: KEY, profile: 'eu.guardrail.v1:0' }, { state: 'ok' }],
  ['it may not be read', { status: 403, error: 'AccessDeniedException' }, GR1, { state: 'not-visible', fix: expect.stringContaining('bedrock:GetGuardrail') }],
])('a guardrail is reported if %s', async (_, answer, guardrail, line) => {
  expect(await examined(answer, guardrail)).toMatchObject([line]);
});
