import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { TESTED_CLI } from '@/lib/cli/aws/doctor/cdk-cli';
import { examine } from '@/lib/cli/aws/doctor/examine';
import { OLDEST_NODE } from '@/lib/cli/aws/doctor/node-version';
import type { Subject } from '@/lib/cli/aws/doctor/subject';
import { type DoctorOptions, runDoctor } from '@/lib/cli/run/run-doctor';
import { ADMITTED, admittedText } from '@/test/support/admitted';
import { describes, EU_NEXT } from '@/test/support/bedrock-answers';
import { builtCommand } from '@/test/support/built-command';
import { type Answerer, type AwsAnswer, FakeAws } from '@/test/support/fake-aws';
import { changed } from '../../releases/support/json';
import {
  access,
  CONFIG,
  endpoints,
  HEALTHY,
  instead,
  life,
  offers,
  PROFILE,
  profile,
  QUOTAS,
  REGIONS,
  regions,
  simulation,
  stacks,
  vpcs,
} from '../doctor/healthy-account';
import { folder } from '../support';

const NOW = new Date('2026-11-27T10:00:00Z');
const aws = new FakeAws();
beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(() => {
  aws.calls.length = 0;
  aws.answerers = [...HEALTHY];
});

/** A folder with a configuration, and a CDK CLI of a version. */
function project(config = CONFIG, cli: string | null = TESTED_CLI): string {
  const root = folder({ 'residency.yaml': config });
  if (cli === null) return root;
  mkdirSync(path.join(root, 'node_modules/aws-cdk'), { recursive: true });
  writeFileSync(path.join(root, 'node_modules/aws-cdk/package.json'), JSON.stringify({ version: cli }));
  return root;
}

async function run(args: readonly string[] = [], over: Partial<DoctorOptions> = {}, root = project()) {
  const out: string[] = [];
  const spy = jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line));
  const environment = { ...aws.environment(), PATH: '', ...over.environment };
  const before = { ...process.env };
  Object.assign(process.env, aws.environment());
  try {
    // Only where nothing answers is it waited for, whatever else the machine is doing.
    const options = { timeoutMs: 15_000, now: NOW, ...over, environment };
    const code = await runDoctor(['--config', path.join(root, 'residency.yaml'), ...args], options);
    return { code, out: out.join('\n') };
  } finally {
    process.env = before;
    spy.mockRestore();
  }
}

interface Line {
  readonly check: string;
  readonly state: string;
  readonly region: string | null;
  readonly found: string;
  readonly fix: string | null;
}

async function lines(answerers: readonly Answerer[], args: readonly string[] = [], root = project(), over = {}) {
  aws.answerers = [...answerers, ...HEALTHY];
  const { code, out } = await run(['--format', 'json', ...args], over, root);
  expect(changed('doctor', out)).toEqual([]);
  return { code, out, all: JSON.parse(out).lines as Line[] };
}

test('where nothing is missing, each line says what was found, and what can not be seen how to see it', async () => {
  const { code, out } = await run();
  expect(code).toBe(0);
  expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
    'STATE        CHECK                     FOUND',
    `ok           Node.js                   ${process.versions.node}`,
    `ok           CDK CLI                   ${TESTED_CLI}`,
    'ok           account                   111122223333, as user/ada',
    `ok           Region enabled            ${REGIONS.join(' ')}: yes`,
    'ok           CDK bootstrap             eu-central-1: version 27',
    'ok           stacks                    eu-central-1: none yet',
    'ok           endpoint zones            eu-central-1: eu-central-1a, eu-central-1b: bedrock-runtime, kms',
    `ok           where profiles lead       eu-central-1: ${PROFILE}: as the facts say`,
    `ok           model access              ${REGIONS.join(' ')}: amazon.nova-lite-v1:0`,
    'ok           model access              eu-central-1: openai.gpt-oss-120b-1:0',
    'ok           model life                eu-central-1: amazon.nova-lite-v1:0: no end is announced, by the facts; active, by Bedrock',
    'ok           model life                eu-central-1: openai.gpt-oss-120b-1:0: no end is announced, by the facts; active, by Bedrock',
    `ok           retention mode            ${REGIONS.join(' ')}: none`,
    `ok           trusted access            ${REGIONS.join(' ')}: in no program, and no storage for retained data`,
    `ok           invocation logging        ${REGIONS.join(' ')}: off`,
    "not visible  service control policies  whether one denies a call of the deployment; one that denies one of doctor's own reads appears on that check's line",
    "    fix: add --ask-iam, which calls IAM's simulator (IAM is outside the EU), or the management account sees them: aws organizations list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id 111122223333",
    'ok           quota                     eu-central-1: 1000 VPCs per Region',
    'ok           quota                     eu-central-1: 1000 interface endpoints per VPC',
    'ok           quota                     eu-central-1: 1000 concurrent executions of Lambda',
    'ok           fixed quota               eu-central-1: 1 of 5 trails',
    'ok           fixed quota               eu-central-1: 2 of 10 resource policies of CloudWatch Logs',
    `ok           model quota               eu-central-1: ${PROFILE}: 200000 tokens per minute`,
    `ok           model quota               eu-central-1: ${PROFILE}: 1000 requests per minute`,
    'ok           model quota               eu-central-1: openai.gpt-oss-120b-1:0: 100000 tokens per minute',
    'ok           API Gateway log role      eu-central-1: none; the foundation sets one, for all APIs of the account and Region',
    '',
    '39 ok, 0 missing, 1 not visible',
  ]);
});

test('says of an API what it cannot ask', async () => {
  const byChat = 'bedrock: openai.gpt-oss-120b-1:0, api: chat-completions';
  const workspace = 'workspaces: [{ id: sciences, edition: edu, retention: 365d, models: [assistant] }]';
  const config = CONFIG.replace('bedrock: openai.gpt-oss-120b-1:0', byChat).replace(/projects: .*/, workspace);
  const { out } = await run([], {}, project(config));
  expect(out.replace(/\s+/g, ' ')).toContain(
    "model access eu-central-1: openai.gpt-oss-120b-1:0; its model card says whether Bedrock serves it by chat-completions, which can't be asked",
  );
});

test('the line of an admitted profile names who admitted it', async () => {
  const row = { ...ADMITTED, readAt: '2026-11-26T10:00:00Z' };
  const root = project(CONFIG.replace(PROFILE, EU_NEXT));
  writeFileSync(path.join(root, 'residency-admitted.yaml'), admittedText(row));
  const answerers = [describes({ regions: row.regions })];
  const { all } = await lines(answerers, [], root);
  expect(all.filter(({ check }) => check === 'where profiles lead')).toEqual([
    expect.objectContaining({
      state: 'ok',
      found: `${EU_NEXT}: as its row says, admitted by Ada Lovelace for Grace Hopper until 2027-04-30: coding assistant`,
    }),
  ]);
});

test('only Regions of the boundary are called, nothing is written, and no call could return content', async () => {
  await run();
  const eu = ResidencyBoundary.eu();
  expect(aws.calls.filter(({ region }) => !eu.containsRegion(region))).toEqual([]);
  const actions = new Set(
    aws.calls.map(
      ({ service, action }) => `${service} ${action.replace(/(models?-?\w*|profiles|availability)\/.*/, '$1')}`,
    ),
  );
  expect([...actions].sort()).toEqual([
    'apigateway GET /account',
    'bedrock GET /data-retention',
    'bedrock GET /foundation-model-availability',
    'bedrock GET /foundation-models',
    'bedrock GET /inference-profiles',
    'bedrock GET /logging/modelinvocations',
    'bedrock GET /trusted-access-programs',
    'bedrock GET /v1/data_retention/storage/anthropic',
    'bedrock GET /v1/data_retention/storage/openai',
    'cloudformation DescribeStacks',
    'cloudtrail DescribeTrails',
    'ec2 DescribeRegions',
    'ec2 DescribeVpcEndpointServices',
    'ec2 DescribeVpcs',
    'logs DescribeResourcePolicies',
    'servicequotas GetServiceQuota',
    'servicequotas ListServiceQuotas',
    'ssm GetParameter',
    'sts GetCallerIdentity',
  ]);
});

test('IAM, which is outside, is asked only where the user says so', async () => {
  await run(['--ask-iam']);
  const outside = aws.calls.filter(({ region }) => !ResidencyBoundary.eu().containsRegion(region));
  expect(outside).toHaveLength(REGIONS.length + 1);
  expect(outside.map(({ service, action }) => `${service} ${action}`)).toEqual(
    expect.arrayContaining(['iam GetAccountSummary', ...REGIONS.map(() => 'iam SimulatePrincipalPolicy')]),
  );
});

const aged = (modelLifecycle: object): Answerer =>
  instead('bedrock GET /foundation-models/', ({ path: name }) => life(name.split('/').at(-1) ?? '', modelLifecycle));
const lifeOfNova = ({ all }: { all: readonly Line[] }) =>
  all.find(({ check, found }) => check === 'model life' && found.startsWith('amazon.nova-lite-v1:0'));

test.each([
  [
    'is legacy',
    { status: 'LEGACY', legacyTime: '2026-11-20T00:00:00Z' },
    'soon',
    'has been closed to new customers since 2026-11-20, by Bedrock',
  ],
  [
    'ends within 120 days',
    { status: 'ACTIVE', endOfLifeTime: '2027-03-27T00:00:00Z' },
    'soon',
    'ends on 2027-03-27, by Bedrock',
  ],
  ['ends later', { status: 'ACTIVE', endOfLifeTime: '2027-03-28T00:00:00Z' }, 'ok', 'active, by Bedrock'],
  [
    'has ended',
    { status: 'LEGACY', endOfLifeTime: '2026-11-27T00:00:00Z' },
    'missing',
    'ended on 2026-11-27, by Bedrock',
  ],
])('a model that %s', async (_, lifecycle, state, found) => {
  const result = await lines([aged(lifecycle)]);
  expect(lifeOfNova(result)).toMatchObject({ state, found: expect.stringContaining(found) });
  expect(lifeOfNova(result)?.fix ?? 'none').toMatch(
    state === 'ok'
      ? /^none$/
      : /name eu\.amazon\.\S+ in residency\.yaml instead of eu\.amazon\.nova-lite-v1:0, and deploy$/,
  );
  expect(result.code).toBe(state === 'missing' ? 1 : 0);
});

test('what has to be done before long is counted apart', async () => {
  aws.answerers = [aged({ status: 'LEGACY' }), ...HEALTHY];
  const { code, out } = await run();
  expect(code).toBe(0);
  expect(out).toMatch(
    /^soon +model life +eu-central-1: amazon\.nova-lite-v1:0: .*is closed to new customers, by Bedrock$/m,
  );
  expect(out).toContain('37 ok, 0 missing, 2 soon, 1 not visible');
});

test('a model that Bedrock doesn’t know is missing, and a life that can’t be read is not visible', async () => {
  const unknown = await lines([
    instead('bedrock GET /foundation-models/', { status: 404, error: 'ResourceNotFoundException' }),
  ]);
  expect(lifeOfNova(unknown)).toMatchObject({
    state: 'missing',
    found: expect.stringContaining('unknown to Bedrock there'),
  });
  const denied = await lines([
    instead('bedrock GET /foundation-models/', { status: 403, error: 'AccessDeniedException' }),
  ]);
  expect(lifeOfNova(denied)).toMatchObject({
    state: 'not-visible',
    found: 'amazon.nova-lite-v1:0: no end is announced, by the facts; bedrock:GetFoundationModel is denied',
  });
});

const gained = (...more: string[]): AwsAnswer => profile(PROFILE, [...REGIONS, ...more]);
const iam = (arn: string): Answerer =>
  instead('sts GetCallerIdentity', {
    xml: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>X</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  });
const fewer = (code: string, value: number) =>
  QUOTAS.map((row) => (row.QuotaCode === code ? { ...row, Value: value } : row));
const lowQuota = (code: string, Value: number): Answerer =>
  instead('servicequotas GetServiceQuota', ({ body }) => ({
    json: { Quota: { Value: JSON.parse(body).QuotaCode === code ? Value : 1000 } },
  }));

type Row = readonly [string, readonly Answerer[], Partial<Line>, string[]?];
// biome-ignore format: one row a line
const STATES: readonly Row[] = [
  ['a Region that is not enabled, which a profile leads to', [instead('ec2 DescribeRegions', regions(REGIONS.slice(0, 3), ['eu-west-3']))], { check: 'Region enabled', state: 'missing', region: 'eu-west-3', found: 'not enabled in this account, so no project is served by a destination that may route to it (Paris (FR))', fix: "aws account enable-region --region-name eu-west-3, or choose a destination that doesn't route there" }],
  ['a Region that is not enabled, which is deployed to', [instead('ec2 DescribeRegions', regions(REGIONS.slice(1), ['eu-central-1']))], { check: 'Region enabled', state: 'missing', region: 'eu-central-1', fix: 'aws account enable-region --region-name eu-central-1' }],
  ['a Region that EC2 does not name', [instead('ec2 DescribeRegions', regions(REGIONS.slice(1)))], { check: 'Region enabled', state: 'not-visible', region: 'eu-central-1' }],
  ['no bootstrap', [instead('ssm GetParameter', { error: 'ParameterNotFound' })], { check: 'CDK bootstrap', state: 'missing', region: 'eu-central-1', found: "none with qualifier 'hnb659fds'", fix: 'npx cdk bootstrap aws://111122223333/eu-central-1' }],
  ['no bootstrap of an own qualifier', [instead('ssm GetParameter', { error: 'ParameterNotFound' })], { check: 'CDK bootstrap', state: 'missing', fix: 'npx cdk bootstrap aws://111122223333/eu-central-1 --qualifier ours' }, ['--qualifier', 'ours']],
  ['an old bootstrap', [instead('ssm GetParameter', { json: { Parameter: { Value: '5' } } })], { check: 'CDK bootstrap', state: 'missing', found: 'version 5, but 6 is the oldest that works' }],
  ['a bootstrap without a version', [instead('ssm GetParameter', { json: {} })], { check: 'CDK bootstrap', state: 'missing', found: 'version unknown, but 6 is the oldest that works' }],
  ['a profile that leads outside', [instead('bedrock GET /inference-profiles', gained('eu-west-2'))], { check: 'where profiles lead', state: 'missing', found: `${PROFILE}: gained, outside: eu-west-2, London (GB)` }],
  ['a profile that leads to one more inside', [instead('bedrock GET /inference-profiles', gained('eu-south-1'))], { check: 'where profiles lead', state: 'missing', found: `${PROFILE}: gained: eu-south-1, Milan (IT)` }],
  ['a profile that leads to fewer', [instead('bedrock GET /inference-profiles', profile(PROFILE, ['eu-central-1', 'eu-north-1', 'eu-west-1']))], { check: 'where profiles lead', state: 'ok', found: `${PROFILE}: lost: eu-west-3, Paris (FR)` }],
  ['a profile that is not there', [instead('bedrock GET /inference-profiles', { error: 'ResourceNotFoundException', status: 404 })], { check: 'where profiles lead', state: 'missing' }],
  ['a model without an agreement', [instead('bedrock GET /foundation-model-availability', access('x', { agreementAvailability: { status: 'NOT_AVAILABLE' } }), 'eu-west-3')], { check: 'model access', state: 'missing', region: 'eu-west-3', found: 'amazon.nova-lite-v1:0: its agreement is not accepted', fix: expect.stringMatching(/^it has no terms to accept; .* --model-id amazon\.nova-lite-v1:0 --region eu-west-3$/) }],
  ['a model that the account may not call', [instead('bedrock GET /foundation-model-availability', access('x', { authorizationStatus: 'NOT_AUTHORIZED', entitlementAvailability: 'NOT_AVAILABLE' }), 'eu-north-1')], { check: 'model access', state: 'missing', found: 'amazon.nova-lite-v1:0: the account is not authorised, the account is not entitled to it' }],
  ['a Region that serves a model through profiles only', [instead('bedrock GET /foundation-model-availability', access('x', { regionAvailability: 'NOT_AVAILABLE' }), 'eu-west-3')], { check: 'model access', state: 'ok', region: 'eu-west-3' }],
  ['a Region that does not serve a model', [instead('bedrock GET /foundation-model-availability', access('x', { regionAvailability: 'NOT_AVAILABLE' }), 'eu-central-1')], { check: 'model access', state: 'missing', found: 'openai.gpt-oss-120b-1:0: the Region does not serve it' }],
  ['another retention mode', [instead('bedrock GET /data-retention', { json: { mode: 'inherit' } }, 'eu-west-1')], { check: 'retention mode', state: 'ok', region: 'eu-west-1', found: "'inherit' now; the deployment sets 'none' for all calls in this account" }],
  ['invocation logging to a bucket and a log group', [instead('bedrock GET /logging/modelinvocations', { json: { loggingConfig: { s3Config: { bucketName: 'prompts' }, cloudWatchConfig: { logGroupName: '/prompts', roleArn: 'x' } } } }, 'eu-west-1')], { check: 'invocation logging', state: 'missing', region: 'eu-west-1', found: "every prompt and answer of the account is written to bucket 'prompts' and log group '/prompts'", fix: 'ask the person who turned it on to turn it off: aws bedrock delete-model-invocation-logging-configuration --region eu-west-1' }],
  ['no VPC left', [lowQuota('L-F678F1CE', 2), instead('ec2 DescribeVpcs', vpcs(['', 'other']))], { check: 'quota', state: 'missing', found: '2 VPCs per Region, but 3 are needed, including existing ones, because the deployment creates one, and another for an egress', fix: 'aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --desired-value 3 --region eu-central-1' }],
  ['no VPC left but that of an earlier deployment', [lowQuota('L-F678F1CE', 2), instead('ec2 DescribeVpcs', vpcs(['', 'exemple']))], { check: 'quota', state: 'ok', found: '2 VPCs per Region' }],
  ['as many Lambda calls as a new account has', [lowQuota('L-B99A9384', 10)], { check: 'quota', state: 'missing', found: expect.stringMatching(/^10 concurrent executions of Lambda, but 20 are needed, ten per gateway.*set 'concurrentRequests'/) }],
  ['a zone without an endpoint', [instead('ec2 DescribeVpcEndpointServices', offers('eu-central-1', { kms: 'abc', 'bedrock-runtime': 'ac' }))], { check: 'endpoint zones', state: 'missing', region: 'eu-central-1', found: 'eu-central-1b has no endpoint for bedrock-runtime', fix: 'write in residency.yaml, before the first deployment: network: { zones: { eu-central-1: [eu-central-1a, eu-central-1c] } }' }],
  ['a Region with too few zones for the endpoints', [instead('ec2 DescribeVpcEndpointServices', offers('eu-central-1', { kms: 'ab' }))], { check: 'endpoint zones', state: 'missing', found: 'eu-central-1a has no endpoint for bedrock-runtime; eu-central-1b has no endpoint for bedrock-runtime', fix: 'choose another Region: eu-central-1 has too few zones with all endpoints' }],
  ['a stack whose first deployment was refused', [instead('cloudformation DescribeStacks', stacks([['exemple-foundation', 'ROLLBACK_COMPLETE', true]]))], { check: 'stacks', state: 'missing', region: 'eu-central-1', found: 'exemple-foundation: its first deployment was refused (ROLLBACK_COMPLETE)', fix: expect.stringMatching(/^aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name exemple-foundation --region eu-central-1 && npx cdk deploy --all; /) }],
  ['such a stack without protection', [instead('cloudformation DescribeStacks', stacks([['exemple-foundation', 'ROLLBACK_FAILED', false]]))], { check: 'stacks', state: 'missing', fix: expect.stringMatching(/^npx cdk deploy --all; /) }],
  ['a stack whose rollback was refused', [instead('cloudformation DescribeStacks', stacks([['exemple-foundation', 'UPDATE_ROLLBACK_FAILED', true]]))], { check: 'stacks', state: 'missing', fix: expect.stringMatching(/^aws cloudformation continue-update-rollback --stack-name exemple-foundation --region eu-central-1; /) }],
  ['stacks that are deployed', [instead('cloudformation DescribeStacks', stacks([['exemple-foundation', 'CREATE_COMPLETE', true], ['exemple-projects', 'UPDATE_ROLLBACK_COMPLETE', true]]))], { check: 'stacks', state: 'ok', found: '2, none stuck' }],
  ['a refused stack of another deployment', [instead('cloudformation DescribeStacks', stacks([['other-foundation', 'ROLLBACK_COMPLETE', true]], 'other'))], { check: 'stacks', state: 'ok', found: 'none yet' }],
  ['few endpoints', [lowQuota('L-29B6F2EB', 1)], { check: 'quota', state: 'missing', found: expect.stringMatching(/^1 interface endpoints per VPC, but 2 are needed/) }],
  ['a model without any tokens', [instead('servicequotas ListServiceQuotas', { json: { Quotas: fewer('L-1', 0) } })], { check: 'model quota', state: 'missing', found: `${PROFILE}: 0 tokens per minute, so no request is answered`, fix: expect.stringContaining('--quota-code L-1 ') }],
  ['fewer requests than the projects are let send', [instead('servicequotas ListServiceQuotas', { json: { Quotas: fewer('L-2', 100) } })], { check: 'model quota', state: 'missing', found: `${PROFILE}: 100 requests per minute, and the limits of the projects that call it first allow 600` }],
  ['a model whose quota has another name', [instead('servicequotas ListServiceQuotas', { json: { Quotas: [] } })], { check: 'model quota', state: 'not-visible', found: `${PROFILE}: no quota for tokens per minute matches its name` }],
  ['a log role of another owner', [instead('apigateway GET /account', { json: { cloudwatchRoleArn: 'arn:aws:iam::111122223333:role/central-logs' } })], { check: 'API Gateway log role', state: 'ok', found: 'central-logs; the foundation replaces it, for all APIs of the account and Region (ApiGatewayLogRole.EXISTING keeps it)' }],
  ['a log role of the deployment', [instead('apigateway GET /account', { json: { cloudwatchRoleArn: 'arn:aws:iam::111122223333:role/exemple-foundation-Logs' } })], { check: 'API Gateway log role', state: 'ok', found: 'exemple-foundation-Logs, of this deployment' }],
  ['credentials of another partition', [iam('arn:aws-eusc:iam::111122223333:user/ada')], { check: 'account', state: 'missing', found: '111122223333 of partition aws-eusc, but eu-central-1 is in partition aws' }],
  ['a service control policy that denies a Region', [instead('bedrock', { error: 'AccessDeniedException', status: 403, message: 'not authorized with an explicit deny in a service control policy' }, 'eu-west-3')], { check: 'retention mode', state: 'missing', region: 'eu-west-3', found: 'a service control policy denies bedrock:GetAccountDataRetention, and may deny calls of the deployment there too' }],
  ['credentials that a Region does not know', [instead('bedrock', { error: 'UnrecognizedClientException', status: 403 }, 'eu-west-3')], { check: 'retention mode', state: 'not-visible', region: 'eu-west-3', found: 'bedrock:GetAccountDataRetention is denied' }],
  ['no service control policy in the way, by IAM', [], { check: 'service control policies', state: 'ok', region: 'eu-west-3' }, ['--ask-iam']],
  ['a service control policy, by IAM', [instead('iam SimulatePrincipalPolicy', simulation(false))], { check: 'service control policies', state: 'missing', found: 'one denies bedrock:InvokeModel' }, ['--ask-iam']],
  ['a session of a role, of which IAM is asked', [iam('arn:aws:sts::111122223333:assumed-role/Deploy/ada')], { check: 'service control policies', state: 'ok' }, ['--ask-iam']],
  ['root, which IAM does not simulate', [iam('arn:aws:iam::111122223333:root')], { check: 'service control policies', state: 'not-visible', found: 'IAM simulates a user or a role, and this is neither' }, ['--ask-iam']],
  ['a role that may not be read', [iam('arn:aws:sts::111122223333:assumed-role/Deploy/ada'), instead('iam GetRole', { error: 'AccessDenied', status: 403 })], { check: 'service control policies', state: 'not-visible', found: 'iam:GetRole is denied' }, ['--ask-iam']],
];

test.each(STATES.map(([name, answerers, expected, args = []]) => [name, answerers, expected, args] as const))(
  '%s',
  async (_, answerers, expected, args) => {
    const { code, all, out } = await lines(answerers, args);
    expect(all).toContainEqual(expect.objectContaining(expected));
    expect(all.filter(({ state, fix }) => state !== 'ok' && !fix)).toEqual([]);
    expect(code).toBe(all.some(({ state }) => state === 'missing') ? 1 : 0);
    expect(out).not.toContain('CANARY');
  },
);

const GIVEN_VPC = `network:
  vpc:
    id: vpc-0123456789abcdef0
    cidr: 10.40.0.0/20
    availabilityZones: [eu-central-1a, eu-central-1b]
    isolatedSubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
    routeTableIds: [rtb-0123456789abcdef0, rtb-0123456789abcdef1]
    endpoints: { kms: existing, s3: existing, dynamodb: existing }
`;
const GATEWAY = '<vpcEndpointType>Gateway</vpcEndpointType><state>available</state>';
const INTERFACE = '<vpcEndpointType>Interface</vpcEndpointType><state>available</state>';
const WITH_DNS = `${INTERFACE}<privateDnsEnabled>true</privateDnsEnabled>`;
const OURS = '<tagSet><item><key>residency:deployment</key><value>exemple</value></item></tagSet>';

test('each endpoint of an existing VPC is either there or not, as residency.yaml says', async () => {
  const given = { kms: INTERFACE, s3: GATEWAY, 'bedrock-runtime': WITH_DNS };
  const root = project(CONFIG + GIVEN_VPC);
  const { all } = await lines([instead('ec2 DescribeVpcEndpoints', endpoints(given))], [], root);
  expect(
    all.filter(({ check }) => check === 'endpoints of the VPC').map(({ state, found, fix }) => [state, found, fix]),
  ).toEqual([
    ['ok', 's3: exists; its policy is yours', null],
    ['missing', "dynamodb: the VPC doesn't have it", "remove 'dynamodb: existing' under 'network.vpc.endpoints'"],
    [
      'missing',
      "kms: it has no private DNS, so functions can't resolve the service's name to it",
      'aws ec2 modify-vpc-endpoint --private-dns-enabled --vpc-endpoint-id vpce-kms --region eu-central-1',
    ],
    [
      'missing',
      "bedrock: the VPC has it already, so it can't be created",
      "write 'bedrock: existing' under 'network.vpc.endpoints', and check its policy",
    ],
  ]);
  const created = { ...given, kms: WITH_DNS, dynamodb: GATEWAY, 'bedrock-runtime': WITH_DNS + OURS };
  const again = await lines([instead('ec2 DescribeVpcEndpoints', endpoints(created))], [], root);
  expect(again.all.filter(({ check }) => check === 'endpoints of the VPC').map(({ state }) => state)).toEqual(
    Array(4).fill('ok'),
  );
  const zones = again.all.find(({ check }) => check === 'endpoint zones');
  expect(zones?.found).toBe('eu-central-1a, eu-central-1b: bedrock-runtime');
});

test('what residency.yaml reserves is compared with the quota, less the hundred that Lambda keeps', async () => {
  const root = project(`${CONFIG}api: { projectsConcurrency: 50 }\n`);
  const { all } = await lines([lowQuota('L-B99A9384', 149)], [], root);
  expect(all).toContainEqual(
    expect.objectContaining({
      state: 'missing',
      found: expect.stringMatching(/^149 concurrent executions of Lambda, but 150 are needed/),
    }),
  );
  const enough = await lines([lowQuota('L-B99A9384', 150)], [], root);
  expect(enough.all.find(({ found }) => found.startsWith('150 concurrent'))?.state).toBe('ok');
});

test('sign-ins of the members that --members says are compared with the quota of Cognito', async () => {
  const workspace = 'workspaces: [{ id: sciences, edition: edu, retention: 365d, models: [assistant] }]';
  const root = project(CONFIG.replace(/projects: .*/, workspace));
  const { all, code } = await lines([lowQuota('L-026ADBA3', 120)], ['--members', '18001'], root);
  expect(all).toContainEqual(
    expect.objectContaining({
      check: 'quota',
      state: 'missing',
      fix: 'aws service-quotas request-service-quota-increase --service-code cognito-idp --quota-code L-026ADBA3 --desired-value 121 --region eu-central-1',
    }),
  );
  expect(code).toBe(1);
});

test('a mode that others are to set is missing where they have not', async () => {
  const root = project(`${CONFIG}bedrock: { retention: verify }\n`);
  const { all } = await lines([instead('bedrock GET /data-retention', { json: { mode: 'default' } })], [], root);
  expect(all).toContainEqual({
    check: 'retention mode',
    state: 'missing',
    region: 'eu-central-1',
    found: "'default', and 'bedrock.retention: verify' leaves it for you to set",
    fix: "aws bedrock put-account-data-retention --mode none --region eu-central-1; or write 'bedrock.retention: manage'",
  });
});

test('an opt-in Region that is not enabled can not be seen, and the line says where it is fixed', async () => {
  const root = project(CONFIG.replace(PROFILE, 'eu.anthropic.claude-sonnet-4-6'));
  const unknown = instead('bedrock', { error: 'UnrecognizedClientException', status: 403 }, 'eu-south-1');
  const { all } = await lines([unknown], [], root);
  const milan = all.filter(({ region, state }) => region === 'eu-south-1' && state !== 'ok');
  expect(milan.map(({ check }) => check)).toEqual([
    'model access',
    'retention mode',
    'trusted access',
    'invocation logging',
  ]);
  for (const { state, fix } of milan) {
    expect(state).toBe('not-visible');
    expect(fix).toMatch(/^enable it first, as the line 'Region enabled' says/);
  }
});

test.each([
  ['denied', { error: 'AccessDeniedException', status: 403 }, /is denied$/],
  ['throttled', { error: 'ThrottlingException', status: 429 }, /is throttled$/],
  ['failing', { error: 'InternalFailure', status: 500 }, /failed$/],
  ['hanging', 'hang', /got no answer$/],
] as const)(
  'an account where everything is %s is told line by line, and nothing crashes',
  async (_, answer, found) => {
    const answerer: Answerer = ({ service }) => (service === 'sts' ? undefined : answer);
    const over = answer === 'hang' ? { timeoutMs: 600 } : {};
    const { code, all } = await lines([answerer], ['--ask-iam'], project(), over);
    expect(code).toBe(0);
    const asked = all.filter(({ check }) => !['Node.js', 'CDK CLI', 'account'].includes(check));
    expect(new Set(asked.map(({ check }) => check)).size).toBe(16);
    for (const line of asked) {
      expect(line).toMatchObject({ state: 'not-visible', fix: expect.stringMatching(/\S/) });
      if (line.check !== 'where profiles lead') expect(line.found).toMatch(found);
    }
  },
  60_000,
);

test('a check that takes too long or fails unexpectedly has a line of its own', async () => {
  const checks = {
    slow: () => new Promise<never>(() => undefined),
    broken: () => Promise.reject(new RangeError('CANARY')),
  };
  expect(await examine({} as Subject, 20, checks)).toEqual([
    {
      check: 'slow',
      state: 'not-visible',
      region: undefined,
      found: 'it took longer than 0.02 seconds',
      fix: 'try again in a few minutes',
    },
    {
      check: 'broken',
      state: 'not-visible',
      region: undefined,
      found: 'it failed (RangeError)',
      fix: 'try again; if it still fails, report it with this line',
    },
  ]);
});

test.each([
  ['3.0.0', /can't read the output of aws-cdk-lib 2/],
  ['2.1000.0', /older than/],
])('a CDK CLI %s is to be replaced', async (version, found) => {
  const { all } = await lines([], [], project(CONFIG, version));
  const line = all.find(({ check }) => check === 'CDK CLI');
  expect(line).toMatchObject({ state: 'missing', fix: `npm install --save-dev --save-exact aws-cdk@${TESTED_CLI}` });
  expect(line?.found).toMatch(found);
});

test('without a CDK CLI in the project the one on the path counts, and without that it is missing', async () => {
  const root = project(CONFIG, null);
  const cli = async (PATH: string) => {
    const { out } = await run(['--format', 'json'], { environment: { ...aws.environment(), PATH } }, root);
    return (JSON.parse(out).lines as Line[]).find(({ check }) => check === 'CDK CLI');
  };
  const bin = folder({ cdk: '#!/bin/sh\necho "2.1200.0 (build abc)"\n' });
  chmodSync(path.join(bin, 'cdk'), 0o755);
  expect(await cli(bin)).toMatchObject({ state: 'ok', found: '2.1200.0' });
  expect(await cli(folder())).toMatchObject({ state: 'missing', found: 'not installed' });
});

test('what it asks of Node.js and of the CDK CLI is what the package says', () => {
  const { engines, devDependencies } = require('../../../package.json');
  expect(`>=${OLDEST_NODE.replace(/\.0$/, '')}`).toBe(engines.node);
  expect(TESTED_CLI).toBe(devDependencies['aws-cdk']);
});

test.each<[string, string, string[], Answerer[], RegExp]>([
  [
    'expired credentials',
    CONFIG,
    [],
    [instead('sts', { error: 'ExpiredToken', status: 403 })],
    /^your AWS credentials have expired/,
  ],
  ['nothing to deploy', 'boundary: eu\n', [], [], /declares a boundary and nothing to deploy/],
  ['a wrong configuration', `${CONFIG}nme: x\n`, [], [], /residency\.yaml:7:1: nme: isn't a known key/],
  ['a format that does not exist', CONFIG, ['--format', 'xml'], [], /^--format: found 'xml'/],
  ['a number of members that is none', CONFIG, ['--members', 'many'], [], /^--members: found 'many'/],
  ['a qualifier that can not be one', CONFIG, ['--qualifier', 'a/b'], [], /^--qualifier: found 'a\/b'/],
])('%s is refused before anything is looked at', async (_, config, args, answerers, message) => {
  aws.answerers = [...answerers, ...HEALTHY];
  await expect(run(args, {}, project(config))).rejects.toThrow(message);
  expect(aws.calls.filter(({ service }) => service !== 'sts')).toEqual([]);
});

test('colour marks what is missing, and NO_COLOR leaves it out', async () => {
  aws.answerers = [instead('ssm GetParameter', { error: 'ParameterNotFound' }), ...HEALTHY];
  const marked = async (over: Record<string, string>) =>
    (await run([], { environment: { ...aws.environment(), ...over } })).out;
  expect(await marked({ FORCE_COLOR: '1' })).toContain('\u001b[');
  expect(await marked({ NO_COLOR: '1' })).not.toContain('\u001b[');
});

test('the published command says the same, without any package installed', async () => {
  const root = project();
  const published = builtCommand(root);
  const environment = { ...aws.environment(), PATH: '', HOME: root, NO_COLOR: '1' };
  const command = promisify(execFile)(process.execPath, [published, 'doctor', '--ask-iam'], {
    cwd: root,
    env: environment,
  });
  const { stdout, stderr } = await command;
  expect(stderr).toBe('');
  expect(stdout).toBe(`${(await run(['--ask-iam'])).out}\n`);
  expect(stdout).toContain('44 ok, 0 missing, 0 not visible');
}, 60_000);
