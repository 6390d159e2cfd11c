import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DrillAnswer, drillProvider } from '@/lib/cli/drill/provider-drill';
import { runProviderDrill } from '@/lib/cli/run/run-provider-drill';
import { readConfig } from '@/lib/config/load';
import { SERVED } from '@/lib/config/model/purpose';
import { readDrill } from '@/lib/evidence/drill/read-drill';
import { ProviderFiles } from '@/lib/local/provider-files';
import { type Served, serve } from '@/lib/local/serve';

jest.setTimeout(300_000);

const { boundary, deployment } = readConfig(
  `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
openai: { acceptsWiderEurope: { reason: our DPO accepts Switzerland }, zeroRetention: true }
models:
  - id: assistant
    destinations: [{ openai: gpt-5.2 }, { bedrock: eu.anthropic.claude-sonnet-4-6 }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant] }
projects:
  - { id: helpdesk-bot, models: [assistant] }
`,
  'residency.yaml',
  SERVED,
);

let data: string;
let served: Served;
const start = async (readProvidersMs?: number) => {
  data = mkdtempSync(path.join(tmpdir(), 'drill-'));
  if (deployment === undefined) throw new Error('the configuration has no deployment');
  const record = () => {};
  served = await serve({
    deployment,
    boundary,
    port: 0,
    data,
    upstream: 'echo',
    environment: {},
    record,
    readProvidersMs,
  });
};
afterEach(async () => {
  await served.close();
  rmSync(data, { recursive: true });
});

/** Sends chats of the project and of a member of the workspace, in turn. */
function asking(): () => Promise<DrillAnswer> {
  const [project] = served.projects;
  const [workspace] = served.workspaces;
  let turn = 0;
  return async () => {
    const [url, key] = turn++ % 2 ? [workspace?.url, workspace?.tokens.member] : [project?.url, project?.key];
    const response = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'assistant',
        stream: turn % 3 === 0,
        messages: [{ role: 'user', content: 'hello' }],
      }),
    });
    await response.text();
    return { status: response.status, destination: response.headers.get('x-residency-destination') ?? undefined };
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test('in 100 drills under load, service resumes and no turn is lost', async () => {
  // What takes a second here and in the command takes 20 ms in this test, so that a minute is 1,200.
  const scale = 50;
  await start(1_000 / scale);
  const ask = asking();
  let running = true;
  const load = { sent: 0, failed: 0 };
  const loads = Array.from({ length: 2 }, async () => {
    while (running) {
      load.sent++;
      if ((await ask()).status !== 200) load.failed++;
    }
  });
  const registry = new ProviderFiles(data);
  const begin = Date.now();
  const reports = [];
  for (let drill = 0; drill < 100; drill++) {
    // A moment that the readings of the process don't know.
    await pause((drill * 7) % 23);
    const now = () => begin + (Date.now() - begin) * scale;
    const wait = (ms: number) => pause(ms / scale);
    reports.push(await drillProvider({ registry, ask, now, wait }, { provider: 'openai', model: 'assistant' }));
  }
  running = false;
  await Promise.all(loads);
  expect(reports.filter(({ passed }) => !passed)).toEqual([]);
  expect(reports).toHaveLength(100);
  for (const { outAfterSeconds = Number.NaN, answers } of reports) {
    expect(outAfterSeconds).toBeLessThanOrEqual(60);
    expect(Object.keys(answers)).toEqual(['eu.anthropic.claude-sonnet-4-6', 'openai/gpt-5.2']);
  }
  expect(load.failed).toBe(0);
  expect(load.sent).toBeGreaterThan(100);
  expect(await registry.list()).toEqual([]);
});

test("the command drills a running 'serve' and writes its report", async () => {
  await start();
  const [project] = served.projects;
  const out = path.join(data, 'drill.json');
  process.env.EU_RESIDENCY_KEY = project?.key;
  const printed = jest.spyOn(console, 'log').mockImplementation();
  const code = await runProviderDrill([
    '--provider',
    'openai',
    '--model',
    'assistant',
    '--url',
    project?.url ?? '',
    '--data',
    data,
    '--out',
    out,
  ]);
  delete process.env.EU_RESIDENCY_KEY;
  expect(printed.mock.calls.flat().join('\n')).toMatch(/^openai, model 'assistant': other destinations answered after/);
  printed.mockRestore();
  expect(code).toBe(0);
  expect(readDrill(readFileSync(out, 'utf8'))).toMatchObject({
    report: 'provider-drill',
    before: 'openai/gpt-5.2',
    passed: true,
    requests: { failed: 0 },
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s readmits the provider, and says how to do it otherwise',
  async (signal) => {
    await start();
    const [project] = served.projects;
    process.env.EU_RESIDENCY_KEY = project?.key;
    const printed = jest.spyOn(console, 'error').mockImplementation();
    const registry = new ProviderFiles(data);
    const { url = '' } = project ?? {};
    const running = runProviderDrill(['--provider', 'openai', '--model', 'assistant', '--url', url, '--data', data]);
    while ((await registry.list()).length === 0) await pause(10);
    process.emit(signal);
    expect(await running).toBe(1);
    delete process.env.EU_RESIDENCY_KEY;
    expect(await registry.list()).toEqual([]);
    expect(printed.mock.calls.flat()).toEqual([
      `the drill stops; if 'openai' is out of use after it, run: eu-residency providers readmit openai --data '${data}'`,
      "the drill was stopped before its end; 'openai' is in use",
    ]);
    printed.mockRestore();
    expect(process.listenerCount(signal)).toBe(0);
  },
);
