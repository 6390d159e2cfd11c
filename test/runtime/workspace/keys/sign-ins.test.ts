import { DAY, KeyWorkspace } from './support/key-workspace';

let workspace: KeyWorkspace;
beforeEach(() => {
  workspace = new KeyWorkspace();
});
afterEach(() => workspace.local.close());

const calls = () => workspace.local.faults.calls;

test('a member without keys leaves no trace, and is read at most once a minute', async () => {
  const { local } = workspace;
  const process = workspace.process();
  for (let n = 0; n < 5; n++) {
    await process.seen({ id: 'ada', signedInAt: local.time / 1_000 });
  }
  expect(calls()).toHaveLength(1);
  local.time += 60_000;
  await process.seen({ id: 'ada' });
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
  // Each refreshed token of the same session is compared once, and those of an earlier one say nothing new.
  local.time += 3_600_000;
  for (let n = 0; n < 3; n++) await one.seen({ id: 'ada', signedInAt });
  await one.seen({ id: 'ada', signedInAt: signedInAt - 60, issuedAt: signedInAt });
  expect(calls().slice(later)).toEqual(['dynamodb.GetItem']);
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

test('a key that is created with an older token doesn’t start the keys again that a newer token stopped', async () => {
  const { local } = workspace;
  const process = workspace.process();
  const { key } = await process.create('ada');
  const olderToken = local.time + 60_000;
  local.time += 120_000;
  await process.seen({ id: 'ada', roles: [] });
  // A token of a second session has the role until it expires. A request's token is issued at the current time here.
  local.time = olderToken;
  const { key: created } = await process.create('ada');
  local.time += 120_000;
  const use = () => Promise.all([key, created].map((one) => workspace.process().chat(one)));
  expect(await use()).toEqual(['403 role_refused', '403 role_refused']);
  await process.seen({ id: 'ada' });
  expect(await use()).toEqual(['200', '200']);
});
