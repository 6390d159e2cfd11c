import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { HttpResponse } from '@smithy/core/protocols';
import { repeatDenied } from '@/lib/runtime/settings/repeat-denied';

const REGION = 'eu-central-1';

/** Puts an item into a table that answers these errors first, and returns the number of calls and the error. */
async function put(errors: readonly string[]) {
  let calls = 0;
  const handle = async () => {
    const error = errors[calls];
    calls += 1;
    const body = Buffer.from(JSON.stringify(error === undefined ? {} : { __type: error }));
    return { response: new HttpResponse({ statusCode: error === undefined ? 200 : 400, headers: {}, body }) };
  };
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' };
  const settings = { region: REGION, credentials, maxAttempts: 1, requestHandler: { handle } };
  const client = repeatDenied(new DynamoDBClient(settings as never), REGION, 0);
  const error = await client
    .send(new PutItemCommand({ TableName: 't', Item: { pk: { S: 'a' } } }))
    .then(() => undefined)
    .catch(({ name }) => name);
  return { calls, error };
}

const DENIED = 'AccessDeniedException';

test('a denied call is repeated until its permission applies', async () => {
  expect(await put([DENIED, DENIED])).toEqual({ calls: 3, error: undefined });
});

test('a call that stays denied fails', async () => {
  expect(await put([DENIED, DENIED, DENIED, DENIED, DENIED])).toEqual({ calls: 4, error: DENIED });
});

test('another error is not repeated', async () => {
  expect(await put(['ResourceNotFoundException'])).toEqual({ calls: 1, error: 'ResourceNotFoundException' });
});
