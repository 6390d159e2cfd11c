import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ResidencyDeployment } from '@/lib/app/residency-deployment';
import { runAdmit } from '@/lib/cli/run/run-admit';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import { parseSettingsPolicy } from '@/lib/runtime/settings/policy';
import { folder } from '../cli/support';
import { ANSWER, scriptedBedrock } from '../runtime/gateway/support/fake-bedrock';
import { chat, gatewayFor, HELLO } from '../runtime/gateway/support/gateway';
import { FakeControlPlane } from '../runtime/settings/support/fake-control-plane';
import { event, providerFor } from '../runtime/settings/support/settings-handler';
import { describes, EU_NEXT, NEXT } from '../support/bedrock-answers';
import { FakeAws, whoAmI } from '../support/fake-aws';
import { fixDate } from '../support/fixed-date';

// It synthesizes a deployment.
jest.setTimeout(60_000);

const NOW = new Date('2026-11-30T10:00:00Z');
const REGIONS = ['eu-central-1', 'eu-north-1'];
const CONFIG = `boundary: eu
name: exemple
account: '111122223333'
regions: { primary: eu-central-1 }
models: [{ id: assistant, destinations: [{ bedrock: '${EU_NEXT}' }] }]
projects: [{ id: bot, models: [assistant] }]
alerts: [security@example.eu]
`;

const aws = new FakeAws();
const control = new FakeControlPlane();
beforeAll(async () => {
  await Promise.all([aws.start(), control.start(...REGIONS)]);
  fixDate(NOW);
});
afterAll(async () => {
  jest.useRealTimers();
  await Promise.all([aws.stop(), control.stop()]);
});

/** What an act prints. */
async function printed<T>(act: () => T | Promise<T>): Promise<{ result: T; text: string }> {
  const lines: string[] = [];
  const spies = (['log', 'error'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...line) => void lines.push(line.join(' '))),
  );
  try {
    return { result: await act(), text: lines.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** The policies that an assembly deploys, by what only they contain. */
const policiesIn = (outdir: string) =>
  readdirSync(outdir)
    .filter((name) => name.startsWith('asset.'))
    .flatMap((name) => {
      try {
        return [readFileSync(path.join(outdir, name, 'policy.json'), 'utf8')];
      } catch {
        return [];
      }
    });

test('a model that no release knows is served after three commands, and its end and its admission are printed', async () => {
  const root = folder({ 'residency.yaml': CONFIG });
  const config = path.join(root, 'residency.yaml');
  const outdir = path.join(root, 'cdk.out');

  // 1. eu-residency facts admit
  aws.answerers = [whoAmI, describes()];
  const environment = aws.environment();
  const args = ['admit', EU_NEXT, '--config', config, '--reason', 'coding assistant', '--approved-by', 'Ada Lovelace'];
  const terms = ['--expires', '2027-04-30', '--retains', 'nothing', '--retention-reason', 'terms of Acme'];
  Object.assign(process.env, environment);
  const admitted = await printed(() =>
    runAdmit([...args, ...terms, '--requested-by', 'Grace Hopper'], { environment, timeoutMs: 1_000, now: NOW }),
  );
  for (const name of Object.keys(environment)) delete process.env[name];
  expect(admitted.result).toBe(0);
  expect(admitted.text).toContain('ends on 2028-02-01');

  // 2. cdk synth
  const synthesized = await printed(() => ResidencyDeployment.fromFile({ config, outdir }).report());
  const words = 'admitted by Ada Lovelace for Grace Hopper until 2027-04-30: coding assistant';
  expect(synthesized.text.replace(/\s+/g, ' ')).toContain(words);
  expect(synthesized.text.replace(/\s+/g, ' ')).toMatch(
    /its provider retains nothing: claimed by the owner, as of 2026-11-30/,
  );
  const policies = policiesIn(outdir);
  const gateway = policies.find((text) => 'tenant' in JSON.parse(text)) as string;
  const check = policies.find((text) => JSON.parse(text).task === 'check') as string;
  const origin = {
    kind: 'admitted',
    requestedBy: 'Grace Hopper',
    approvedBy: 'Ada Lovelace',
    reason: 'coding assistant',
    expires: '2027-04-30',
  };
  for (const text of [gateway, check]) expect(JSON.parse(text).facts).toMatchObject([{ origin }]);
  const template = readFileSync(path.join(outdir, 'exemple-foundation.template.json'), 'utf8');
  expect(template).toContain('"MetricName": "admittedExpired"');
  expect(template).not.toMatch(/us-east-1|us-west-2/);

  // 3. cdk deploy, which asks Bedrock again
  for (const code of REGIONS) control.region(code).mode = 'none';
  control.region('eu-central-1').profiles[EU_NEXT] = REGIONS;
  const deployment = async () => {
    const { handler, answers } = providerFor(control, parseSettingsPolicy(check), { now: () => NOW });
    await handler(event('Create'));
    return answers[0];
  };
  expect(await deployment()).toMatchObject({ Status: 'SUCCESS' });
  control.region('eu-central-1').profiles[EU_NEXT] = [...REGIONS, 'eu-west-1'];
  expect(await deployment()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(words) });

  // A request
  const endpoints = new Map([['eu-central-1', 'https://bedrock-runtime.eu-central-1.amazonaws.com']]);
  const { bedrock, calls } = scriptedBedrock(endpoints, () => ANSWER);
  const { gateway: served } = gatewayFor(parsePolicy(gateway), bedrock, { now: () => NOW });
  const answer = await served.fetch(chat(HELLO));
  expect([answer.status, answer.headers.get('x-residency-destination')]).toEqual([200, EU_NEXT]);
  expect(calls.map(({ host, path: at }) => `${host}${decodeURIComponent(at)}`)).toEqual([
    `bedrock-runtime.eu-central-1.amazonaws.com/model/${EU_NEXT}/converse`,
  ]);
  expect(NEXT).toBe(EU_NEXT.slice(3));
});
