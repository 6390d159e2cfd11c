import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CopyKeysVariables, DrillVariables, JobsVariables } from '@/lib/contract/environment';
import type { RecoveryPolicy } from '@/lib/contract/policies/recovery-policy';
import { BRANCH_KEY_TABLE } from '@/lib/contract/tables';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import { keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import { localEndpoint } from '@/test/support/local-endpoint';
import type { Server } from '../gateway/support/serve';
import { runFunction } from './support/run-function';

const folder = mkdtempSync(path.join(tmpdir(), 'recovery-bundle-'));
const aws = new LocalAws({
  file: path.join(folder, 'content.sqlite'),
  region: 'eu-central-1',
  tables: [
    { name: 'content-there', partitionKey: 'pk', sortKey: 'sk' },
    { name: 'keys-here', ...BRANCH_KEY_TABLE },
    { name: 'keys-there', ...BRANCH_KEY_TABLE },
  ],
  buckets: ['files-there'],
});
const table = (name: string, region = 'eu-central-1') => `arn:aws:dynamodb:${region}:111122223333:table/${name}`;

let stores: Server;
beforeAll(async () => {
  stores = await localEndpoint(aws);
  const keyring = new BranchKeyring({
    workspace: 'sciences',
    table: { client: keyStoreClient(aws.dynamodb()), name: 'keys-here' },
    key: { client: aws.kms(), arn: aws.keyArn('here') },
  });
  await keyring.ensureKey('ada');
});
afterAll(async () => {
  await stores.close();
  aws.close();
  rmSync(folder, { recursive: true });
});
jest.setTimeout(60_000);

/** Runs one of the deployed functions on events. */
const run = (name: string, environment: Record<string, string>, ...events: object[]) =>
  runFunction(
    {
      folder,
      policy: { boundary: 'eu', workspace: 'sciences' } satisfies RecoveryPolicy,
      environment: { UPKEEP_FUNCTION: name, AWS_ENDPOINT_URL: stores.url, ...environment },
    },
    events,
  );

/** The environment of each function in its stack. */
const COPY = {
  BRANCH_KEYS_TABLE_ARN: table('keys-here'),
  WORKSPACE_KEY_ARN: aws.keyArn('here'),
  RECOVERY_BRANCH_KEYS_TABLE_ARN: table('keys-there'),
  RECOVERY_WORKSPACE_KEY_ARN: aws.keyArn('there'),
} satisfies Omit<CopyKeysVariables, keyof JobsVariables>;
const DRILL = {
  CONVERSATIONS_TABLE_ARN: table('content-there'),
  BRANCH_KEYS_TABLE_ARN: table('keys-there'),
  WORKSPACE_KEY_ARN: aws.keyArn('there'),
  FILES_BUCKET: 'files-there',
} satisfies Omit<DrillVariables, keyof JobsVariables>;

test('keys are copied as the stacks configure, and counted', async () => {
  const { log } = await run('copy-keys', COPY, {}, {});
  expect(log).toEqual([
    { event: 'recovery-keys', kept: 0, copied: 3, erased: 0, alone: 0 },
    { event: 'recovery-keys', kept: 3, copied: 0, erased: 0, alone: 0 },
  ]);
});

test('a drill logs counts, and refuses more rows than permitted', async () => {
  const none = { read: 0, decrypted: 0, withoutKey: 0, missing: 0, unreadable: 0 };
  const { log } = await run('drill', DRILL, { rows: 20 });
  expect(log).toEqual([{ event: 'recovery-drill', rows: none, objects: none, members: 0 }]);
  await expect(run('drill', DRILL, { rows: 5_000 })).rejects.toThrow("'rows' must be a whole number from 1 to 500");
});

test.each<[string, string, Record<string, string>, string]>([
  ['no key', 'copy-keys', { ...COPY, RECOVERY_WORKSPACE_KEY_ARN: '' }, "'RECOVERY_WORKSPACE_KEY_ARN' must name"],
  [
    'a key of another Region than the store',
    'copy-keys',
    { ...COPY, RECOVERY_BRANCH_KEYS_TABLE_ARN: table('keys-there', 'eu-west-1') },
    "'RECOVERY_WORKSPACE_KEY_ARN' must be in eu-west-1",
  ],
  [
    'a multi-Region key',
    'copy-keys',
    { ...COPY, WORKSPACE_KEY_ARN: COPY.WORKSPACE_KEY_ARN.replace(':key/', ':key/mrk-') },
    "'WORKSPACE_KEY_ARN' must name",
  ],
  [
    'a store outside',
    'drill',
    {
      ...Object.fromEntries(
        Object.entries(DRILL).map(([name, value]) => [name, value.replace('eu-central-1', 'us-east-1')]),
      ),
      AWS_ENDPOINT_URL: '',
    },
    "isn't inside the EU",
  ],
])('with %s, the function doesn’t start', async (_, name, environment, message) => {
  await expect(run(name, environment, {})).rejects.toThrow(message);
});
