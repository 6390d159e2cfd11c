import { BRANCH_KEY_CREATION, branchKeyErasure, branchKeyReads, erasureMark } from './branch-key-rows';
import {
  ABSENT,
  AnyValue,
  anyPartition,
  arnIfIn,
  arnIn,
  branchKeys,
  bucketIn,
  noPartition,
  ownUserPool,
  partitions,
  type Row,
  type Target,
  userPool,
  WHILE_DECLARED,
} from './row';
import { DIRECTORY_READS, INTERFACES, JOB, KEYRING, LOG, TOKENS } from './shared-rows';

const CONTENT = arnIn('CONVERSATIONS_TABLE_ARN');
const ANY_USER = anyPartition('user#ada');

const certificates: Row = {
  by: 'rights/steps/certificate.ts',
  commands: ['PutObject'],
  on: (target) => bucketIn('EVIDENCE_BUCKET', `certificates/${target.workspace}/*`)(target),
  context: () => ({ 's3:object-lock-remaining-retention-days': ABSENT }),
};

const deletion = (prefix: '' | 'RECOVERY_'): readonly Row[] => [
  {
    by: 'rights/store/user-objects.ts',
    commands: ['DeleteObjects'],
    on: bucketIn(`${prefix}FILES_BUCKET`, 'content/*', 'exports/*'),
  },
  { by: 'rights/store/user-objects.ts', commands: ['ListObjectVersions'], on: bucketIn(`${prefix}FILES_BUCKET`) },
  branchKeyErasure(prefix),
];

/** Deciding on rights: jobs, holds and the status of users. */
const DECISIONS: Row = {
  by: 'workspace/store/table.ts',
  commands: ['GetItem', 'Query', 'TransactWriteItems: DeleteItem, PutItem, UpdateItem'],
  on: CONTENT,
  context: partitions('rights', 'rights#ada'),
};

/** A job's step that also reads whether the decisions about the user name the erasure. */
const MARKED_JOB: readonly Row[] = [
  { by: 'workspace/store/table.ts', commands: ['GetItem'], on: CONTENT, context: partitions('rights', 'rights#ada') },
  {
    by: 'workspace/store/table.ts',
    commands: ['TransactWriteItems: PutItem'],
    on: CONTENT,
    context: partitions('rights'),
  },
];

/** Who gave roles. */
const MEMBERSHIPS: Row = {
  by: 'workspace/identity/dynamodb-memberships.ts',
  commands: ['GetItem'],
  on: arnIn('SUSPENSIONS_TABLE_ARN'),
  context: anyPartition('membership'),
};

/** Deleting what SCIM sent about a member. */
const DIRECTORY_ROWS: readonly Row[] = [
  {
    by: 'directory/directory-table.ts',
    commands: ['GetItem'],
    on: arnIfIn('DIRECTORY_TABLE_ARN'),
    context: partitions('user', 'link', 'unique#userExternalId#d'),
  },
  {
    by: 'directory/directory-table.ts',
    commands: ['Query'],
    on: arnIfIn('DIRECTORY_TABLE_ARN'),
    context: partitions('member#u'),
  },
  {
    by: 'directory/directory-table.ts',
    commands: ['TransactWriteItems: DeleteItem'],
    on: arnIfIn('DIRECTORY_TABLE_ARN'),
    context: partitions('user', 'link', 'member#u', 'members#g#0', 'unique#userName#d'),
  },
];

/** Which roles users of the pool hold. */
const POOL_ROLES: Row = {
  by: 'rights/deployed/deployed-roles.ts',
  commands: ['AdminListGroupsForUser'],
  on: ownUserPool,
};

const POOL_USERS: Row = { by: 'rights/deployed/deployed-roles.ts', commands: ['ListUsers'], on: userPool };

const START: Row = {
  by: 'rights/deployed/executions.ts',
  commands: ['StartExecution'],
  on: arnIn('STATE_MACHINE_ARN'),
};

/** Reading a member's links to records. */
const LINKS: readonly Row[] = [
  {
    by: 'rights/store/partition.ts',
    commands: ['Query'],
    on: arnIn('RECORD_LINKS_TABLE_ARN'),
    // At any time: only the function that shows records reads the table for as long as a declaration applies.
    context: () => ({ ...partitions('user#ada')(), 'aws:CurrentTime': new AnyValue(WHILE_DECLARED) }),
  },
];

/** The lock of what the ledger writes, which is longer than the bucket's own. */
const LEDGER_LOCK = () => ({ 's3:object-lock-remaining-retention-days': new AnyValue('400') });

const LEDGER_OBJECTS = bucketIn('EVIDENCE_BUCKET', 'ledger/*');

/** The log groups of the gateways, whose names end in what CloudFormation chooses. */
const gatewayLogs = ({ account }: Target): string[] =>
  account.functions
    .filter(({ path }) => path.endsWith('/Gateway/Gateway/Function'))
    .map((fn) => `arn:${fn.partition}:logs:${fn.region}:${fn.account}:log-group:${fn.logGroup}-*`);

/** The functions of the bundle of jobs, by `UPKEEP_FUNCTION`. */
export const JOBS: Readonly<Record<string, readonly Row[]>> = {
  admin: [LOG, ...TOKENS, DECISIONS, MEMBERSHIPS, POOL_ROLES, POOL_USERS, START],
  confirm: [
    LOG,
    {
      by: 'workspace/store/table.ts',
      commands: ['GetItem', 'TransactWriteItems: PutItem, UpdateItem'],
      on: CONTENT,
      context: partitions('rights', 'rights#ada'),
    },
    MEMBERSHIPS,
    ...DIRECTORY_READS,
    POOL_ROLES,
    POOL_USERS,
    START,
  ],
  tend: [
    LOG,
    {
      by: 'workspace/store/table.ts',
      commands: ['Query', 'TransactWriteItems: PutItem'],
      on: CONTENT,
      context: partitions('rights'),
    },
    START,
    { by: 'rights/deployed/executions.ts', commands: ['ListExecutions'], on: arnIn('STATE_MACHINE_ARN') },
  ],
  witness: [LOG, ...INTERFACES, ...MARKED_JOB, ...KEYRING, erasureMark(''), certificates],
  eraser: [
    LOG,
    ...INTERFACES,
    ...DIRECTORY_ROWS,
    {
      by: 'workspace/store/table.ts',
      commands: ['GetItem', 'Query', 'TransactWriteItems: DeleteItem, PutItem, UpdateItem'],
      on: CONTENT,
      context: partitions('rights', 'rights#ada'),
    },
    {
      by: 'workspace/store/table.ts',
      commands: ['BatchWriteItem', 'GetItem', 'Query'],
      on: CONTENT,
      context: partitions('user#ada'),
    },
    { by: 'rights/store/partition.ts', commands: ['Query'], on: CONTENT, context: partitions('user#ada') },
    { by: 'rights/steps/closure-steps.ts', commands: ['Scan'], on: CONTENT, context: noPartition },
    { by: 'rights/steps/retention-steps.ts', commands: ['Scan'], on: CONTENT, context: noPartition },
    { by: 'rights/store/update-if-present.ts', commands: ['UpdateItem'], on: CONTENT, context: partitions('user#ada') },
    { by: 'workspace/store/user-status.ts', commands: ['Query'], on: CONTENT, context: partitions('rights#ada') },
    ...deletion(''),
    {
      by: 'rights/store/user-objects.ts',
      commands: ['DeleteObjectTagging', 'PutObjectTagging'],
      on: bucketIn('FILES_BUCKET', 'content/*'),
    },
    {
      by: 'rights/store/member-counts.ts',
      commands: ['BatchGetItem', 'DeleteItem'],
      on: arnIn('USAGE_TABLE_ARN'),
      context: ANY_USER,
    },
    ...LINKS,
    {
      by: 'workspace/store/table.ts',
      commands: ['BatchWriteItem'],
      on: arnIn('RECORD_LINKS_TABLE_ARN'),
      context: partitions('user#ada'),
    },
  ],
  exporter: [
    LOG,
    ...INTERFACES,
    {
      by: 'workspace/store/table.ts',
      commands: ['GetItem'],
      on: CONTENT,
      context: partitions('rights', 'rights#ada'),
    },
    { by: 'workspace/store/table.ts', commands: ['GetItem', 'Query'], on: CONTENT, context: partitions('user#ada') },
    {
      by: 'workspace/store/table.ts',
      commands: ['TransactWriteItems: PutItem'],
      on: CONTENT,
      context: partitions('rights', 'user#ada'),
    },
    {
      by: 'workspace/store/table.ts',
      commands: ['TransactWriteItems: ConditionCheckItem'],
      on: CONTENT,
      context: partitions('rights#ada', 'user#ada'),
    },
    { by: 'rights/store/partition.ts', commands: ['Query'], on: CONTENT, context: partitions('user#ada') },
    { by: 'workspace/store/objects.ts', commands: ['GetObject'], on: bucketIn('FILES_BUCKET', 'content/*') },
    { by: 'workspace/store/objects.ts', commands: ['PutObject'], on: bucketIn('FILES_BUCKET', 'exports/*') },
    ...KEYRING,
    ...LINKS,
  ],
  closer: [
    LOG,
    ...JOB,
    certificates,
    ...['', 'RECOVERY_'].map(
      (prefix): Row => ({
        by: 'rights/steps/workspace-key-deletion.ts',
        commands: ['DescribeKey', 'ScheduleKeyDeletion'],
        on: arnIfIn(`${prefix}WORKSPACE_KEY_ARN`),
        context: () => ({ 'kms:ViaService': ABSENT }),
      }),
    ),
  ],
  'recovery-witness': [LOG, ...JOB, ...branchKeyReads('RECOVERY_'), erasureMark('RECOVERY_')],
  'recovery-eraser': [
    LOG,
    ...MARKED_JOB,
    {
      by: 'workspace/store/table.ts',
      commands: ['BatchWriteItem'],
      on: arnIfIn('RECOVERY_CONVERSATIONS_TABLE_ARN'),
      context: ANY_USER,
    },
    {
      by: 'rights/store/partition.ts',
      commands: ['Query'],
      on: arnIfIn('RECOVERY_CONVERSATIONS_TABLE_ARN'),
      context: ANY_USER,
    },
    ...deletion('RECOVERY_'),
  ],
  'make-keys': [
    LOG,
    ...BRANCH_KEY_CREATION,
    {
      by: 'jobs/make-keys-handler.ts',
      commands: ['DeleteItem'],
      on: arnIn('KEY_REQUESTS_TABLE_ARN'),
      context: anyPartition('ada'),
    },
    {
      by: 'Lambda',
      commands: ['DescribeStream', 'GetRecords', 'GetShardIterator'],
      byLambda: true,
      on: (target) => arnIn('KEY_REQUESTS_TABLE_ARN')(target).map((table) => `${table}/stream/label`),
    },
    {
      by: 'Lambda',
      commands: ['ListStreams'],
      byLambda: true,
      // The action has no resource.
      on: ({ fn }) => [`arn:${fn.partition}:dynamodb:${fn.region}:${fn.account}:*`],
    },
  ],
  'copy-keys': [
    LOG,
    {
      by: 'recovery/copy-branch-keys.ts',
      commands: ['GetItem'],
      on: arnIn('BRANCH_KEYS_TABLE_ARN'),
      context: ANY_USER,
    },
    {
      by: 'recovery/copy-branch-keys.ts',
      commands: ['Scan'],
      on: arnIn('BRANCH_KEYS_TABLE_ARN'),
      context: noPartition,
    },
    {
      by: 'recovery/copy-branch-keys.ts',
      commands: ['TransactWriteItems: ConditionCheckItem, PutItem'],
      on: arnIn('RECOVERY_BRANCH_KEYS_TABLE_ARN'),
      context: ANY_USER,
    },
    {
      by: 'recovery/copy-branch-keys.ts',
      commands: ['Scan'],
      on: arnIn('RECOVERY_BRANCH_KEYS_TABLE_ARN'),
      context: noPartition,
    },
    { by: 'recovery/rewrap.ts', commands: ['Decrypt'], on: arnIn('WORKSPACE_KEY_ARN'), context: branchKeys },
    { by: 'recovery/rewrap.ts', commands: ['Encrypt'], on: arnIn('RECOVERY_WORKSPACE_KEY_ARN'), context: branchKeys },
  ],
  ledger: [
    LOG,
    { by: 'ledger/gateway-logs.ts', commands: ['FilterLogEvents'], on: gatewayLogs },
    {
      by: 'ledger/gateway-logs.ts',
      commands: ['DescribeLogGroups'],
      // The action has no resource.
      on: ({ fn }) => [`arn:${fn.partition}:logs:${fn.region}:${fn.account}:*`],
    },
    {
      by: 'ledger/ledger-objects.ts',
      commands: ['PutObject', 'PutObject: PutObjectRetention'],
      on: LEDGER_OBJECTS,
      context: LEDGER_LOCK,
    },
    { by: 'ledger/ledger-objects.ts', commands: ['GetObject: GetObjectVersion'], on: LEDGER_OBJECTS },
    {
      by: 'aws/first-versions.ts',
      commands: ['ListObjectVersions'],
      on: bucketIn('EVIDENCE_BUCKET'),
      context: () => ({ 's3:prefix': 'ledger/2026/11/30/' }),
    },
    { by: 'ledger/checkpoint-signer.ts', commands: ['GetPublicKey'], on: arnIn('LEDGER_KEY_ARN') },
    {
      by: 'ledger/checkpoint-signer.ts',
      commands: ['Sign'],
      on: arnIn('LEDGER_KEY_ARN'),
      context: () => ({ 'kms:MessageType': 'RAW', 'kms:SigningAlgorithm': 'ED25519_SHA_512' }),
    },
  ],
  drill: [
    LOG,
    ...INTERFACES,
    { by: 'recovery/drill.ts', commands: ['Scan'], on: CONTENT, context: noPartition },
    { by: 'recovery/drill.ts', commands: ['ListObjectsV2'], on: bucketIn('FILES_BUCKET') },
    { by: 'recovery/drill.ts', commands: ['GetObject'], on: bucketIn('FILES_BUCKET', '*') },
    { by: 'workspace/store/objects.ts', commands: ['GetObject'], on: bucketIn('FILES_BUCKET', '*') },
    ...branchKeyReads(''),
  ],
};
