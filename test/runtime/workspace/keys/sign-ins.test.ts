import { DAY, KeyWorkspace } from './support/key-workspace';

let workspace: KeyWorkspace;
beforeEach(() => {
  workspace = new KeyWorkspace();
});
afterEach(() => workspace.local.close());

const calls = () => workspace.local.faults.calls;

test('a member without keys leaves no trace, and is read once for each sign-in', async () => {
  const { local } = workspace;
  const process = workspace.process();
  for (let n = 0; n < 5; n++) {
    await process.seen({ id: 'ada', signedInAt: local.time / 1_000 });
  }
  expect(calls()).toHaveLength(1);
  local.time += DAY;
  await process.seen({ id: 'ada' });
  expect(calls()).toHaveLength(2);
  expect(await local.rows('ada')).toEqual([]);
});

test('a sign-in is written once, whichever process sees it first', async () => {
  const { local } = workspace;
  const [one, other] = [workspace.process(), workspace.process()];
  await one.create('ada');
  local.time += DAY;
  const signedInAt = local.time / 1_000;
  const before = calls().length;
  await Promise.all([one.seen({ id: 'ada', signedInAt }), other.seen({ id: 'ada', signedInAt })]);
  await Promise.all([one.seen({ id: 'ada', signedInAt }), other.seen({ id: 'ada', signedInAt })]);
  const writes = calls()
    .slice(before)
    .filter((call) => call.includes('TransactWriteItems'));
  expect(writes.length).toBeLessThanOrEqual(2);
  expect((await local.rows('ada'))[0]?.signedInAt).toEqual({ N: `${signedInAt}` });
  const later = calls().length;
  // Refreshed tokens of the same session, and those of an earlier one, say nothing new.
  local.time += 3_600_000;
  await one.seen({ id: 'ada', signedInAt });
  await one.seen({ id: 'ada', signedInAt: signedInAt - 60 });
  expect(calls()).toHaveLength(later);
});

test('a sign-in that can’t be written is written with a later request', async () => {
  const { local } = workspace;
  const process = workspace.process();
  await process.create('ada');
  local.time += DAY;
  const signedInAt = local.time / 1_000;
  local.faults.choose((call) => (call === 'dynamodb.GetItem' ? 'before' : undefined));
  await process.seen({ id: 'ada', signedInAt });
  local.faults.none();
  await process.seen({ id: 'ada', signedInAt });
  expect((await local.rows('ada'))[0]?.signedInAt).toEqual({ N: `${signedInAt}` });
});
