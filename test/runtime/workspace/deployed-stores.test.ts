import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { StoreVariables } from '@/lib/contract/environment';
import type { EnvironmentOf } from '@/lib/runtime/aws/endpoint';
import { deployedStores } from '@/lib/runtime/workspace/deployed-stores';

const serving = { boundary: ResidencyBoundary.eu(), tenant: { kind: 'workspace' as const, ids: ['sciences'] } };
const ENVIRONMENT = {
  CONVERSATIONS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/conversations',
  BRANCH_KEYS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/keys',
  KEY_REQUESTS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/key-requests',
  WORKSPACE_KEY_ARN: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  FILES_BUCKET: 'files-bucket',
  RETENTION_DAYS: '365',
} satisfies Partial<StoreVariables>;
const open = (over: EnvironmentOf<StoreVariables> = {}) => deployedStores(serving, { ...ENVIRONMENT, ...over });

test('are those of the stack, in their own Region', async () => {
  const { table, bucket, retentionDays } = open();
  expect([table.name, bucket.name, retentionDays]).toEqual(['conversations', 'files-bucket', 365]);
  expect(await table.client.config.region()).toBe('eu-central-1');
  expect(await bucket.client.config.region()).toBe('eu-central-1');
  expect((await table.client.config.endpoint?.())?.hostname).toBe('dynamodb.eu-central-1.amazonaws.com');
  expect((await bucket.client.config.endpoint?.())?.hostname).toBe('s3.eu-central-1.amazonaws.com');
});

test('store content until it is deleted, if the stack configures that', () => {
  expect(open({ RETENTION_DAYS: 'until-deleted' }).retentionDays).toBeUndefined();
});

test('may use a key of another account', () => {
  expect(() =>
    open({ WORKSPACE_KEY_ARN: ENVIRONMENT.WORKSPACE_KEY_ARN.replace('111122223333', '444455556666') }),
  ).not.toThrow();
});

const outside = (value: string) => value.replace('eu-central-1', 'us-east-1');
test.each<[string, EnvironmentOf<StoreVariables>, string]>([
  [
    'a table outside',
    { CONVERSATIONS_TABLE_ARN: outside(ENVIRONMENT.CONVERSATIONS_TABLE_ARN) },
    'must be in us-east-1',
  ],
  [
    'everything outside',
    {
      CONVERSATIONS_TABLE_ARN: outside(ENVIRONMENT.CONVERSATIONS_TABLE_ARN),
      BRANCH_KEYS_TABLE_ARN: outside(ENVIRONMENT.BRANCH_KEYS_TABLE_ARN),
      KEY_REQUESTS_TABLE_ARN: outside(ENVIRONMENT.KEY_REQUESTS_TABLE_ARN),
      WORKSPACE_KEY_ARN: outside(ENVIRONMENT.WORKSPACE_KEY_ARN),
    },
    "isn't inside the EU",
  ],
  [
    'a key of another Region',
    { WORKSPACE_KEY_ARN: ENVIRONMENT.WORKSPACE_KEY_ARN.replace('central', 'west') },
    "'WORKSPACE_KEY_ARN' must be in eu-central-1",
  ],
  [
    'a multi-Region key',
    { WORKSPACE_KEY_ARN: 'arn:aws:kms:eu-central-1:111122223333:key/mrk-1' },
    "'WORKSPACE_KEY_ARN' must name",
  ],
  ['an alias', { WORKSPACE_KEY_ARN: 'arn:aws:kms:eu-central-1:111122223333:alias/a' }, "'WORKSPACE_KEY_ARN' must name"],
  ['no keys', { BRANCH_KEYS_TABLE_ARN: '' }, "'BRANCH_KEYS_TABLE_ARN' must name"],
  ['no bucket', { FILES_BUCKET: '' }, "'FILES_BUCKET' must name"],
  ['a bucket that is a path', { FILES_BUCKET: 'a/b' }, "'FILES_BUCKET' must name"],
  ['no retention', { RETENTION_DAYS: '' }, "'RETENTION_DAYS' must name"],
  [
    'an endpoint of KMS outside',
    { AWS_ENDPOINT_URL_KMS: 'https://kms.us-east-1.amazonaws.com' },
    "'AWS_ENDPOINT_URL_KMS' would send",
  ],
  ['an endpoint of S3 outside', { AWS_ENDPOINT_URL_S3: 'https://s3.amazonaws.com' }, "'AWS_ENDPOINT_URL_S3'"],
  ['a proxy outside', { HTTPS_PROXY: 'http://proxy.example.com' }, "'HTTPS_PROXY' would send"],
])('are refused with %s', (_, over, message) => {
  expect(() => open(over)).toThrow(message);
});
