import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { allProfiles } from '@/lib/cli/facts/subject-profiles';
import { runFacts } from '@/lib/cli/run/run-facts';
import { loadConfig } from '@/lib/config/load';
import { builtCommand } from '../../support/built-command';
import { type Answerer, FakeAws, whoAmI } from '../../support/fake-aws';
import { folder } from '../support';

const NOW = new Date('2026-11-27T10:00:00Z');
const PROFILE = 'eu.amazon.nova-lite-v1:0';
const FACTS = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'];
const CONFIG = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
models: [{ id: assistant, destinations: [{ bedrock: '${PROFILE}' }, { bedrock: openai.gpt-oss-120b-1:0 }] }]
projects: [{ id: bot, models: [assistant] }]
alerts: [security@example.eu]
`;

const aws = new FakeAws();
beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(() => {
  aws.calls.length = 0;
  aws.answerers = [whoAmI, leadsTo(FACTS)];
});

/** Bedrock, where every profile leads to these Regions. */
function leadsTo(regions: readonly string[], only?: string): Answerer {
  return ({ service, region, path: url }) => {
    const id = /^\/inference-profiles\/(.+)$/.exec(url)?.[1];
    if (service !== 'bedrock' || id === undefined || (only ?? region) !== region) return undefined;
    return {
      json: {
        inferenceProfileName: id,
        inferenceProfileArn: `arn:aws:bedrock:${region}:111122223333:inference-profile/${id}`,
        inferenceProfileId: id,
        status: 'ACTIVE',
        type: 'SYSTEM_DEFINED',
        models: regions.map((code) => ({ modelArn: `arn:aws:bedrock:${code}::foundation-model/${id.slice(3)}` })),
      },
    };
  };
}
const failing =
  (error: string, status = 400, of = 'bedrock'): Answerer =>
  ({ service }) =>
    service === of ? { error, status } : undefined;

/** Longer than any answer of this process takes on a busy machine. */
const PATIENT_MS = 15_000;

async function run(
  root: string,
  args: readonly string[] = [],
  { over = {}, timeoutMs = PATIENT_MS }: { over?: Record<string, string>; timeoutMs?: number } = {},
) {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void err.push(line)),
  ];
  const environment = { ...aws.environment(), ...over };
  Object.assign(process.env, environment);
  try {
    const code = await runFacts(['verify', '--config', path.join(root, 'residency.yaml'), ...args], {
      environment,
      timeoutMs,
      now: NOW,
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
    for (const spy of spies) spy.mockRestore();
  }
}
const project = (config = CONFIG, more: Record<string, string> = {}) => folder({ 'residency.yaml': config, ...more });

test('what Bedrock says as well is the same, and a row is one line', async () => {
  const { code, out } = await run(project());
  expect(code).toBe(0);
  const [head, row, ...rest] = out.split('\n');
  expect(head).toMatch(/^STATE +PROFILE +CALLED FROM +ROUTES TO +FACTS AS OF$/);
  expect(row).toMatch(
    /^same +eu\.amazon\.nova-lite-v1:0 +eu-central-1 +eu-central-1 eu-north-1 eu-west-1 eu-west-3 +2025-12$/,
  );
  expect(rest).toEqual([]);
  expect(aws.calls.map(({ service, region, action }) => `${service} ${region} ${action}`)).toEqual([
    'sts eu-central-1 GetCallerIdentity',
    `bedrock eu-central-1 GET /inference-profiles/${PROFILE}`,
  ]);
});

test.each<[string, Answerer, number, string, RegExp, RegExp]>([
  [
    'London',
    leadsTo([...FACTS, 'eu-west-2']),
    1,
    'outside',
    /gained, outside: eu-west-2, London \(GB\)/,
    /remove it from residency\.yaml/,
  ],
  [
    'the United States, and has lost Paris',
    leadsTo(['eu-central-1', 'us-east-1']),
    1,
    'outside',
    /us-east-1, N\. Virginia \(US\); lost: eu-north-1/,
    /remove it/,
  ],
  ['no Region at all', leadsTo([]), 1, 'outside', /anywhere, an unknown place/, /remove it/],
  ['Milan', leadsTo([...FACTS, 'eu-south-1']), 0, 'gained', /^gained: eu-south-1, Milan \(IT\)$/, /--write/],
  ['fewer', leadsTo(FACTS.slice(1)), 0, 'lost', /^lost: eu-central-1, Frankfurt \(DE\)$/, /nothing has to be done/],
  ['nowhere that Bedrock knows', failing('ResourceNotFoundException', 404), 1, 'unknown', /knows no such/, /remove it/],
  [
    'what is denied',
    failing('AccessDeniedException', 403),
    2,
    'not-visible',
    /is denied in eu-central-1/,
    /allow your user/,
  ],
  ['what is throttled', failing('ThrottlingException', 429), 2, 'not-visible', /throttles calls/, /try again/],
  ['what fails', failing('InternalServerException', 500), 2, 'not-visible', /Bedrock failed/, /try again/],
  [
    'silence',
    ({ service }) => (service === 'bedrock' ? 'hang' : undefined),
    2,
    'not-visible',
    /can't be reached/,
    /VPN/,
  ],
])(
  'a profile that leads to %s',
  async (leadsTo, answerer, expected, state, detail, fix) => {
    aws.answerers = [whoAmI, answerer];
    const patience = leadsTo === 'silence' ? { timeoutMs: 200 } : {};
    const { code, out } = await run(project(), ['--format', 'json'], patience);
    expect(code).toBe(expected);
    const { boundary, account, profiles, written } = JSON.parse(out);
    expect([boundary, account, written]).toEqual(['eu', '111122223333', null]);
    expect(profiles).toHaveLength(1);
    expect(profiles[0]).toMatchObject({ id: PROFILE, sourceRegion: 'eu-central-1', state, expected: FACTS });
    expect(profiles[0].detail).toMatch(detail);
    expect(profiles[0].fix).toMatch(fix);
    expect(out).not.toContain('CANARY');
    const { out: pretty } = await run(project(), [], patience);
    expect(pretty).toContain(`\n\n${PROFILE} called from eu-central-1: `);
    expect(pretty).toMatch(/\n {2}fix: \S/);
  },
  20_000,
);

test('an opt-in Region that is not enabled is not visible, and the others are read', async () => {
  aws.answerers = [
    whoAmI,
    ({ service, region }) =>
      service === 'bedrock' && region === 'eu-south-1'
        ? { error: 'UnrecognizedClientException', status: 403 }
        : undefined,
    leadsTo(FACTS),
  ];
  const { code, out } = await run(project('boundary: eu\n'), ['--all', '--format', 'json']);
  const { profiles } = JSON.parse(out) as { profiles: { sourceRegion: string; state: string; fix: string }[] };
  const milan = profiles.filter(({ sourceRegion }) => sourceRegion === 'eu-south-1');
  expect(milan.length).toBeGreaterThan(0);
  for (const { state, fix } of milan) {
    expect([state, fix]).toEqual(['not-visible', 'enable it: aws account enable-region --region-name eu-south-1']);
  }
  expect(profiles.some(({ state }) => state === 'same')).toBe(true);
  expect(code).toBe(2);
  expect(profiles).toHaveLength(allProfiles(ResidencyBoundary.eu(), [], NOW).length);
  const eu = ResidencyBoundary.eu();
  expect(aws.calls.filter(({ region }) => !eu.containsRegion(region))).toEqual([]);
});

describe('--write', () => {
  const rowsIn = (root: string) => readFileSync(path.join(root, 'residency-facts.yaml'), 'utf8');
  const load = (root: string) => loadConfig(path.join(root, 'residency.yaml'));

  test('keeps a dated row, by which the same is not stale any more', async () => {
    const root = project();
    const { err } = await run(root, ['--write']);
    expect(err).toBe(`saved in ${path.join(root, 'residency-facts.yaml')}`);
    expect(rowsIn(root)).toContain(
      `profiles:
  - id: ${PROFILE}
    from: eu-central-1
    regions:
      - eu-central-1
      - eu-north-1
      - eu-west-1
      - eu-west-3
    source: bedrock:GetInferenceProfile
    asOf: 2026-11-27
    confidence: high
`,
    );
    expect((await run(root)).out).toMatch(/ 2026-11-27$/);
  });

  test('a Region that was gained inside counts from then on, in roles, checks and gateway', async () => {
    const root = project();
    aws.answerers = [whoAmI, leadsTo([...FACTS, 'eu-south-1'])];
    await run(root, ['--write']);
    const [destination] = load(root).deployment?.models[0]?.destinations ?? [];
    expect(destination).toMatchObject({
      regions: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-west-1', 'eu-west-3'],
      furtherRegions: ['eu-south-1'],
    });
    expect((await run(root)).out).toMatch(/^same /m);
  });

  test('one outside refuses the file, until Bedrock says otherwise', async () => {
    const root = project();
    aws.answerers = [whoAmI, leadsTo([...FACTS, 'eu-west-2'])];
    expect((await run(root, ['--write'])).code).toBe(1);
    expect(() => load(root)).toThrow(
      /residency\.yaml:4:\d+: models\[0\]\.destinations\[0\]\.bedrock: found 'eu\.amazon\.nova-lite-v1:0', which called from eu-central-1 may be processed in eu-west-2, London \(GB\), outside the EU, as the provider itself stated on 2026-11-27 \(residency-facts\.yaml\); use another destination, or ask Bedrock again with 'eu-residency facts verify --write'/,
    );
    aws.answerers = [whoAmI, leadsTo(FACTS)];
    expect((await run(root, ['--write'])).code).toBe(0);
    expect(load(root).deployment?.models[0]?.destinations[0]).not.toHaveProperty('furtherRegions');
  });

  test('takes no Region away that the facts name, and keeps the row of what it can not read', async () => {
    const root = project();
    aws.answerers = [whoAmI, leadsTo(['eu-central-1'])];
    await run(root, ['--write']);
    expect(load(root).deployment?.models[0]?.destinations[0]?.regions).toEqual(FACTS);
    const before = rowsIn(root);
    aws.answerers = [whoAmI, failing('AccessDeniedException', 403)];
    await run(root, ['--write']);
    expect(rowsIn(root)).toBe(before);
  });

  test('a file that was damaged is refused with its place, and no line of it is lost', async () => {
    const broken =
      'profiles:\n  - { id: eu.x.y, from: eu-central-1, regions: [], source: me, asOf: 2026-02-31, confidence: sure }\n';
    const root = project(CONFIG, { 'residency-facts.yaml': broken });
    await expect(run(root, ['--write'])).rejects.toThrow(
      /residency-facts\.yaml:2:\d+: profiles\[0\]\.regions: found .*; allowed: a list of Regions, at least one; fix it, or delete the file/,
    );
    expect(() => load(root)).toThrow(/asOf: found '2026-02-31'; allowed: a day such as[\s\S]*confidence: found 'sure'/);
    expect(rowsIn(root)).toBe(broken);
  });
});

test.each<[string, string[], Record<string, string>, Answerer[], RegExp]>([
  ['no action', [], {}, [], /^facts takes one action: verify/],
  [
    'expired credentials',
    ['verify'],
    {},
    [failing('ExpiredToken', 403, 'sts')],
    /^your AWS credentials have expired; sign in/,
  ],
  [
    'unknown credentials',
    ['verify'],
    {},
    [failing('InvalidClientTokenId', 403, 'sts')],
    /^AWS doesn't know your credentials \(Invalid/,
  ],
  [
    'no answer of STS',
    ['verify'],
    {},
    [({ service }) => (service === 'sts' ? 'hang' : undefined)],
    /^AWS can't be reached in eu-central-1/,
  ],
  [
    'an STS that fails',
    ['verify'],
    {},
    [failing('InternalFailure', 500, 'sts')],
    /^AWS doesn't identify your credentials/,
  ],
  [
    'an endpoint outside',
    ['verify'],
    { AWS_ENDPOINT_URL_BEDROCK: 'https://bedrock.us-east-1.amazonaws.com' },
    [whoAmI],
    /^'AWS_ENDPOINT_URL_BEDROCK' would send calls to a host that isn't inside the EU: .*; unset it/,
  ],
  ['a format that does not exist', ['verify', '--format', 'xml'], {}, [], /^--format: found 'xml'/],
])(
  '%s is told',
  async (why, [action, ...args], over, answerers, message) => {
    aws.answerers = answerers;
    const environment = { ...aws.environment(), ...over };
    Object.assign(process.env, environment);
    const config = ['--config', path.join(project(), 'residency.yaml')];
    const refused = runFacts([...(action ? [action] : []), ...config, ...args], {
      environment,
      timeoutMs: why === 'no answer of STS' ? 100 : PATIENT_MS,
      now: NOW,
    });
    await expect(refused).rejects.toMatchObject({ name: 'UsageError', message: expect.stringMatching(message) });
    for (const name of Object.keys(environment)) delete process.env[name];
  },
  20_000,
);

test('a file that calls no profile has nothing to verify', async () => {
  expect(await run(project(CONFIG.replace(`{ bedrock: '${PROFILE}' }, `, '')))).toMatchObject({
    code: 0,
    out: '',
    err: expect.stringMatching(/calls no inference profile, so there is nothing to verify; --all /),
  });
  await expect(run(project('boundary: eu\n'))).rejects.toThrow('declares a boundary and calls no model; add --all');
  expect(aws.calls).toEqual([]);
});

test('the published commands need no package, and say so when there are no credentials', () => {
  const root = folder({ 'residency.yaml': CONFIG });
  const published = builtCommand(root);
  const env = {
    PATH: process.env.PATH,
    HOME: root,
    NO_COLOR: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  for (const args of [['facts', 'verify'], ['doctor']]) {
    const command = [published, ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, env, encoding: 'utf8' });
    expect(stderr).toMatch(/^eu-residency: no AWS credentials were found; sign in \('aws sso login'/);
    expect([status, stdout]).toEqual([2, '']);
  }
  expect(existsSync(path.join(root, 'residency-facts.yaml'))).toBe(false);
}, 60_000);
