import { Template } from 'aws-cdk-lib/assertions';
import { DEPLOYMENT, deploymentStacks } from '@/test/support/deployment';
import type { OtherTable } from '../attack';
import { idOfRole, mayCall, type Resource } from '../role-calls';

/** The stores of a workspace, by the beginning of their logical IDs. */
const CONTENT = 'WorkspaceConversationsTable';
const BRANCH_KEYS = 'WorkspaceBranchKeysTable';
const SUSPENSIONS = 'WorkspaceMembersAdministrationSuspensionsTable';
const FILES = 'WorkspaceFilesBucket';
const KEY = 'WorkspaceKey0';

const WRITES = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];
const READS = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem', 'dynamodb:Scan'];

/** What changes a branch key that exists. Making one takes `PutItem`, which only the function that makes keys may call. */
const KEY_CHANGES = ['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];

/** A call: an action, on a resource, on a partition of a table. */
type Call = readonly [action: string, resource: string, partition?: string];

const on = (actions: readonly string[], resource: string, ...partitions: readonly string[]): Call[] =>
  actions.flatMap((action): Call[] =>
    partitions.length === 0 ? [[action, resource]] : partitions.map((partition) => [action, resource, partition]),
  );

/** No content, no decision, no key and no file. */
const NOTHING_STORED: readonly Call[] = [
  ...on([...READS, ...WRITES], CONTENT, 'user#member', 'rights', 'rights#member'),
  ...on([...READS, ...WRITES], BRANCH_KEYS),
  ...on(WRITES, SUSPENSIONS),
  ...on(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], FILES),
];

/** What each role may not call, by the constructs of its function. */
const ROLES: Readonly<Record<string, readonly Call[]>> = {
  Gateway: [
    ...on(WRITES, CONTENT, 'rights', 'rights#member'),
    ...on(['dynamodb:Scan'], CONTENT),
    ...on([...WRITES, 'dynamodb:Scan'], BRANCH_KEYS),
    ...on(WRITES, SUSPENSIONS),
  ],
  'Members Administration Handler': [
    ...on([...READS, ...WRITES], CONTENT, 'user#member', 'rights', 'rights#member'),
    ...on([...READS, ...WRITES], BRANCH_KEYS),
    ...on(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], FILES),
    ['kms:GenerateDataKey', KEY],
  ],
  'Rights Admin': [
    ...on([...READS, ...WRITES], CONTENT, 'user#member'),
    ...on([...READS, ...WRITES], BRANCH_KEYS),
    ...on(WRITES, SUSPENSIONS),
    ...on(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], FILES),
  ],
  'Rights Confirm': [
    ...on([...READS, ...WRITES], CONTENT, 'user#member'),
    ...on([...READS, ...WRITES], BRANCH_KEYS),
    ...on(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], FILES),
  ],
  'Rights Tend': [
    ...on([...READS, ...WRITES], BRANCH_KEYS),
    ...on(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], FILES),
  ],
  'Rights Witness': [
    ...on(WRITES, CONTENT, 'user#member', 'rights#member'),
    ...on(WRITES, BRANCH_KEYS),
    ...on(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], FILES),
  ],
  'Rights Eraser': [
    ...on(['dynamodb:PutItem'], CONTENT, 'user#member'),
    ...on(['dynamodb:PutItem'], BRANCH_KEYS),
    ...on(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], FILES),
    ...on(WRITES, SUSPENSIONS),
  ],
  'Rights Exporter': [
    ...on(WRITES, CONTENT, 'rights#member'),
    ...on(['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'], CONTENT, 'user#member'),
    ...on(WRITES, BRANCH_KEYS),
    ...on(['s3:DeleteObject', 's3:DeleteObjectVersion'], FILES),
  ],
  'Rights Closer': [
    ...on([...READS, ...WRITES], CONTENT, 'user#member'),
    ...on([...READS, ...WRITES], BRANCH_KEYS),
    ...on(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], FILES),
  ],
  'KeyRequests Make': [
    ...on([...READS, ...WRITES], CONTENT, 'user#member', 'rights'),
    ...on(KEY_CHANGES, BRANCH_KEYS),
    ...on(['s3:GetObject', 's3:PutObject'], FILES),
  ],
  Conversions: [
    ...on([...READS, ...WRITES], CONTENT, 'user#member', 'rights', 'rights#member'),
    ...on([...WRITES, 'dynamodb:Query', 'dynamodb:Scan'], BRANCH_KEYS),
    ...on(WRITES, SUSPENSIONS),
    ...on(['s3:DeleteObjectVersion', 's3:GetObjectVersion', 's3:ListBucket'], FILES),
  ],
  'Rights Jobs': NOTHING_STORED,
  'Usage Reader': NOTHING_STORED,
  'Members Keys Refresh': [
    ...on([...READS, ...WRITES], CONTENT, 'user#member', 'rights'),
    ...on([...READS, ...WRITES], BRANCH_KEYS),
    ...on(['s3:GetObject', 's3:PutObject'], FILES),
  ],
};

/** What no role of a workspace may call. */
const BY_ANY: readonly Call[] = [
  ['kms:PutKeyPolicy', KEY],
  ['kms:CreateGrant', KEY],
  ['kms:DisableKey', KEY],
  ['kms:ReplicateKey', KEY],
  ['s3:PutBucketPolicy', FILES],
  ['s3:PutReplicationConfiguration', FILES],
  ['s3:PutBucketVersioning', FILES],
  ['dynamodb:DeleteTable', CONTENT],
  ['dynamodb:ExportTableToPointInTime', CONTENT],
  ['dynamodb:PutResourcePolicy', CONTENT],
  ['iam:PutRolePolicy', '*'],
  ['iam:PassRole', '*'],
  ['sts:AssumeRole', '*'],
  ['lambda:UpdateFunctionCode', '*'],
  ['cognito-idp:AdminSetUserPassword', '*'],
  ['cognito-idp:AdminInitiateAuth', '*'],
  ['bedrock:PutModelInvocationLoggingConfiguration', '*'],
  ['logs:DeleteLogGroup', '*'],
  ['cloudtrail:StopLogging', '*'],
];

/** Only this one schedules the deletion of the workspace's key. */
const DELETES_KEY = 'Rights Closer';

let resources: Readonly<Record<string, Resource>> | undefined;

/** The resources of a workspace's stack. It is synthesized once. */
function workspaceResources(): Readonly<Record<string, Resource>> {
  if (resources !== undefined) return resources;
  const workspaces = DEPLOYMENT.workspaces.map((workspace) => ({ ...workspace, officeFiles: true }));
  const stack = deploymentStacks({ ...DEPLOYMENT, workspaces }).workspaces[0];
  if (stack === undefined) throw new Error('the deployment has no workspace');
  resources = Template.fromStack(stack).toJSON().Resources as Record<string, Resource>;
  return resources;
}

const refused = (role: string, [action, resource, partition]: Call) => ({
  name: `${role}: ${action} on ${resource}${partition === undefined ? '' : `, ${partition}`}`,
  run: async () => (mayCall(workspaceResources(), role, { action, resource, partition }) ? ['a policy allows it'] : []),
});

/** Roles of the template that no row attacks. */
const missing = {
  name: 'every role of the stack has rows',
  run: async () => {
    const known = Object.keys(ROLES).map(idOfRole);
    const ids = Object.entries(workspaceResources()).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
    const unknown = ids.map(([id]) => id).filter((id) => !known.some((pattern) => pattern.test(id)));
    return unknown.map((id) => `${id} has no row in test/attacks/tables/stolen-roles.ts`);
  },
};

/** An attacker with the credentials of one function: what the policies of its role allow. */
export const STOLEN_ROLES: OtherTable = {
  title: 'credentials of one function',
  attacks: [
    missing,
    ...Object.entries(ROLES).flatMap(([role, calls]) => [...calls, ...BY_ANY].map((call) => refused(role, call))),
    ...Object.keys(ROLES)
      .filter((role) => role !== DELETES_KEY)
      .map((role) => refused(role, ['kms:ScheduleKeyDeletion', KEY])),
    ...Object.keys(ROLES).flatMap((role) =>
      ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom'].map((action) => ({
        name: `${role}: ${action} without a condition`,
        run: async () =>
          mayCall(workspaceResources(), role, { action, resource: KEY, isDirect: true }) ? ['a policy allows it'] : [],
      })),
    ),
  ],
};
