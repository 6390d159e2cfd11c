import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { models } from '@/lib/cli/commands/models';
import { runAdmit } from '@/lib/cli/run/run-admit';
import { runFacts } from '@/lib/cli/run/run-facts';
import { loadConfig } from '@/lib/config/load';
import { SERVED } from '@/lib/config/model/purpose';
import { describes, EU_NEXT, type FakeModel, NEXT } from '../../support/bedrock-answers';
import { builtCommand } from '../../support/built-command';
import { clockAt } from '../../support/clock';
import { type Answerer, FakeAws, whoAmI } from '../../support/fake-aws';
import { folder } from '../support';

const NOW = new Date('2026-11-30T10:00:00Z');
// It names the model already, which no fact allows yet.
const CONFIG = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
models: [{ id: assistant, destinations: [{ bedrock: '${EU_NEXT}' }] }]
projects: [{ id: bot, models: [assistant] }]
alerts: [security@example.eu]
`;
const PEOPLE = ['--reason', 'coding assistant', '--approved-by', 'Ada Lovelace', '--expires', '2027-04-30'];
const RETAINS = ['--retains', 'nothing', '--retention-reason', 'terms of Acme, 2026-11-20'];
const ALL = [EU_NEXT, ...PEOPLE, ...RETAINS];

const aws = new FakeAws();
beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(() => {
  aws.calls.length = 0;
  aws.answerers = [whoAmI, describes()];
});

/** Runs an act with the credentials of the fake, and returns what it printed. */
async function printed(act: (environment: Record<string, string>) => number | Promise<number>) {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void err.push(line)),
  ];
  const environment = aws.environment();
  Object.assign(process.env, environment);
  try {
    const code = await act(environment);
    return { code, out: out.join('\n'), err: err.join('\n') };
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
    for (const spy of spies) spy.mockRestore();
  }
}
const admit = (root: string, args: readonly string[] = ALL, now = NOW) =>
  printed((environment) =>
    runAdmit(['admit', ...args, '--config', path.join(root, 'residency.yaml')], {
      environment,
      timeoutMs: 15_000,
      now,
    }),
  );
const project = (more: Record<string, string> = {}) => folder({ 'residency.yaml': CONFIG, ...more });
const fileOf = (root: string) => path.join(root, 'residency-admitted.yaml');

test("a profile that no release knows is admitted with Bedrock's answer, and its end is printed", async () => {
  const root = project();
  const { code, out, err } = await admit(root);
  expect([code, err]).toEqual([0, '']);
  expect(out).toBe(
    [
      `${EU_NEXT} called from eu-central-1 is admitted until 2027-04-30, and saved in ${fileOf(root)}`,
      '  processed in eu-central-1, Frankfurt (DE); eu-north-1, Stockholm (SE)',
      `  model ${NEXT}: Model 9 of Acme, text, ACTIVE; closed to new customers from 2027-08-01, ends on 2028-02-01`,
      '  its provider retains nothing, as declared: terms of Acme, 2026-11-20',
      '  requested by arn:aws:iam::111122223333:user/ada, approved by Ada Lovelace: coding assistant',
      `  next: name it in ${path.join(root, 'residency.yaml')} ('bedrock: ${EU_NEXT}'), commit residency-admitted.yaml with it, and deploy`,
    ].join('\n'),
  );
  expect(readFileSync(fileOf(root), 'utf8').replace(/^#.*\n/gm, '')).toBe(`format: 1
admitted:
  - id: ${EU_NEXT}
    from: eu-central-1
    geography: eu
    regions:
      - eu-central-1
      - eu-north-1
    modelArns:
      - arn:aws:bedrock:eu-central-1::foundation-model/${NEXT}
      - arn:aws:bedrock:eu-north-1::foundation-model/${NEXT}
    model:
      id: ${NEXT}
      name: Model 9
      provider: Acme
      kind: text
      inferenceTypes:
        - INFERENCE_PROFILE
      status: ACTIVE
      releasedAt: 2026-11-20
      legacyFrom: 2027-08-01
      endsAt: 2028-02-01
    retentionMode: none
    retains:
      days: 0
      reason: terms of Acme, 2026-11-20
    readAt: 2026-11-30T10:00:00.000Z
    account: "111122223333"
    requestedBy: arn:aws:iam::111122223333:user/ada
    reason: coding assistant
    approvedBy: Ada Lovelace
    expires: 2027-04-30
`);
  expect(aws.calls.map(({ service, region, action }) => `${service} ${region} ${action}`)).toEqual([
    'sts eu-central-1 GetCallerIdentity',
    `bedrock eu-central-1 GET /inference-profiles/${EU_NEXT}`,
    `bedrock eu-central-1 GET /foundation-models/${NEXT}`,
    'bedrock eu-central-1 GET /data-retention',
  ]);
  const [destination] =
    loadConfig(path.join(root, 'residency.yaml'), SERVED, undefined, () => NOW).deployment?.models[0]?.destinations ??
    [];
  expect(destination).toMatchObject({ regions: ['eu-central-1', 'eu-north-1'], until: '2027-04-30' });
});

test('every output names who admitted it', async () => {
  const root = project();
  await admit(root, [...ALL, '--requested-by', 'Grace Hopper']);
  const words = 'admitted by Ada Lovelace for Grace Hopper until 2027-04-30: coding assistant';
  const config = ['--config', path.join(root, 'residency.yaml')];
  const listed = async (...args: string[]) => (await printed(() => models([...config, ...args], NOW))).out;
  expect(await listed()).toContain(`\n${EU_NEXT}: ${words}`);
  expect(await listed('--format', 'yaml')).toMatch(new RegExp(`- bedrock: ${EU_NEXT} # processed in .*; ${words}\n`));
  const { models: rows } = JSON.parse(await listed('--format', 'json'));
  expect(rows.filter(({ admitted }: { admitted: string | null }) => admitted !== null)).toEqual([
    expect.objectContaining({ id: EU_NEXT, kind: 'text', admitted: words }),
  ]);
  const verify = (...args: string[]) =>
    printed((environment) => runFacts(['verify', ...config, ...args], { environment, timeoutMs: 15_000, now: NOW }));
  expect((await verify()).out).toMatch(
    new RegExp(`^same +${EU_NEXT} [\\s\\S]*${EU_NEXT} called from eu-central-1: ${words}$`, 'm'),
  );
  expect(JSON.parse((await verify('--format', 'json')).out).profiles).toMatchObject([
    { state: 'same', admitted: words },
  ]);
});

test('a model that has ended is not admitted', async () => {
  const root = project();
  const lifecycle = { status: 'LEGACY', endOfLifeTime: '2026-11-01T00:00:00Z' };
  aws.answerers = [whoAmI, describes({ inferenceTypes: ['ON_DEMAND'], lifecycle })];
  const { code, err } = await admit(root, [NEXT, ...PEOPLE, ...RETAINS, '--region', 'eu-north-1']);
  expect(code).toBe(1);
  expect(err).toContain(`found '${NEXT}', whose model ended on 2026-11-01 according to Bedrock; admit a newer model`);
  expect(existsSync(fileOf(root))).toBe(false);
});

test('a model that a Region serves itself is admitted for that Region', async () => {
  const root = project();
  aws.answerers = [whoAmI, describes({ inferenceTypes: ['ON_DEMAND'], lifecycle: { status: 'ACTIVE' } })];
  const { code, out } = await admit(root, [NEXT, ...PEOPLE, ...RETAINS, '--region', 'eu-north-1']);
  expect(code).toBe(0);
  expect(out).toMatch(/processed in eu-north-1, Stockholm \(SE\)\n.*; no end is announced\n/);
  expect(readFileSync(fileOf(root), 'utf8')).not.toContain('geography');
});

test('admitted again, it keeps one row for each Region, and others', async () => {
  const root = project();
  await admit(root);
  await admit(root, [...ALL, '--region', 'eu-north-1']);
  await admit(root, [...ALL.slice(0, -4), ...RETAINS, '--requested-by', 'Grace Hopper']);
  const text = readFileSync(fileOf(root), 'utf8');
  expect(text.match(/ {2}- id: /g)).toHaveLength(2);
  expect(text.match(/requestedBy: (.*)/g)).toEqual([
    'requestedBy: Grace Hopper',
    'requestedBy: arn:aws:iam::111122223333:user/ada',
  ]);
});

test.each<[string, FakeModel, string[], RegExp]>([
  [
    'a Region outside the boundary',
    { regions: ['eu-central-1', 'eu-west-2'] },
    ALL,
    /^eu-residency: not admitted: regions\[1\]: found eu-west-2, London \(GB\), outside the EU, where 'eu\.acme\.model-9-v1:0' called from eu-central-1 may be processed; no one can admit a Region outside the boundary/,
  ],
  [
    'an approver who requests it',
    {},
    [EU_NEXT, '--reason', 'x', '--approved-by', ' ADA', '--expires', '2027-04-30', ...RETAINS].map((arg) => arg.trim()),
    /approvedBy: found 'ADA', who also requested it; someone other than the requester must approve it/,
  ],
  [
    'an expiry date too far ahead',
    {},
    [EU_NEXT, '--reason', 'x', '--approved-by', 'Grace Hopper', '--expires', '2027-05-30', ...RETAINS],
    /expires: found '2027-05-30', more than 180 days after Bedrock answered; allowed: at the latest 2027-05-29/,
  ],
  [
    'an expiry date in the past',
    {},
    [EU_NEXT, '--reason', 'x', '--approved-by', 'Grace Hopper', '--expires', '2026-11-30', ...RETAINS],
    /expires: found '2026-11-30': the row has expired, and admits nothing/,
  ],
  [
    'unknown retention',
    {},
    [EU_NEXT, ...PEOPLE],
    /what the provider of 'acme\.model-9-v1:0' retains is unknown, so 'eu\.acme\.model-9-v1:0' can't be admitted without a declaration; read the provider's terms .* add --retains nothing, or --retains 30d, with --retention-reason/,
  ],
  [
    'a model that no Region serves itself',
    {},
    [NEXT, ...PEOPLE, ...RETAINS],
    /inferenceTypes: found INFERENCE_PROFILE: eu-central-1 doesn't serve 'acme\.model-9-v1:0' itself.*; admit the profile, such as 'eu\.acme\.model-9-v1:0'/,
  ],
  [
    'a global profile',
    {},
    [`global.${NEXT}`, ...PEOPLE, ...RETAINS],
    /found 'global\.acme\.model-9-v1:0', which may be processed in any Region of the world/,
  ],
  [
    'a name that no policy could contain',
    { name: 'Model\u0007 9' },
    ALL,
    /model\.name: found 'Model.* 9'; allowed: the model's name, without control characters/,
  ],
  [
    'a model without traits to copy',
    {},
    [...ALL, '--like', 'acme.model-8'],
    /like: found 'acme\.model-8', of which the facts contain no traits; name a model/,
  ],
])('%s is not admitted, and nothing is written', async (_, model, args, message) => {
  const root = project();
  aws.answerers = [whoAmI, describes(model)];
  const { code, out, err } = await admit(root, args);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(message);
  expect(existsSync(fileOf(root))).toBe(false);
});

const failing =
  (error: string, status: number, of = /./): Answerer =>
  ({ service, path: at }) =>
    service === 'bedrock' && of.test(at) ? { error, status } : undefined;

test.each<[string, Answerer[], string[], RegExp]>([
  ['no id', [], [], /^facts admit takes one id of a model or profile/],
  ['no reason', [], [EU_NEXT], /^--reason is missing: why this deployment needs the model/],
  ['no approver', [], [EU_NEXT, '--reason', 'x'], /^--approved-by is missing/],
  ['no expiry', [], [EU_NEXT, ...PEOPLE.slice(0, 4)], /^--expires is missing: the first day on which/],
  ['a day that does not exist', [], [EU_NEXT, ...PEOPLE.slice(0, 5), '2027-02-30'], /^--expires: found '2027-02-30'/],
  [
    'an unclear retention',
    [],
    [EU_NEXT, ...PEOPLE, '--retains', 'little'],
    /^--retains: found 'little'; allowed: nothing/,
  ],
  ['retention without a reason', [], [EU_NEXT, ...PEOPLE, '--retains', '30d'], /^--retention-reason is missing/],
  [
    'a reason without retention',
    [],
    [EU_NEXT, ...PEOPLE, ...RETAINS.slice(2)],
    /^--retention-reason is the reason for --retains/,
  ],
  ['two lines', [], [EU_NEXT, '--reason', 'a\nb'], /^--reason: found a text that isn't one line/],
  [
    'a Region outside',
    [],
    [...ALL, '--region', 'eu-west-2'],
    /^--region: 'eu-west-2' is in London \(GB\), outside the EU/,
  ],
  ['a kind that does not exist', [], [...ALL, '--kind', 'music'], /^--kind: found 'music'/],
  [
    'an unknown profile',
    [failing('ResourceNotFoundException', 404)],
    ALL,
    /^Bedrock knows no 'eu\.acme\.model-9-v1:0' in eu-central-1; nothing was written: check the id, or name a Region/,
  ],
  [
    'a denied call',
    [failing('AccessDeniedException', 403, /^\/data/), describes()],
    ALL,
    /^bedrock:GetAccountDataRetention is denied in eu-central-1/,
  ],
  [
    'a profile without Regions',
    [describes({ arns: [`arn:aws:bedrock:::foundation-model/${NEXT}`] })],
    ALL,
    /^Bedrock names no Region for 'eu\.acme/,
  ],
  [
    'a profile of two models',
    [
      describes({
        arns: ['arn:aws:bedrock:eu-west-1::foundation-model/a.b', 'arn:aws:bedrock:eu-west-1::foundation-model/a.c'],
      }),
    ],
    ALL,
    /^Bedrock names 2 models for/,
  ],
  ['a profile of the account', [describes({ type: 'APPLICATION' })], ALL, /is an application profile of this account/],
  [
    'a kind that the answer does not show',
    [describes({ outputs: [] })],
    ALL,
    /^Bedrock's answer doesn't show what kind of model .* add --kind/,
  ],
  ['an answer without a lifecycle', [describes({ lifecycle: {} })], ALL, /has no id or no lifecycle/],
])('admit reports %s', async (_, answerers, args, message) => {
  const root = project();
  aws.answerers = [whoAmI, ...answerers];
  await expect(admit(root, args)).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringMatching(message),
  });
  expect(existsSync(fileOf(root))).toBe(false);
});

test('the published command has what it needs to admit and to list', async () => {
  const root = project();
  await admit(root);
  const published = builtCommand(root);
  const env = { PATH: process.env.PATH, HOME: root, NO_COLOR: '1', AWS_EC2_METADATA_DISABLED: 'true' };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', clockAt(NOW), published, ...args], { cwd: root, env, encoding: 'utf8' });
  const listed = run('models', '--config', 'residency.yaml', '--format', 'json');
  expect(listed.stderr).toBe('');
  expect(listed.stdout).toContain('admitted by Ada Lovelace');
  expect(run('facts', 'admit', ...ALL).stderr).toMatch(/^eu-residency: no AWS credentials were found/);
}, 60_000);
