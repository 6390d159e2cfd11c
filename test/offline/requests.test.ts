import { readFileSync } from 'node:fs';
import path from 'node:path';
import { installPython, runScript } from './python/python';
import { makeBundledRequests } from './requests/bundled';
import { commandsInCode } from './requests/code';
import { recordedRequests } from './requests/recorded';
import type { RecordedRequest } from './requests/recorded-request';

jest.setTimeout(60_000);
beforeAll(async () => {
  installPython();
  await makeBundledRequests();
});

/** botocore's operations for paths of Bedrock's own requests. The body of `invoke` is a model's own, and isn't modelled. */
const OPERATIONS: Readonly<Record<string, string>> = { converse: 'Converse', 'converse-stream': 'ConverseStream' };

/** What botocore's models find wrong in each request. */
function problemsOf(requests: readonly RecordedRequest[]): string[] {
  const modelled = requests
    .filter(({ operation }) => operation !== 'invoke')
    .map((one) => ({ ...one, operation: OPERATIONS[one.operation] ?? one.operation }));
  const found = runScript<string[][]>('check_requests.py', modelled);
  return [
    ...new Set(found.flatMap((problems, nth) => problems.map((problem) => `${modelled[nth]?.file}: ${problem}`))),
  ];
}

test('every request conforms to its operation', () => {
  expect(problemsOf(recordedRequests())).toEqual([]);
});

test('each command in the code has been recorded', () => {
  const recorded = new Set(recordedRequests().map(({ file, operation }) => `${file} ${operation}`));
  expect(commandsInCode().filter((command) => !recorded.has(command))).toEqual([]);
});

test('the full check records in the steps whose requests are compared, and in no other', () => {
  const lines = readFileSync(path.join(__dirname, '../../.ci/run'), 'utf8').split('\n');
  expect(lines.filter((line) => line.includes('OFFLINE_RECORDS'))).toEqual([
    expect.stringMatching(/^ +OFFLINE_RECORDS=\S+ .* npm test /),
    expect.stringMatching(/^(?:step_limit=\d+ )?step .* env OFFLINE_RECORDS=\S+ .* test:long$/),
    expect.stringMatching(/^step_if_possible .* env OFFLINE_RECORDS=\S+ .* test:offline$/),
  ]);
});

test('both ways to converse have been recorded', () => {
  const operations = new Set(recordedRequests().map(({ operation }) => operation));
  expect(Object.keys(OPERATIONS).filter((operation) => !operations.has(operation))).toEqual([]);
});

test.each<[string, Omit<RecordedRequest, 'file'>, string]>([
  [
    'a member that the model lacks',
    { service: 'KMS', operation: 'Decrypt', input: { CiphertextBlob: { $bytes: 9 }, Key: 'k' } },
    'DecryptRequest: the model has no member Key',
  ],
  [
    'a required member that is missing',
    { service: 'DynamoDB', operation: 'GetItem', input: { TableName: 't' } },
    'GetItemInput: lacks the required member Key',
  ],
  [
    'too many entries',
    { service: 'KMS', operation: 'Encrypt', input: { KeyId: 'k', Plaintext: { $bytes: 4097 } } },
    'EncryptRequest.Plaintext: 4097 bytes is above the maximum of 4096',
  ],
  [
    'a value that is none of its values',
    { service: 'Bedrock', operation: 'PutAccountDataRetention', input: { mode: 'never' } },
    "isn't one of",
  ],
  [
    'a text that does not match its pattern',
    { service: 'CognitoIdentityProvider', operation: 'AdminGetUser', input: { UserPoolId: 'pool', Username: 'ada' } },
    "AdminGetUserRequest.UserPoolId: doesn't match the pattern of UserPoolIdType",
  ],
  [
    'a text in place of a number',
    { service: 'DynamoDB', operation: 'Query', input: { TableName: 't', Limit: '1' } },
    'QueryInput.Limit: is no number',
  ],
  [
    'two members of a union',
    {
      service: 'BedrockRuntime',
      operation: 'converse',
      input: { modelId: 'm', messages: [{ role: 'user', content: [{ text: 't', cachePoint: { type: 'default' } }] }] },
    },
    'is a union, and has 2 members',
  ],
])('a mistake is found: %s', (_, request, problem) => {
  expect(problemsOf([{ file: 'lib/a.ts', ...request }])).toEqual([expect.stringContaining(problem)]);
});
