import type { Environment } from '@/lib/runtime/aws/endpoint';
import { decisionParts, partsOfActor } from '@/lib/runtime/rights/deployed/parts-of-actor';
import type { Actor } from '@/lib/runtime/rights/jobs/step-actors';
import { stepsOf } from '@/lib/runtime/rights/steps/actor-steps';

/** The service and Region of each created client. */
const mockClients: string[] = [];
jest.mock('@/lib/runtime/aws/dynamodb-client', () => mockCounted('dynamodb-client', 'dynamodbClient'));
jest.mock('@/lib/runtime/aws/kms-client', () => mockCounted('kms-client', 'kmsClient'));
jest.mock('@/lib/runtime/aws/s3-client', () => mockCounted('s3-client', 's3Client'));

function mockCounted(file: string, name: string) {
  const actual = jest.requireActual(`@/lib/runtime/aws/${file}`);
  return {
    ...actual,
    [name]: (region: string, ...rest: unknown[]) => {
      mockClients.push(`${name.replace('Client', '')} ${region}`);
      return actual[name](region, ...rest);
    },
  };
}

const policy = { boundary: 'eu', workspace: 'sciences', identity: {} } as Parameters<typeof partsOfActor>[0];

const table = (name: string, region = 'eu-central-1') => `arn:aws:dynamodb:${region}:111122223333:table/${name}`;
const key = (region = 'eu-central-1') => `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const HERE = {
  CONVERSATIONS_TABLE_ARN: table('content'),
  BRANCH_KEYS_TABLE_ARN: table('keys'),
  KEY_REQUESTS_TABLE_ARN: table('key-requests'),
  USAGE_TABLE_ARN: table('usage'),
  RECORD_LINKS_TABLE_ARN: table('record-links'),
  WORKSPACE_KEY_ARN: key(),
  FILES_BUCKET: 'files',
  EVIDENCE_BUCKET: 'evidence',
  RETENTION_DAYS: '30',
};
const THERE = {
  RECOVERY_CONVERSATIONS_TABLE_ARN: table('content', 'eu-west-1'),
  RECOVERY_BRANCH_KEYS_TABLE_ARN: table('keys', 'eu-west-1'),
  RECOVERY_WORKSPACE_KEY_ARN: key('eu-west-1'),
  RECOVERY_FILES_BUCKET: 'files-there',
};
type Variable = keyof typeof HERE | keyof typeof THERE;
const ALL: Readonly<Record<Variable, string>> = { ...HERE, ...THERE };

const only = (names: readonly Variable[]): Environment => Object.fromEntries(names.map((name) => [name, ALL[name]]));

/** What an actor needs that encrypts under members' keys. */
const USES_KEYS = [
  'CONVERSATIONS_TABLE_ARN',
  'BRANCH_KEYS_TABLE_ARN',
  'KEY_REQUESTS_TABLE_ARN',
  'WORKSPACE_KEY_ARN',
] as const satisfies readonly Variable[];

/** The environment that each actor's function needs, and the clients that it creates. */
const NEEDS: readonly [Actor, readonly Variable[], readonly string[]][] = [
  [
    'witness',
    [...USES_KEYS, 'EVIDENCE_BUCKET'],
    ['dynamodb eu-central-1', 'dynamodb eu-central-1', 'dynamodb eu-central-1', 'kms eu-central-1', 's3 eu-central-1'],
  ],
  [
    'eraser',
    [
      'CONVERSATIONS_TABLE_ARN',
      'BRANCH_KEYS_TABLE_ARN',
      'USAGE_TABLE_ARN',
      'RECORD_LINKS_TABLE_ARN',
      'WORKSPACE_KEY_ARN',
      'FILES_BUCKET',
      'RETENTION_DAYS',
    ],
    [...Array(4).fill('dynamodb eu-central-1'), 'kms eu-central-1', 's3 eu-central-1'],
  ],
  [
    'exporter',
    [...USES_KEYS, 'FILES_BUCKET', 'RECORD_LINKS_TABLE_ARN'],
    [...Array(4).fill('dynamodb eu-central-1'), 'kms eu-central-1', 's3 eu-central-1'],
  ],
  [
    'closer',
    [
      'CONVERSATIONS_TABLE_ARN',
      'WORKSPACE_KEY_ARN',
      'EVIDENCE_BUCKET',
      'RECOVERY_CONVERSATIONS_TABLE_ARN',
      'RECOVERY_WORKSPACE_KEY_ARN',
    ],
    ['dynamodb eu-central-1', 'kms eu-central-1', 'kms eu-west-1', 's3 eu-central-1'],
  ],
  [
    'recovery-witness',
    [
      'CONVERSATIONS_TABLE_ARN',
      'RECOVERY_CONVERSATIONS_TABLE_ARN',
      'RECOVERY_BRANCH_KEYS_TABLE_ARN',
      'RECOVERY_WORKSPACE_KEY_ARN',
    ],
    ['dynamodb eu-central-1', 'dynamodb eu-west-1', 'kms eu-west-1'],
  ],
  [
    'recovery-eraser',
    [
      'CONVERSATIONS_TABLE_ARN',
      'RECOVERY_CONVERSATIONS_TABLE_ARN',
      'RECOVERY_BRANCH_KEYS_TABLE_ARN',
      'RECOVERY_WORKSPACE_KEY_ARN',
      'RECOVERY_FILES_BUCKET',
    ],
    ['dynamodb eu-central-1', 'dynamodb eu-west-1', 'dynamodb eu-west-1', 'kms eu-west-1', 's3 eu-west-1'],
  ],
];

beforeEach(() => {
  mockClients.length = 0;
});

test.each(NEEDS)('the function of the %s creates only the clients of its own steps', (actor, names, clients) => {
  stepsOf(actor, partsOfActor(policy, only(names), actor));
  expect(mockClients.sort()).toEqual(clients);
});

test.each(NEEDS)('the %s creates no further client if its environment names everything', (actor, names) => {
  partsOfActor(policy, only(names), actor);
  const expected = mockClients.splice(0).length;
  partsOfActor(policy, ALL, actor);
  expect(mockClients).toHaveLength(expected);
});

test.each(
  NEEDS.flatMap(([actor, names]) =>
    // Without its table of content, there is no recovery Region.
    names.flatMap((name) => (name === 'RECOVERY_CONVERSATIONS_TABLE_ARN' ? [] : [[actor, name, names] as const])),
  ),
)('the function of the %s does not start without %s', (actor, name, names) => {
  const environment = only(names.filter((other) => other !== name));
  expect(() => partsOfActor(policy, environment, actor)).toThrow(`'${name}' must name`);
});

test('a function that only decides creates only a client of the table', () => {
  decisionParts(policy, ALL);
  expect(mockClients).toEqual(['dynamodb eu-central-1']);
});

test('the eraser knows whether there is a recovery Region, and doesn’t call it', () => {
  expect(partsOfActor(policy, HERE, 'eraser').hasRecovery).toBe(false);
  expect(partsOfActor(policy, ALL, 'eraser').hasRecovery).toBe(true);
});
