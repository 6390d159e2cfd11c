import type { Destination } from '@/lib/boundary/destination';
import type { Account, DeployedFunction } from '../support/account';

/** The value of a condition key that a request doesn't have. A row says so on purpose. */
export const ABSENT = Symbol('absent');

/** A condition key that a request has, with any value: a function may reach every partition of a table. */
export class AnyValue {
  /** @param sample a value with which the evaluator is asked */
  constructor(public readonly sample: string | readonly string[]) {}
}

export type ContextValue = string | readonly string[] | typeof ABSENT | AnyValue;

/** Condition keys of a request. */
export type Context = Readonly<Record<string, ContextValue>>;

/** A function whose calls are listed, and what its deployment declares. */
export interface Target {
  readonly fn: DeployedFunction;
  readonly account: Account;
  /** The destinations of all tenants of the function; for a check, of the whole deployment. */
  readonly destinations: readonly Destination[];
  /** The ID of its workspace; empty for other functions. */
  readonly workspace: string;
}

/** Calls that a function makes, all on the same resources. */
export interface Row {
  /** Where in the code, by file below `lib/runtime`; or who else makes them with the function's role. */
  readonly by: string;
  /** The commands of the SDK. With `Command: Action`, those of IAM's actions that a transaction needs. */
  readonly commands: readonly string[];
  /** ARNs, in which `*` stands for any text. None where the deployment doesn't have it. */
  readonly on: (target: Target) => readonly string[];
  /** The condition keys of the request, in addition to those that every request has. */
  readonly context?: (target: Target) => Context;
  /** Whether it is called by Lambda, outside the function's network, and not by the code. */
  readonly byLambda?: true;
}

/** IAM's actions for commands whose name differs. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  ListObjectsV2: ['s3:ListBucket'],
  ListObjectVersions: ['s3:ListBucketVersions'],
  DeleteObjects: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  ReEncrypt: ['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
  converse: ['bedrock:InvokeModel'],
  invoke: ['bedrock:InvokeModel'],
  'converse-stream': ['bedrock:InvokeModelWithResponseStream'],
  InvokeWithResponseStream: ['lambda:InvokeFunction'],
  // AWS names InvokeModel for it, and InvokeModelWithResponseStream when it streams.
  'chat/completions': ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
};

/** The service of an action, by the kind of the ARN that it is called on. */
const serviceOf = (arn: string): string => arn.split(':')[2] ?? '';

/** The names of a row's commands. */
export const commandsOf = ({ commands }: Row): string[] => commands.map((one) => one.split(':')[0] ?? '');

/** IAM's actions for a row's calls on a resource. */
export function actionsOf({ commands }: Row, arn: string): string[] {
  return commands.flatMap((one) => {
    const [command = '', parts] = one.split(':');
    if (parts !== undefined) return parts.split(',').map((part) => `${serviceOf(arn)}:${part.trim()}`);
    return ACTIONS[command] ?? [`${serviceOf(arn)}:${command}`];
  });
}

/** The value of a variable. @throws if the function doesn't have it */
export function variable({ fn }: Target, name: string): string {
  const value = fn.variables[name];
  if (value === undefined) throw new Error(`${fn.path} has no variable ${name}; its calls can't be listed`);
  return value;
}

/** The ARN in a variable. */
export const arnIn =
  (name: string) =>
  (target: Target): string[] => [variable(target, name)];

/** The ARN in a variable that a function has only with recovery. */
export const arnIfIn =
  (name: string) =>
  ({ fn }: Target): string[] =>
    [fn.variables[name] ?? []].flat();

/** The ARN of the table whose name is in a variable. */
export const tableNamedIn =
  (name: string) =>
  (target: Target): string[] => [
    `arn:${target.fn.partition}:dynamodb:${target.fn.region}:${target.fn.account}:table/${variable(target, name)}`,
  ];

/** The ARN of the user pool of a function's members. */
export const userPool = (target: Target): string[] => [
  `arn:${target.fn.partition}:cognito-idp:${target.fn.region}:${target.fn.account}:userpool/${variable(target, 'USER_POOL_ID')}`,
];

/** The same, unless an identity provider has the users: only such a pool has a directory. */
export const ownUserPool = (target: Target): string[] =>
  target.fn.variables.DIRECTORY_TABLE_ARN === undefined ? userPool(target) : [];

/** The ARN of the bucket whose name is in a variable, or of objects in it; none without the variable. */
export const bucketIn =
  (name: string, ...keys: readonly string[]) =>
  ({ fn }: Target): string[] => {
    const bucket = fn.variables[name];
    if (bucket === undefined) return [];
    const arn = `arn:${fn.partition}:s3:::${bucket}`;
    return keys.length === 0 ? [arn] : keys.map((key) => `${arn}/${key}`);
  };

/** The partitions of a table that a call names. */
export const partitions =
  (...keys: readonly string[]) =>
  (): Context => ({ 'dynamodb:LeadingKeys': keys });

/** Any partition of a table, such as this one. */
export const anyPartition = (sample: string) => (): Context => ({
  'dynamodb:LeadingKeys': new AnyValue([sample]),
});

/** A time at which a variant opens the use of single members. */
export const WHILE_DECLARED = '2026-12-01T00:00:00Z';

/** No partition: a scan names none. */
export const noPartition = (): Context => ({ 'dynamodb:LeadingKeys': ABSENT });

/** The encryption context in which branch keys are encrypted under a workspace's key. */
export const branchKeys = ({ workspace }: Target): Context => ({
  'kms:EncryptionContext:tablename': `workspace/${workspace}`,
  'kms:ViaService': ABSENT,
});
