import {
  ABSENT,
  anyPartition,
  arnIfIn,
  arnIn,
  bucketIn,
  noPartition,
  ownUserPool,
  partitions,
  type Row,
  type Target,
  tableNamedIn,
  userPool,
  variable,
  WHILE_DECLARED,
} from './row';
import {
  BEDROCK,
  counters,
  DIRECTORY_GROUPS,
  DIRECTORY_READS,
  egressBy,
  INTERFACES,
  KEYRING,
  LOG,
  PROVIDERS,
  TOKENS,
} from './shared-rows';

/** The gateway of projects. */
export const PROJECTS: readonly Row[] = [
  LOG,
  ...INTERFACES,
  ...BEDROCK,
  ...PROVIDERS,
  egressBy('projects'),
  {
    by: 'gateway/keys/dynamodb-keys.ts',
    commands: ['GetItem'],
    on: arnIn('KEYS_TABLE_ARN'),
    context: partitions('keys'),
  },
  counters('KEYS_TABLE_ARN', partitions('counter#helpdesk-bot')),
  {
    by: 'gateway/open/dynamodb-open-projects.ts',
    commands: ['GetItem'],
    // Only where projects are open.
    on: (target) => (opensProjects(target) ? arnIn('KEYS_TABLE_ARN')(target) : []),
    context: partitions('projects'),
  },
  {
    by: 'gateway/freshness/dynamodb-readings.ts',
    commands: ['Query'],
    on: arnIfIn('READINGS_TABLE_ARN'),
    context: anyPartition('checks'),
  },
];

/** Whether the deployment has the API of open projects. */
const opensProjects = ({ account }: Target): boolean =>
  account.functions.some(({ path }) => path.endsWith('/Projects/Open/Function'));

/** The API of open projects. */
export const OPEN_PROJECTS: readonly Row[] = [
  LOG,
  ...INTERFACES,
  {
    by: 'gateway/open/dynamodb-open-projects.ts',
    commands: ['GetItem'],
    on: arnIn('KEYS_TABLE_ARN'),
    context: partitions('projects'),
  },
  {
    by: 'projects/dynamodb-project-store.ts',
    commands: ['Query', 'TransactWriteItems: PutItem, UpdateItem', 'UpdateItem'],
    on: arnIn('KEYS_TABLE_ARN'),
    context: partitions('projects'),
  },
];

/** The content of a workspace, and the counts of its use. */
const CONTENT: readonly Row[] = [
  LOG,
  ...INTERFACES,
  ...BEDROCK,
  ...PROVIDERS,
  egressBy('workspaces'),
  {
    by: 'workspace/store/table.ts',
    commands: [
      'BatchWriteItem',
      'GetItem',
      'PutItem',
      'Query',
      'TransactWriteItems: ConditionCheckItem, DeleteItem, PutItem, UpdateItem',
    ],
    on: arnIn('CONVERSATIONS_TABLE_ARN'),
    context: partitions('user#ada'),
  },
  {
    by: 'workspace/store/user-status.ts',
    commands: ['Query'],
    on: arnIn('CONVERSATIONS_TABLE_ARN'),
    context: partitions('rights#ada'),
  },
  {
    by: 'workspace/store/objects.ts',
    commands: ['GetObject', 'PutObject', 'DeleteObject'],
    on: bucketIn('FILES_BUCKET', '*'),
  },
  // An object that expires is stored with a tag.
  { by: 'workspace/store/objects.ts', commands: ['PutObject: PutObjectTagging'], on: bucketIn('FILES_BUCKET', '*') },
  // Without it, S3 answers 403 for an object that doesn't exist, not 404.
  { by: 'workspace/store/objects.ts', commands: ['GetObject: ListBucket'], on: bucketIn('FILES_BUCKET') },
  ...KEYRING,
  {
    by: 'workspace/store/table.ts',
    commands: ['TransactWriteItems: DeleteItem, PutItem'],
    on: arnIfIn('CONVERSIONS_TABLE_ARN'),
    context: anyPartition('ada'),
  },
  counters('USAGE_TABLE_ARN', anyPartition('counter#sciences')),
  {
    by: 'gateway/usage/dynamodb-months.ts',
    commands: ['GetItem', 'UpdateItem'],
    on: arnIn('USAGE_TABLE_ARN'),
    context: anyPartition('released#sciences'),
  },
  {
    by: 'workspace/record-links.ts',
    commands: ['UpdateItem'],
    on: arnIn('RECORD_LINKS_TABLE_ARN'),
    context: partitions('user#ada'),
  },
];

/** The gateway of a workspace. */
export const WORKSPACE: readonly Row[] = [
  ...CONTENT,
  ...TOKENS,
  DIRECTORY_GROUPS,
  {
    by: 'workspace/store/table.ts',
    commands: ['TransactWriteItems: PutItem'],
    on: arnIfIn('JOB_QUEUE_TABLE_ARN'),
    context: anyPartition('resp_1'),
  },
];

/** The worker of a workspace, which verifies no tokens. */
export const WORKER: readonly Row[] = [
  ...CONTENT,
  ...DIRECTORY_READS,
  DIRECTORY_GROUPS,
  {
    by: 'workspace/identity/dynamodb-suspensions.ts',
    commands: ['GetItem'],
    on: arnIn('SUSPENSIONS_TABLE_ARN'),
    context: anyPartition('member'),
  },
  {
    by: 'workspace/store/table.ts',
    commands: ['TransactWriteItems: DeleteItem, PutItem'],
    on: arnIn('JOB_QUEUE_TABLE_ARN'),
    context: anyPartition('resp_1'),
  },
  {
    by: 'workspace/background/queue.ts',
    commands: ['DeleteItem', 'PutItem'],
    on: arnIn('JOB_QUEUE_TABLE_ARN'),
    context: anyPartition('resp_1'),
  },
  { by: 'workspace/background/queue.ts', commands: ['Scan'], on: arnIn('JOB_QUEUE_TABLE_ARN'), context: noPartition },
  {
    by: 'Lambda',
    commands: ['DescribeStream', 'GetRecords', 'GetShardIterator'],
    byLambda: true,
    on: (target) => arnIn('JOB_QUEUE_TABLE_ARN')(target).map((table) => `${table}/stream/label`),
  },
  {
    by: 'Lambda',
    commands: ['ListStreams'],
    byLambda: true,
    // The action has no resource.
    on: ({ fn }) => [`arn:${fn.partition}:dynamodb:${fn.region}:${fn.account}:*`],
  },
];

/** The egress function. Its secrets are all that the deployment has. */
export const EGRESS: readonly Row[] = [
  LOG,
  ...INTERFACES,
  {
    by: 'egress/secrets-client.ts',
    commands: ['GetSecretValue'],
    on: ({ account }) => [...account.resourcePolicies.keys()].filter((arn) => arn.includes(':secretsmanager:')),
  },
];

/** The function that fetches the signing keys of a user pool. */
export const KEY_SETS: readonly Row[] = [
  LOG,
  {
    by: 'key-sets/refresh.ts',
    commands: ['PutItem'],
    on: tableNamedIn('KEY_SETS_TABLE'),
    context: anyPartition('key-set'),
  },
];

/** The function of SCIM. */
export const SCIM: readonly Row[] = [
  LOG,
  ...INTERFACES,
  {
    by: 'gateway/keys/dynamodb-keys.ts',
    commands: ['GetItem'],
    on: arnIn('SCIM_TOKENS_TABLE_ARN'),
    context: partitions('keys'),
  },
  {
    by: 'directory/directory-table.ts',
    commands: ['BatchGetItem'],
    on: arnIn('DIRECTORY_TABLE_ARN'),
    context: partitions('user'),
  },
  {
    by: 'directory/directory-table.ts',
    commands: ['BatchGetItem'],
    on: arnIn('DIRECTORY_TABLE_ARN'),
    context: partitions('group'),
  },
  {
    by: 'directory/directory-table.ts',
    commands: ['GetItem', 'Query', 'TransactWriteItems: DeleteItem, PutItem, UpdateItem'],
    on: arnIn('DIRECTORY_TABLE_ARN'),
    context: partitions('user', 'group', 'member#u', 'members#g#0', 'unique#userName#d'),
  },
];

/** The function that administers members and shows records. */
export const MEMBERS: readonly Row[] = [
  LOG,
  ...TOKENS,
  {
    by: 'members/cognito-pool.ts',
    commands: [
      'AdminAddUserToGroup',
      'AdminCreateUser',
      'AdminDeleteUser',
      'AdminGetUser',
      'AdminListGroupsForUser',
      'AdminRemoveUserFromGroup',
      'ListUsersInGroup',
    ],
    on: ownUserPool,
  },
  {
    by: 'members/cognito-pool.ts',
    commands: ['AdminDisableUser', 'AdminEnableUser', 'AdminUserGlobalSignOut', 'ListUsers'],
    on: userPool,
  },
  {
    by: 'members/suspension-ledger.ts',
    commands: ['UpdateItem'],
    on: arnIn('SUSPENSIONS_TABLE_ARN'),
    context: anyPartition('ada'),
  },
  {
    by: 'directory/directory-table.ts',
    commands: ['Query'],
    on: arnIfIn('DIRECTORY_TABLE_ARN'),
    context: partitions('link'),
  },
  {
    by: 'members/membership-ledger.ts',
    commands: ['UpdateItem'],
    on: arnIn('SUSPENSIONS_TABLE_ARN'),
    context: anyPartition('membership'),
  },
  {
    by: 'records/record-links.ts',
    commands: ['Query'],
    on: (target) => arnIfIn('RECORD_LINKS_TABLE_ARN')(target).flatMap((table) => [table, `${table}/index/by-hour`]),
    context: () => ({ ...anyPartition('user#ada')(), 'aws:CurrentTime': WHILE_DECLARED }),
  },
  {
    by: 'records/member-usage.ts',
    commands: ['Query'],
    on: arnIfIn('USAGE_TABLE_ARN'),
    context: () => ({ ...anyPartition('counter#sciences')(), 'aws:CurrentTime': WHILE_DECLARED }),
  },
  {
    by: 'records/cloudwatch-records.ts',
    commands: ['FilterLogEvents'],
    on: (target) =>
      [variable(target, 'REQUESTS_LOG_GROUP'), variable(target, 'RIGHTS_LOG_GROUP'), target.fn.logGroup].map(
        (group) => `arn:${target.fn.partition}:logs:${target.fn.region}:${target.fn.account}:log-group:${group}:*`,
      ),
  },
];

const EVERY_REGION = {
  by: 'settings/control-plane.ts',
  // Bedrock's settings have no ARN.
  on: ({ fn, destinations }: Parameters<Row['on']>[0]) =>
    [...new Set(destinations.flatMap(({ sourceRegion, regions }) => [sourceRegion, ...regions]))].map(
      (region) => `arn:${fn.partition}:bedrock:${region}:${fn.account}:*`,
    ),
};

/** The function that sets Bedrock's retention mode. */
export const RETENTION: readonly Row[] = [
  LOG,
  {
    ...EVERY_REGION,
    commands: ['GetAccountDataRetention', 'GetModelInvocationLoggingConfiguration', 'PutAccountDataRetention'],
  },
  {
    by: 'settings/former-settings.ts',
    commands: ['PutObject'],
    on: (target) =>
      [...new Set(target.destinations.flatMap(({ sourceRegion, regions }) => [sourceRegion, ...regions]))].flatMap(
        (region) => bucketIn('EVIDENCE_BUCKET', `bedrock-retention/${region}.json`)(target),
      ),
    context: () => ({ 's3:object-lock-remaining-retention-days': ABSENT }),
  },
];

/** The function that checks Bedrock's settings. */
export const CHECK: readonly Row[] = [
  LOG,
  { ...EVERY_REGION, commands: ['GetAccountDataRetention', 'GetModelInvocationLoggingConfiguration'] },
  {
    by: 'settings/control-plane.ts',
    commands: ['GetInferenceProfile'],
    on: ({ fn, destinations }) =>
      destinations
        .filter(({ throughProfile }) => throughProfile)
        .map(
          ({ sourceRegion, id }) => `arn:${fn.partition}:bedrock:${sourceRegion}:${fn.account}:inference-profile/${id}`,
        ),
  },
  {
    by: 'settings/control-plane.ts',
    commands: ['GetFoundationModel'],
    on: ({ fn, destinations }) =>
      destinations.flatMap(({ sourceRegion, regions, modelId }) =>
        [...new Set([sourceRegion, ...regions])].map(
          (region) => `arn:${fn.partition}:bedrock:${region}::foundation-model/${modelId}`,
        ),
      ),
  },
  {
    by: 'settings/readings-store.ts',
    commands: ['PutItem'],
    on: tableNamedIn('READINGS_TABLE'),
    context: anyPartition('checks'),
  },
];
