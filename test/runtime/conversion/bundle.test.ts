import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConversionVariables } from '@/lib/contract/environment';
import { BRANCH_KEY_TABLE, conversionRow } from '@/lib/contract/tables';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { readReport, textObject } from '@/lib/runtime/workspace/files/conversion-report';
import { newFileId, partObject } from '@/lib/runtime/workspace/files/file-keys';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import { keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import { ContentCipher } from '@/lib/runtime/workspace/store/content-cipher';
import { ContentObjects } from '@/lib/runtime/workspace/store/objects';
import { localEndpoint } from '@/test/support/local-endpoint';
import type { Server } from '../gateway/support/serve';
import { docx, paragraph } from './support/documents';

jest.setTimeout(60_000);

const ROOT = path.join(__dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'conversion-bundle-'));
// Lambda unpacks the bundle and its policy into one folder.
cpSync(path.join(ROOT, 'dist/bundles/conversion'), folder, { recursive: true });
const aws = new LocalAws({
  file: path.join(folder, 'content.sqlite'),
  region: 'eu-central-1',
  tables: [
    { name: 'conversions', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
    { name: 'keys', ...BRANCH_KEY_TABLE },
  ],
  buckets: ['files'],
});
const keyring = new BranchKeyring({
  workspace: 'sciences',
  table: { client: keyStoreClient(aws.dynamodb()), name: 'keys' },
  key: { client: aws.kms(), arn: aws.keyArn('sciences') },
});
const cipher = new ContentCipher(keyring, new ContentObjects(aws.s3(), 'files'));
let stores: Server;
beforeAll(async () => {
  stores = await localEndpoint(aws);
});
afterAll(async () => {
  await stores.close();
  aws.close();
  rmSync(folder, { recursive: true });
});

const table = (name: string, region = 'eu-central-1') => `arn:aws:dynamodb:${region}:111122223333:table/${name}`;

const VARIABLES: ConversionVariables = {
  CONVERSIONS_TABLE_ARN: table('conversions'),
  BRANCH_KEYS_TABLE_ARN: table('keys'),
  WORKSPACE_KEY_ARN: aws.keyArn('sciences'),
  FILES_BUCKET: 'files',
};

/** Runs the bundle in its own process, as Lambda does. */
async function run(
  event: object,
  environment: object = {},
  policy: object = { boundary: 'eu', workspace: 'sciences' },
) {
  writeFileSync(path.join(folder, 'policy.json'), JSON.stringify(policy));
  const events = path.join(folder, 'events.json');
  writeFileSync(events, JSON.stringify([event]));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(__dirname, '../gateway/support/run-bundle.mjs')],
    {
      env: {
        BUNDLE: path.join(folder, 'index.mjs'),
        EVENTS: events,
        LAMBDA_TASK_ROOT: folder,
        AWS_ACCESS_KEY_ID: 'AKIDTEST',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_ENDPOINT_URL: stores.url,
        ...VARIABLES,
        ...environment,
      },
    },
  );
  return stdout
    .trim()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

test('the deployed function converts a file of several parts, and logs counts only', async () => {
  const file = newFileId(new Date());
  const content = docx(paragraph('Grüße'));
  await cipher.encryptObject('ada', partObject('ada', file, 'part_1'), content.subarray(0, 200));
  await cipher.encryptObject('ada', partObject('ada', file, 'part_2'), content.subarray(200));
  const Item = { ...conversionRow('ada', file), parts: { L: [{ S: 'part_1' }, { S: 'part_2' }] } };
  await aws.dynamodb().send(new PutItemCommand({ TableName: 'conversions', Item }));
  const Keys = conversionRow('ada', file);
  const log = await run({ Records: [{ eventName: 'INSERT', dynamodb: { Keys } }] });
  expect(log).toEqual([
    { event: 'files-converted', converted: 1, failed: 0, withdrawn: 0, errors: [], milliseconds: expect.any(Number) },
  ]);
  expect(await readReport(cipher, 'ada', file)).toEqual({ kind: 'docx', bytes: 8, lost: {} });
  expect(Buffer.from(await cipher.decryptObject('ada', textObject('ada', file))).toString()).toBe('Grüße\n');
});

test.each<[string, object, object | undefined, string]>([
  ['no table', { CONVERSIONS_TABLE_ARN: '' }, undefined, "'CONVERSIONS_TABLE_ARN' must name"],
  ['no bucket', { FILES_BUCKET: '' }, undefined, "'FILES_BUCKET' must name"],
  [
    'a table outside',
    { CONVERSIONS_TABLE_ARN: table('conversions', 'us-east-1'), AWS_ENDPOINT_URL: '' },
    undefined,
    "isn't inside the EU",
  ],
  ['an invalid policy', {}, { boundary: 'eu' }, 'the function that converts files reads'],
])('with %s, the function doesn’t start', async (_, environment, policy, message) => {
  await expect(run({}, environment, policy)).rejects.toThrow(message);
});
