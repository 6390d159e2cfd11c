import { REQUEST_MS } from '@/lib/runtime/rights/steps/windows';
import { LocalContent } from '../workspace/conversations/support/local-content';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const DAY_MS = 86_400_000;
const HANDED = { recipient: 'heir', reason: 'case 9' };

async function fetched(user: string, id: string): Promise<[status: number, text: string]> {
  const headers = { authorization: `Bearer ${user}` };
  const response = await local.gateway().fetch(new Request(`https://gateway.test/v1/exports/${id}`, { headers }));
  return [response.status, await response.text()];
}

/** An export of a departed user, complete and not released. */
async function awaiting(): Promise<string> {
  await local.openai('ada').conversations.create({ metadata: { topic: 'KENNWORT' } });
  const { id } = await local.rights().export('ada', 'first', HANDED);
  await local.rights().runner.run(id);
  expect(await local.rights().find(id)).toMatchObject({ state: 'awaiting-release', figures: HANDED });
  return id;
}

test('a departed user’s export opens for the recipient once a second administrator has released it, and both are recorded', async () => {
  const id = await awaiting();
  expect(await fetched('heir', id)).toEqual([404, expect.stringContaining('export_not_found')]);
  const released = await local.rights().releaseExport(id, 'second');
  expect(released).toMatchObject({ by: 'first', figures: { releasedBy: 'second', releasedAt: local.time } });
  await local.rights().runner.run(id);
  const [status, text] = await fetched('heir', id);
  expect([status, text.includes('KENNWORT'), text.includes('"user": "ada"')]).toEqual([200, true, true]);
  for (const other of ['eve', 'first', 'second']) expect((await fetched(other, id))[0]).toBe(404);

  local.time += 7 * DAY_MS;
  expect((await fetched('heir', id))[0]).toBe(410);
  await local.rights().runner.run(id);
  expect(await local.objects()).toBe(0);
  local.time += 30 * DAY_MS - 1_000;
  expect((await fetched('heir', id))[0]).toBe(410);
  local.time += 1_000;
  expect((await fetched('heir', id))[0]).toBe(404);
});

test('the requesting administrator and the recipient can’t release an export', async () => {
  const id = await awaiting();
  for (const by of ['first', 'heir']) {
    await expect(local.rights().releaseExport(id, by)).rejects.toThrow('ask another administrator');
  }
  const released = await local.rights().releaseExport(id, 'second');
  // The administrator may not have received the answer.
  expect(await local.rights().releaseExport(id, 'second')).toEqual(released);
  await expect(local.rights().releaseExport(id, 'third')).rejects.toThrow("isn't an export that waits for its release");
});

test.each(['ada', 'first'])('%s is refused as a recipient', async (recipient) => {
  const asked = local.rights().export('ada', 'first', { recipient, reason: 'x' });
  await expect(asked).rejects.toThrow('the recipient must be neither the user nor');
});

test('an export for its own user needs no release, and refuses one', async () => {
  const { id } = await local.rights().export('ada', 'first');
  await local.rights().runner.run(id);
  await expect(local.rights().releaseExport(id, 'second')).rejects.toThrow(
    "isn't an export that waits for its release",
  );
  expect(await local.rights().releaseExport(`export_${'0'.repeat(44)}`, 'second')).toBeUndefined();
});

test('an export that isn’t released in time is deleted', async () => {
  const id = await awaiting();
  local.time += 7 * DAY_MS;
  await local.rights().runner.run(id);
  expect(await local.rights().find(id)).toMatchObject({ state: 'expired' });
  expect(await local.objects()).toBe(0);
  await expect(local.rights().releaseExport(id, 'second')).rejects.toThrow("isn't an export that waits");
});

test('the recipient can’t open an erased user’s export', async () => {
  const id = await awaiting();
  await local.rights().releaseExport(id, 'second');
  await local.rights().runner.run(id);
  const erasure = await local.rights().erase('ada', 'first');
  await local.rights().runner.run(erasure.id);
  expect(await fetched('heir', id)).toEqual([404, expect.stringContaining('export_not_found')]);
});

test('a handed-over export can’t be opened once the erasure of its user has started', async () => {
  const id = await awaiting();
  await local.rights().releaseExport(id, 'second');
  await local.rights().runner.run(id);
  await local.rights().erase('ada', 'first');
  expect(await fetched('heir', id)).toEqual([404, expect.stringContaining('export_not_found')]);
});

test('an export whose recipient is being erased is deleted', async () => {
  const id = await awaiting();
  await local.rights().releaseExport(id, 'second');
  await local.rights().erase('heir', 'first');
  await local.rights().runner.run(id);
  expect(await local.rights().find(id)).toMatchObject({ state: 'expired', step: 'done' });
  expect(await local.objects()).toBe(0);
});

test('an expired export can’t be released, because it may be partly deleted', async () => {
  const id = await awaiting();
  local.time += 7 * DAY_MS;
  await expect(local.rights().releaseExport(id, 'second')).rejects.toThrow(
    "isn't an export that waits for its release",
  );
});

test('an export from before an erasure and readmission isn’t handed over', async () => {
  const id = await awaiting();
  const erasure = await local.rights().erase('ada', 'first');
  await local.rights().runner.run(erasure.id);
  local.time += 25 * 3_600_000;
  await local.rights().runner.run(erasure.id);
  local.time += REQUEST_MS;
  const { id: back } = await local.rights().readmit('ada', 'first');
  await local.rights().runner.run(back);
  await local.rights().releaseExport(id, 'second');
  await local.rights().runner.run(id);
  expect(await local.rights().find(id)).toMatchObject({ state: 'cancelled', step: 'done' });
});
