import assert from 'node:assert/strict';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { toFile } from 'openai';
import { WORKSPACE } from '../../read-back/context';
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
    // The stream's worker gets the later job after this one. Once both are out of the queue, nothing is left that could change it.
    const { id: later } = await client.responses.create({ ...body, background: true });
    await until(() => client.responses.retrieve(later), 'completed');
    await until(async () => ({ status: (await isQueueEmpty(people)) ? 'empty' : 'jobs' }), 'empty');
    assert.equal((await client.responses.retrieve(id)).status, cancelled.status);
    return cancelled.status;
  });
  await report.check('batch: the worker answers each line, and the member reads the file of the answers', async () => {
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
    const colleague = byToken(people, apis.tokens.colleague);
    await assert.rejects(colleague.files.content(output_file_id ?? ''), { status: 404 });
    return `${lines.length} lines`;
  });
}

/** Whether no job waits or runs: a worker deletes the job's row of the queue last. */
async function isQueueEmpty({ context: { aws, deployed } }: People): Promise<boolean> {
  const { physicalId: TableName } = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Background/Queue`);
  const { Items = [] } = await aws.dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true }));
  return Items.length === 0;
}
