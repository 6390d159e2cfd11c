import type { Account, Deployment } from './account';
import type { Done, Kept } from './progress';
import { session } from './session';
import type { Step } from './step';

const AT = new Date('2026-11-30T12:00:00Z');
const DEPLOYMENT = { assembly: 'out', config: 'residency.yaml', baseUrls: {} };

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  does: `does ${id}`,
  hours: 1,
  run: async (_, deployment) => deployment,
  ...more,
});

/** Runs steps with a person who agrees to everything but what is in `refuses`. */
async function run(
  steps: readonly Step[],
  { done = {} as Record<string, Done>, refuses = [] as string[], kept = undefined as Kept | undefined } = {},
) {
  const [lines, asked, restored]: [string[], string[], Kept[]] = [[], [], []];
  const finished: Record<string, Kept | undefined> = {};
  const results: never[] = [];
  const report = { results, section: () => {} };
  await session({ report } as unknown as Account, {
    steps,
    byHand: [
      { id: 'member', how: ['sign in'] },
      { id: 'bill', how: ['read it'], isAfterwards: true },
    ],
    progress: {
      done,
      deployment: kept,
      finish(id, one, deployment) {
        done[id] = one;
        finished[id] = deployment;
      },
    },
    person: {
      print: (line) => lines.push(line),
      agrees: async (question) => {
        asked.push(question);
        return !refuses.some((id) => question.includes(`'${id}'`));
      },
      says: async () => 'it worked',
    },
    dollarsPerHour: 0.1,
    now: () => AT,
    restore: async (one) => {
      restored.push(one);
      return { ...one } as unknown as Deployment;
    },
  });
  return { lines, asked, finished, restored, done };
}

const doneAt = (at: string): Done => ({ at, results: [] });

test('a step that costs something is asked for, with its cost, and a free one is not', async () => {
  const { asked, lines } = await run([step('zones', { hours: 0 }), step('deploy', { hours: 3, costs: 'storage' })]);
  expect(asked).toEqual(["run 'deploy'?"]);
  expect(lines).toContain('  cost: about $0.30, the fixed part of the deployment for 3 hours; storage');
  expect(lines).toContain('  cost: nothing');
});

test('a refused step is left out and offered again', async () => {
  const { finished } = await run([step('deploy'), step('alarms')], { refuses: ['deploy'] });
  expect(Object.keys(finished)).toEqual(['member', 'alarms', 'bill']);
});

test.each([
  ['at once', '2026-11-30T10:00:00Z', true, undefined],
  ['in half an hour', '2026-11-30T10:30:00Z', false, 'trail: in 0.5 hours; run this command again then'],
])('a later step runs %s', async (_, at, runs, line) => {
  const trail = step('trail', { after: { step: 'deploy', hours: 2 } });
  const { finished, lines } = await run([step('deploy'), trail, step('end')], { done: { deploy: doneAt(at) } });
  expect('trail' in finished).toBe(runs);
  if (line !== undefined) expect(lines).toContain(line);
});

test('a later step waits for the one before', async () => {
  const trail = step('trail', { after: { step: 'deploy', hours: 2 } });
  const { lines } = await run([step('deploy'), trail], { refuses: ['deploy'] });
  expect(lines).toContain("trail: run the step 'deploy' first");
});

test('the last step names what cannot run after it', async () => {
  const trail = step('trail', { after: { step: 'deploy', hours: 2 } });
  const { lines } = await run([step('deploy'), trail, step('destroy')], {
    done: { deploy: doneAt('2026-11-30T11:00:00Z') },
  });
  expect(lines).toContain("  these can't run afterwards: trail");
});

test('a step that throws ends the session, and is not finished', async () => {
  const failing = step('deploy', { run: () => Promise.reject(new Error('no quota')) });
  const { finished, lines } = await run([failing, step('alarms')]);
  expect(finished).toEqual({});
  expect(lines.at(-1)).toMatch(/^deploy stopped: no quota; /);
});

test('what is deployed is stored, and restored in a later session', async () => {
  const deploy = step('deploy', { run: async () => DEPLOYMENT as unknown as Deployment });
  const first = await run([deploy, step('alarms'), step('destroy', { run: async () => undefined })]);
  expect(first.finished).toMatchObject({ deploy: DEPLOYMENT, alarms: DEPLOYMENT, destroy: undefined });
  const later = await run([deploy, step('end')], {
    done: { deploy: doneAt('2026-11-30T10:00:00Z') },
    kept: DEPLOYMENT,
  });
  expect(later.restored).toEqual([DEPLOYMENT]);
  expect(later.finished).toMatchObject({ end: DEPLOYMENT });
});

test('what a person saw is a result, before the last step and, for some parts, only after it', async () => {
  const refused = await run([step('deploy'), step('destroy')], { refuses: ['destroy'] });
  expect(Object.keys(refused.finished)).toEqual(['deploy', 'member']);
  const { done, finished } = await run([step('deploy'), step('destroy')]);
  expect(Object.keys(finished)).toEqual(['deploy', 'member', 'destroy', 'bill']);
  expect(done.member?.results).toEqual([{ section: 'by hand', name: 'member', passed: true, detail: 'it worked' }]);
});
