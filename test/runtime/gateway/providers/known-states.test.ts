import type { LeftState } from '@/lib/contract/provider-state';
import { KnownStates } from '@/lib/runtime/gateway/providers/known-states';
import type { StatesFault } from '@/lib/runtime/gateway/providers/states-fault';
import { MemoryStates } from '../support/memory-states';

const NAMES = ['openai', 'bedrock'];
const at = (seconds: number) => new Date(Date.UTC(2026, 11, 1) + seconds * 1_000);
const state = (name: string, generation = 0): LeftState => ({
  name,
  generation,
  at: '2026-12-01T00:00:00.000Z',
  kind: 'key',
  refusals: 5,
  models: ['gpt-5.4'],
});

function processOf(shared: MemoryStates) {
  const readmitted: string[] = [];
  const counts: number[] = [];
  const faults: StatesFault[] = [];
  const known = new KnownStates({
    states: shared,
    names: NAMES,
    readmitted: (name) => readmitted.push(name),
    counted: (out) => counts.push(out),
    failed: (fault) => faults.push(fault),
  });
  const out = () => NAMES.filter((name) => known.of(name) !== undefined);
  return { known, readmitted, counts, faults, out };
}

test('a departure is known at once in its process, and within 30 seconds in the others', async () => {
  const shared = new MemoryStates();
  const [one, two] = [processOf(shared), processOf(shared)];
  await Promise.all([one.known.refresh(at(0)), two.known.refresh(at(0))]);
  one.known.leave(state('openai'));
  expect([one.out(), two.out()]).toEqual([['openai'], []]);
  await one.known.settled();
  await two.known.refresh(at(29.999));
  expect(two.out()).toEqual([]);
  await two.known.refresh(at(30));
  expect(two.out()).toEqual(['openai']);
  expect(one.counts).toEqual([0, 1]);
});

test('processes that take it out of use together write it once', async () => {
  const shared = new MemoryStates();
  const [one, two] = [processOf(shared), processOf(shared)];
  await Promise.all([one.known.refresh(at(0)), two.known.refresh(at(0))]);
  one.known.leave(state('openai'));
  two.known.leave({ ...state('openai'), at: 'later' });
  await Promise.all([one.known.settled(), two.known.settled()]);
  expect([...shared.items.values()]).toEqual([state('openai')]);
});

test('an error readmits nothing, and is retried after five seconds', async () => {
  const shared = new MemoryStates();
  shared.items.set('openai#0', state('openai'));
  const { known, out, readmitted } = processOf(shared);
  await known.refresh(at(0));
  shared.fails = true;
  await known.refresh(at(30));
  expect(out()).toEqual(['openai']);
  await known.refresh(at(34));
  expect(shared.reads).toBe(2);
  shared.fails = false;
  shared.readmit('openai');
  await known.refresh(at(35));
  expect([out(), readmitted]).toEqual([[], ['openai']]);
});

test('what could not be written stays out of use, and is written after the next reading', async () => {
  const shared = new MemoryStates();
  const { known, out } = processOf(shared);
  await known.refresh(at(0));
  shared.fails = true;
  known.leave(state('openai'));
  await known.settled();
  await known.refresh(at(30));
  expect([out(), shared.items.size]).toEqual([['openai'], 0]);
  shared.fails = false;
  await known.refresh(at(60));
  await known.settled();
  expect([out(), [...shared.items.keys()]]).toEqual([['openai'], ['openai#0']]);
});

test('a reading that began before the departure was written does not readmit it', async () => {
  const shared = new MemoryStates();
  const { known, out } = processOf(shared);
  await known.refresh(at(0));
  let open = () => {};
  shared.gate = new Promise((resolve) => {
    open = resolve;
  });
  const reading = known.refresh(at(30));
  known.leave(state('openai'));
  await new Promise(setImmediate);
  open();
  await reading;
  expect(out()).toEqual(['openai']);
  await known.refresh(at(60));
  expect(out()).toEqual(['openai']);
});

test('a readmission ends what this process took out of use, and a late write does not undo it', async () => {
  const shared = new MemoryStates();
  const { known, out, readmitted, counts } = processOf(shared);
  await known.refresh(at(0));
  known.leave(state('openai'));
  await known.settled();
  shared.readmit('openai');
  await shared.leave(state('openai', 0));
  await known.refresh(at(30));
  expect([out(), readmitted, counts]).toEqual([[], ['openai'], [0, 1, 0]]);
  known.leave(state('openai'));
  await known.settled();
  expect([...shared.items.keys()]).toEqual(['openai#0', 'openai#1']);
});

test('a readmission counts although the departure was never written', async () => {
  const shared = new MemoryStates();
  const { known, out } = processOf(shared);
  await known.refresh(at(0));
  shared.fails = true;
  known.leave(state('openai'));
  await known.settled();
  shared.fails = false;
  shared.readmit('openai');
  await known.refresh(at(30));
  await known.settled();
  expect([out(), shared.items.size]).toEqual([[], 0]);
});

test('a row that cannot be read keeps the last state of its name, and the others are read', async () => {
  const shared = new MemoryStates();
  shared.generations.set('openai', 3);
  shared.items.set('openai#3', state('openai', 3));
  const { known, out, readmitted, faults } = processOf(shared);
  await known.refresh(at(0));
  shared.unreadable.add('openai');
  shared.items.set('bedrock#0', state('bedrock'));
  for (const second of [30, 60]) await known.refresh(at(second));
  expect([out(), readmitted]).toEqual([['openai', 'bedrock'], []]);
  expect(faults).toEqual([{ operation: 'read', error: 'UnreadableRow', names: ['openai'] }]);
  shared.unreadable.clear();
  shared.readmit('openai');
  await known.refresh(at(90));
  expect([out(), readmitted]).toEqual([['bedrock'], ['openai']]);
});

test('what this process took out of use stays so while its row cannot be read', async () => {
  const shared = new MemoryStates();
  const { known, out } = processOf(shared);
  await known.refresh(at(0));
  known.leave(state('openai'));
  await known.settled();
  shared.unreadable.add('openai');
  for (const second of [30, 60]) await known.refresh(at(second));
  expect(out()).toEqual(['openai']);
});

test('each fault of the table is reported once, by the name of the error only', async () => {
  const shared = new MemoryStates();
  const { known, faults } = processOf(shared);
  await known.refresh(at(0));
  shared.fails = true;
  for (const second of [30, 60]) await known.refresh(at(second));
  known.leave(state('openai'));
  await known.settled();
  expect(faults).toEqual([
    { operation: 'read', error: 'Error' },
    { operation: 'write', error: 'Error' },
  ]);
  shared.fails = false;
  await known.refresh(at(90));
  shared.fails = true;
  shared.error = Object.assign(new Error('CANARY'), { name: 'AccessDeniedException' });
  await known.refresh(at(120));
  shared.error = Object.assign(new Error('CANARY'), { name: 'CANARY of a caller' });
  await known.refresh(at(150));
  expect(faults.slice(2)).toEqual([
    { operation: 'read', error: 'AccessDeniedException' },
    { operation: 'read', error: 'Error' },
  ]);
});

test('a clock that was set back does not stop the readings', async () => {
  const shared = new MemoryStates();
  const { known } = processOf(shared);
  await known.refresh(at(3_600));
  await known.refresh(at(0));
  await known.refresh(at(30));
  expect(shared.reads).toBe(3);
});

test('a table that never answers delays a request by at most a second, and only one reading waits', async () => {
  jest.useFakeTimers();
  const shared = new MemoryStates();
  shared.gate = new Promise(() => {});
  const { known } = processOf(shared);
  for (const second of [0, 30, 60]) {
    const refreshed = known.refresh(at(second));
    await jest.advanceTimersByTimeAsync(1_000);
    await refreshed;
  }
  expect(shared.reads).toBe(1);
  jest.useRealTimers();
});
