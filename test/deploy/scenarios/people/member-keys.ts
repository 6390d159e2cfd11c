import assert from 'node:assert/strict';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { WORKSPACE } from '../../read-back/context';
import { ANSWER, failure, QUESTION } from '../requests';
import { ask, byKey, byToken, type People, withoutCache } from './people';

/** Creates an API key for the member of a token. */
export async function createKey(people: People, token: string, name = 'laptop'): Promise<{ id: string; key: string }> {
  const { status, answer } = await ask(people, 'POST', 'keys', token, { name });
  assert.equal(status, 200, JSON.stringify(answer));
  return answer;
}

/** A member creates an API key, uses it below `/key/v1` as themselves, and revokes it. */
export async function memberKeys(people: People): Promise<void> {
  const { context, apis } = people;
  const { report, aws, deployed } = context;
  const { member, colleague } = apis.tokens;
  const { id, key } = await report.require("keys: a member's token creates one", () => createKey(people, member));
  await report.check('keys: it answers below /key/v1, and reads what its member stored with a token', async () => {
    const { id: conversation } = await byToken(people, member).conversations.create({});
    const answer = await byKey(people, key).responses.create({ model: 'assistant', input: QUESTION, conversation });
    assert.equal(answer.output_text, ANSWER);
    const items = await byToken(people, member).conversations.items.list(conversation);
    assert.ok(JSON.stringify(items.data).includes(ANSWER));
    await assert.rejects(byKey(people, (await createKey(people, colleague)).key).conversations.retrieve(conversation), {
      status: 404,
    });
  });
  await report.check('keys: a key is refused at /v1, and a token below /key/v1', async () => {
    assert.equal((await failure(byToken(people, key))).status, 401);
    assert.equal((await failure(byKey(people, member))).status, 401);
    assert.equal((await failure(byKey(people, `${key.slice(0, -4)}AAAA`))).status, 401);
  });
  await report.check('keys: the table has no text of it, and its list names no secret', async () => {
    const secret = key.split('.').at(-1) ?? '';
    const { answer } = await ask(people, 'GET', 'keys', member);
    assert.ok(JSON.stringify(answer).includes('laptop') && !JSON.stringify(answer).includes(secret));
    const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
    for await (const { Items } of paginateScan({ client: aws.dynamodb }, { TableName })) {
      const rows = JSON.stringify(Items);
      assert.ok(!rows.includes(secret) && !rows.includes('laptop'));
    }
  });
  await report.check('keys: once it is revoked, it is refused', async () => {
    assert.equal((await ask(people, 'DELETE', `keys/${id}`, member)).status, 200);
    await withoutCache(people);
    const { status, code } = await failure(byKey(people, key));
    assert.deepEqual([status, code], [401, 'invalid_api_key']);
    return code;
  });
}
