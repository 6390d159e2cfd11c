import assert from 'node:assert/strict';
import { toFile } from 'openai';
import { subOf } from '../members';
import { ANSWER, QUESTION } from '../requests';
import { byToken, type People, until } from './people';

const body = { model: 'assistant', input: QUESTION };

/** A response in the background and a batch, which the deployed worker answers: the emulator's event source mapping invokes it. */
export async function backgroundJobs(people: People): Promise<void> {
  const { context, apis } = people;
  const { report } = context;
  const client = byToken(people, apis.tokens.member);
  await report.check("background: the stream's worker answers a response, under its own role", async () => {
    apis.bedrock.clearRequests();
    const { id, status } = await client.responses.create({ ...body, background: true });
    assert.equal(status, 'queued');
    const answered = await until(() => client.responses.retrieve(id), 'completed');
    assert.equal(answered.output_text, ANSWER);
    assert.equal(apis.bedrock.getRequests().length, 1);
    const colleague = byToken(people, apis.tokens.colleague);
    await assert.rejects(colleague.responses.retrieve(id), { status: 404 });
  });
  await report.check('background: a response that is cancelled stays so', async () => {
    const { id } = await client.responses.create({ ...body, background: true });
    const cancelled = await client.responses.cancel(id);
    // The worker may have been faster.
    assert.ok(['cancelled', 'completed'].includes(cancelled.status ?? ''), cancelled.status);
    assert.equal((await client.responses.retrieve(id)).status, cancelled.status);
    return cancelled.status;
  });
  await report.check(
    'batch: the worker answers each line, and stores the files under the key of the member',
    async () => {
      const line = (custom_id: string) => JSON.stringify({ custom_id, method: 'POST', url: '/v1/responses', body });
      const file = await toFile(Buffer.from(['a', 'b', 'c'].map(line).join('\n')), 'in.jsonl');
      const { id: input_file_id } = await client.files.create({ file, purpose: 'batch' });
      const { id } = await client.batches.create({
        input_file_id,
        endpoint: '/v1/responses',
        completion_window: '24h',
      });
      const { output_file_id, request_counts } = await until(() => client.batches.retrieve(id), 'completed');
      assert.deepEqual(request_counts, { total: 3, completed: 3, failed: 0 });
      const lines = (await (await client.files.content(output_file_id ?? '')).text()).trim().split('\n');
      assert.deepEqual(
        lines.map((text) => JSON.parse(text).custom_id),
        ['a', 'b', 'c'],
      );
      assert.ok(lines.every((text) => text.includes(ANSWER)));
      return `${lines.length} lines of ${subOf(apis.tokens.member).slice(0, 8)}`;
    },
  );
}
