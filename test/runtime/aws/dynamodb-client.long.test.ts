import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamodbClient } from '@/lib/runtime/aws/dynamodb-client';
import { itemClient } from '@/lib/runtime/aws/item-client';
import { DynamoDbKeys } from '@/lib/runtime/gateway/keys/dynamodb-keys';
import { DynamoDbCounters } from '@/lib/runtime/gateway/limits/dynamodb-counters';
import { requestsOf } from '@/lib/runtime/gateway/limits/windows';
import { listen, type Server } from '../gateway/support/serve';

type Answer = readonly [status: number, body: object] | 'cut';

/** A DynamoDB that answers as it is told, one call after the other. */
let server: Server;
let answers: Answer[] = [];
const calls: { target: string; authorization: string }[] = [];
beforeAll(async () => {
  server = await listen((request, response) => {
    const { 'x-amz-target': target, authorization = '' } = request.headers;
    calls.push({ target: String(target).replace(/^.*\./, ''), authorization });
    const answer = answers.shift() ?? [500, {}];
    if (answer === 'cut') return void request.socket.destroy();
    const [status, body] = answer;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
});
afterAll(() => server.close());

const failure = (name: string): object => ({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'CANARY' });
const THROTTLED = [400, failure('ProvisionedThroughputExceededException')] as const;
const BROKEN = [500, failure('InternalServerError')] as const;
const COUNTED = [200, { Attributes: { count: { N: '7' } } }] as const;

const CLIENTS = { 'the general client': dynamodbClient, 'the client of items': itemClient };

function table(clientOf: typeof itemClient, ...script: Answer[]) {
  answers = [...script];
  calls.length = 0;
  const credentials = async () => ({ accessKeyId: 'AKIDROLE', secretAccessKey: 'role' });
  return { client: clientOf('eu-central-1', server.url, credentials), name: 'keys' };
}
const { counter } = requestsOf('bot', new Date());

describe.each(Object.entries(CLIENTS))('%s', (_name, clientOf) => {
  test.each<[string, Answer[]]>([
    ['throttled', [THROTTLED, THROTTLED, COUNTED]],
    ['failed', [BROKEN, COUNTED]],
    ['cut off, counted or not', ['cut', COUNTED]],
  ])('what was %s is counted at another try', async (_, script) => {
    expect(await new DynamoDbCounters(table(clientOf, ...script)).add(counter, 1, 10)).toBe(7);
    expect(calls).toHaveLength(script.length);
  });

  test.each<[string, Answer[], number]>([
    ['throttles again and again', [THROTTLED, THROTTLED, THROTTLED, COUNTED], 3],
    ['denies', [[400, failure('AccessDeniedException')], COUNTED], 1],
  ])('a table that %s ends in an error', async (_, script, tries) => {
    await expect(new DynamoDbCounters(table(clientOf, ...script)).add(counter, 1, 10)).rejects.toThrow();
    expect(calls).toHaveLength(tries);
  });

  test('a limit that is reached is an answer, not tried again', async () => {
    const reached = [400, failure('ConditionalCheckFailedException')] as const;
    expect(await new DynamoDbCounters(table(clientOf, reached, COUNTED)).add(counter, 1, 10)).toBeUndefined();
    expect(calls).toHaveLength(1);
  });

  test('the environment changes neither its host nor its credentials', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_ACCOUNT_ID_ENDPOINT_MODE: 'required',
      AWS_ENABLE_ENDPOINT_DISCOVERY: 'true',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDOTHER',
      AWS_SECRET_ACCESS_KEY: 'other',
      AWS_BEARER_TOKEN_DYNAMODB: 'other',
    });
    try {
      expect(await new DynamoDbKeys(table(clientOf, [200, {}])).find('eur_x')).toBeUndefined();
      expect(calls).toEqual([
        {
          target: 'GetItem',
          authorization: expect.stringMatching(/Credential=AKIDROLE\/\d+\/eu-central-1\/dynamodb\//),
        },
      ]);
    } finally {
      process.env = before;
    }
  });
});

test('the client of items sends a command once where a repetition would count twice', async () => {
  const credentials = { accessKeyId: 'AKIDROLE', secretAccessKey: 'role' };
  answers = ['cut', COUNTED];
  calls.length = 0;
  const client = itemClient('eu-central-1', server.url, credentials, undefined, 1);
  await expect(new DynamoDbCounters({ client, name: 'keys' }).add(counter, 1)).rejects.toThrow();
  expect(calls).toHaveLength(1);
});

test('the client of items refuses other operations', async () => {
  const { client, name: TableName } = table(itemClient);
  const put = client.send(new PutItemCommand({ TableName, Item: {} }));
  await expect(put).rejects.toThrow(
    'the client of items knows only BatchGetItem, GetItem, Query and UpdateItem; use dynamodbClient',
  );
  expect(calls).toEqual([]);
});

test('the client of items signs with the token of a session, and the failure has no text of the table', async () => {
  const credentials = { accessKeyId: 'AKIDROLE', secretAccessKey: 'role', sessionToken: 'session' };
  answers = [[400, failure('AccessDeniedException')]];
  calls.length = 0;
  const keys = new DynamoDbKeys({ client: itemClient('eu-central-1', server.url, credentials), name: 'keys' });
  const error = await keys.find('eur_x').catch((found: unknown) => found);
  expect(error).toMatchObject({ name: 'AccessDeniedException', message: expect.not.stringContaining('CANARY') });
  expect(calls[0]?.authorization).toContain('x-amz-security-token;x-amz-target');
});
