import { DrillStopped, drillProvider, providerDrillLines, StillOut } from '@/lib/cli/drill/provider-drill';
import { writeDrill } from '@/lib/cli/drill/write-drill';
import { readDrill } from '@/lib/evidence/drill/read-drill';

const OPENAI = 'openai/gpt-5.4';
const BEDROCK = 'openai.gpt-oss-120b-1:0';

/** A deployment whose process reads the state a while after it changes, on a clock of its own. */
function deployed({ delayMs = 20_000, fails = (_: number): boolean => false, stuck = false } = {}) {
  let time = Date.UTC(2026, 11, 1);
  let state = { isOut: false, seenAt: 0 };
  const decisions: string[] = [];
  const begin = time;
  const change = (isOut: boolean) => {
    state = { isOut, seenAt: time + delayMs };
  };
  return {
    decisions,
    registry: {
      drill: async (name: string, at: Date) => {
        decisions.push(`drill ${name}`);
        change(true);
        return { name, generation: 0, at: at.toISOString(), kind: 'drill' as const, refusals: 0, models: [] };
      },
      readmit: async (name: string, at: Date, reason?: string) => {
        decisions.push(`readmit ${name}: ${reason}`);
        change(false);
        return { name, generation: 1, at: at.toISOString() };
      },
    },
    ask: async () => {
      time += 100;
      if (fails(time - begin)) return { status: 503 };
      const isOut = time >= state.seenAt ? state.isOut : !state.isOut && state.seenAt > 0;
      return { status: 200, destination: isOut && !stuck ? BEDROCK : OPENAI };
    },
    now: () => time,
    wait: async (ms: number) => {
      time += ms;
    },
  };
}
const drill = (parts: ReturnType<typeof deployed>) => drillProvider(parts, { provider: 'openai', model: 'assistant' });

test('a drill measures the way out and back, and readmits', async () => {
  const parts = deployed();
  const report = await drill(parts);
  expect(report).toMatchObject({
    report: 'provider-drill',
    provider: 'openai',
    model: 'assistant',
    at: '2026-12-01T00:00:00.100Z',
    before: OPENAI,
    passed: true,
    requests: { failed: 0 },
  });
  expect(report.outAfterSeconds).toBeGreaterThan(18);
  expect(report.outAfterSeconds).toBeLessThan(22);
  expect(report.backAfterSeconds).toBeLessThan(22);
  expect(Object.keys(report.answers)).toEqual([OPENAI, BEDROCK].sort());
  expect(parts.decisions).toEqual(['drill openai', 'readmit openai: the drill is over']);
  expect(providerDrillLines(report).join('\n')).toMatch(
    /^openai, model 'assistant': other destinations answered after 2\d(\.\d)? s\n/,
  );
});

test('the report of the same drill is the same text', async () => {
  const texts = await Promise.all([deployed(), deployed()].map(async (parts) => JSON.stringify(await drill(parts))));
  expect(texts[0]).toBe(texts[1]);
});

test.each([{}, { stuck: true }, { fails: (ms: number) => ms > 5_000 && ms < 6_000 }])(
  'the evidence takes the report of each drill, whatever it found (%#)',
  async (behaviour) => {
    const report = await drill(deployed(behaviour));
    expect(readDrill(JSON.stringify(report))).toEqual(report);
  },
);

test.each(['text', 'json'] as const)('a report that can not be written is printed, with %s too', async (format) => {
  const report = await drill(deployed());
  const [out, err] = [
    jest.spyOn(console, 'log').mockImplementation(),
    jest.spyOn(console, 'error').mockImplementation(),
  ];
  expect(writeDrill(report, format, __dirname)).toBe(false);
  const printed = out.mock.calls.flat();
  expect(readDrill(printed.at(-1))).toEqual(report);
  expect(printed).toHaveLength(format === 'text' ? 2 : 1);
  expect(err.mock.calls.flat()[0]).toContain("--out: the file can't be written (EISDIR)");
  for (const spy of [out, err]) spy.mockRestore();
});

test('a request that fails makes the drill fail', async () => {
  const report = await drill(deployed({ fails: (ms) => ms > 5_000 && ms < 6_000 }));
  expect([report.passed, report.requests.failed]).toEqual([false, 1]);
});

test('a provider that stays in use is reported after a minute, and readmitted', async () => {
  const parts = deployed({ stuck: true });
  const report = await drill(parts);
  expect([report.passed, report.outAfterSeconds, parts.decisions.length]).toEqual([false, undefined, 2]);
  expect(providerDrillLines(report)[0]).toContain('did not answer within 60 s');
});

test('a deployment that answers nothing any more is readmitted all the same', async () => {
  const parts = deployed({ fails: (ms) => ms > 1_000 });
  const report = await drill(parts);
  expect([report.passed, report.outAfterSeconds, report.backAfterSeconds]).toEqual([false, undefined, undefined]);
  expect(parts.decisions).toHaveLength(2);
});

test('a provider is readmitted although the drill stops with an error', async () => {
  const parts = deployed();
  let waits = 0;
  const wait = async () => {
    if (++waits === 3) throw new Error('stopped');
  };
  await expect(drill({ ...parts, wait })).rejects.toThrow('stopped');
  expect(parts.decisions).toEqual(['drill openai', 'readmit openai: the drill is over']);
});

test.each([
  ['a wait', 3],
  ['the departure', 0],
])('a signal during %s readmits the provider and ends the drill', async (_, waits) => {
  const parts = deployed();
  const stop = new AbortController();
  let waited = 0;
  const wait = () => {
    if (++waited === waits) stop.abort();
    // The drill doesn't wait for the end of what the signal interrupts.
    return waited === waits ? new Promise<void>(() => {}) : parts.wait(1_000);
  };
  const drillThen = async (name: string, at: Date) => {
    if (waits === 0) stop.abort();
    return parts.registry.drill(name, at);
  };
  const registry = { ...parts.registry, drill: drillThen };
  await expect(drill({ ...parts, registry, wait, signal: stop.signal } as typeof parts)).rejects.toThrow(DrillStopped);
  expect(parts.decisions).toEqual(['drill openai', 'readmit openai: the drill is over']);
});

test('a signal before the drill changes nothing', async () => {
  const parts = deployed();
  await expect(drill({ ...parts, signal: AbortSignal.abort() } as typeof parts)).rejects.toThrow(DrillStopped);
  expect(parts.decisions).toEqual([]);
});

test('a readmission that fails is an error of its own, with its cause', async () => {
  const parts = deployed();
  const cause = new Error('no table');
  const registry = { ...parts.registry, readmit: () => Promise.reject(cause) };
  const failed = drill({ ...parts, registry });
  await expect(failed).rejects.toBeInstanceOf(StillOut);
  await expect(failed).rejects.toMatchObject({ cause });
});

test.each<[string, Parameters<typeof deployed>[0], string, RegExp]>([
  ['is not answered', { fails: () => true }, 'openai', /isn't answered before the drill/],
  ['is answered by another provider', {}, 'azure-eu', /is answered by 'openai\/gpt-5.4', not by provider 'azure-eu'/],
])('nothing changes if the model %s', async (_, options, provider, message) => {
  const parts = deployed(options);
  await expect(drillProvider(parts, { provider, model: 'assistant' })).rejects.toThrow(message);
  expect(parts.decisions).toEqual([]);
});
