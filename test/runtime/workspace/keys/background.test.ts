import { KeyWorkspace, resultOf } from './support/key-workspace';

const RESPONSE = { model: 'assistant', input: 'hi', background: true };
const BATCH = { input_file_id: 'file-1', endpoint: '/v1/responses', completion_window: '24h' };

test('a key without models or caps of its own has a response answered in the background', async () => {
  const process = new KeyWorkspace().process();
  const { key } = await process.create('ada');
  const { status, json } = await process.send(key, '/key/v1/responses', { method: 'POST', body: RESPONSE });
  expect([status, json.status]).toEqual([200, 'queued']);
});

test.each([
  { models: ['assistant'] },
  { limits: { requests_per_minute: 100 } },
  { limits: { tokens_per_day: 1_000_000 } },
])('a worker would not know of %j, so nothing of such a key runs in the background', async (limits) => {
  const workspace = new KeyWorkspace();
  const process = workspace.process();
  const { key } = await process.create('ada', limits);
  const sent = async (path: string, body: object) => resultOf(await process.send(key, path, { method: 'POST', body }));
  expect(await sent('/key/v1/responses', RESPONSE)).toBe('403 key_restricted');
  expect(await sent('/key/v1/batches', BATCH)).toBe('403 key_restricted');
  expect(await process.chat(key)).toBe('200');
  expect(await workspace.local.backup('sciences-job-queue')).toEqual([]);
});
