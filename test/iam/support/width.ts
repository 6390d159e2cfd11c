import type { Account, DeployedFunction, NamedPolicy } from './account';
import type { Call } from './call';
import { isInside, regionOf } from './matrix';
import { hasNoResource, listOf, matches } from './pattern';
import type { Json } from './physical';

/** A permission that no call needs, and the reason why it is granted. */
export interface Accepted {
  /** The path of the construct whose policy grants it. */
  readonly policy: RegExp;
  readonly action: RegExp;
  readonly on: RegExp;
  readonly reason: string;
}

/** Each permission of the templates that is wider than the calls. A row that no template needs is a finding too. */
export const WIDER: readonly Accepted[] = [
  {
    policy: /\/Endpoints\/Kms$/,
    action: /^kms:(DescribeKey|Encrypt|GenerateDataKey\*|ReEncrypt\*)$/,
    on: /:key\/\*$/,
    reason:
      "for functions of the app's own in the VPC, and for those of 0.1.0 until their stack is updated; a key's policy decides",
  },
  {
    policy: /\/Endpoints\/S3$/,
    action: /^s3:(AbortMultipartUpload|GetObjectVersion|ListBucketMultipartUploads|ListMultipartUploadParts)$/,
    on: /:s3:::\*$/,
    reason: "for functions of the app's own in the VPC with a grant of FileStore",
  },
  {
    policy: /\/Endpoints\/DynamoDb$/,
    action: /^dynamodb:DescribeTable$/,
    on: /:table\/\*$/,
    reason: "for functions of the app's own in the VPC with a grant of ConversationStore",
  },
  {
    policy: /\/Recovery\/Endpoints\//,
    action: /./,
    on: /(:key\/|:s3:::|:table\/)\*$/,
    reason:
      'the endpoints of the recovery Region have the policies of the primary Region, for an app that serves from the copies',
  },
  {
    policy: /\/Drill\/Role\/DefaultPolicy$/,
    action: /^s3:GetObjectVersion$/,
    on: /\/\*$/,
    reason: 'RecoveryReplica.grantRead is also for an app that reads content after a loss, older versions included',
  },
  {
    policy: /AWSLambdaBasicExecutionRole$/,
    action: /^logs:(CreateLogGroup|CreateLogStream|PutLogEvents)$/,
    on: /^\*$/,
    reason:
      "CDK's function that empties the default security group has AWS's policy; it is in no network and sees no content",
  },
];

/** Permissions that no call needs, each an action on a resource of a statement, with the row that accepts it if there is one. */
export const widerThanNeeded = (
  account: Account,
  calls: readonly Call[],
): { found: Permission; accepted?: Accepted }[] =>
  [...ofRoles(account, calls), ...ofEndpoints(account, calls), ...ofKeys(account, calls)].map((found) => ({
    found,
    accepted: WIDER.find((one) => accepts(one, found)),
  }));

export interface Permission {
  readonly policy: string;
  readonly action: string;
  readonly on: string;
}

const accepts = ({ policy, action, on }: Accepted, found: Permission): boolean =>
  policy.test(found.policy) && action.test(found.action) && on.test(found.on);

/** The permissions of a policy's statements, each action with each resource. */
const permissionsOf = ({ name, policy }: NamedPolicy): (Permission & { readonly statement: Json })[] =>
  listOf<Json>(policy.Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) =>
      listOf<string>(statement.Action ?? `not ${statement.NotAction}`).flatMap((action) =>
        listOf<string>(statement.Resource ?? '*').map((on) => ({ policy: name, action, on, statement })),
      ),
    );

/** A pattern in a policy counts as needed only if a call's own resource is as wide. */
const covers = (call: Call, { action, on }: Permission): boolean =>
  call.action.toLowerCase() === action.toLowerCase() && (matches(call.on, on) || isAny(call, on));

/** Actions without resources need `*`. */
const isAny = (call: Call, on: string): boolean => on === '*' && hasNoResource(call.on);

const ofRoles = ({ functions }: Account, calls: readonly Call[]): Permission[] =>
  functions.flatMap((fn) => {
    const own = calls.filter((call) => call.fn === fn);
    return fn.role.policies
      .flatMap(permissionsOf)
      .filter((permission) => !own.some((call) => covers(call, permission)));
  });

/** An endpoint is for all functions of its VPC, so only its actions are compared, and its resources with those of its account. */
const ofEndpoints = ({ endpoints, functions }: Account, calls: readonly Call[]): Permission[] => {
  const inside = calls.filter(isInside);
  return [...endpoints].flatMap(([service, policy]) =>
    permissionsOf(policy).filter(
      ({ action, on }) =>
        !inside.some(
          (call) =>
            matches(action, call.action, true) && matches(on, call.on) && service.includes(`.${regionOf(call)}.`),
        ) ||
        !functions.some(
          ({ account }) => on.includes(account) || on.includes(':s3:::') || on.includes('::foundation-model'),
        ),
    ),
  );
};

/** Actions that use a key. A key's policy grants them to roles by name, and never to the account. */
const USES = /^kms:(\*|Decrypt|Encrypt|GenerateDataKey|ReEncrypt)/i;

/** What a key's policy grants a function's role by name, or everybody in the account. */
const ofKeys = ({ resourcePolicies, functions }: Account, calls: readonly Call[]): Permission[] =>
  [...resourcePolicies].flatMap(([arn, policy]) =>
    arn.split(':')[2] !== 'kms'
      ? []
      : permissionsOf(policy).flatMap(({ action, statement }) => [
          ...(USES.test(action) && isForAccount(statement)
            ? [{ policy: `${policy.name} for the account`, action, on: arn }]
            : []),
          ...functions
            .filter((fn) => namedIn(statement).includes(fn.role.arn))
            .filter((fn) => !calls.some((call) => call.fn === fn && call.on === arn && call.action === action))
            .map((fn: DeployedFunction) => ({ policy: `${policy.name} for ${fn.path}`, action, on: arn })),
        ]),
  );

/** Whether a statement names the whole account, or everybody, and no role. */
const isForAccount = (statement: Json): boolean => {
  const { Principal } = statement;
  const isWide =
    Principal === '*' || listOf<string>(Principal?.AWS).some((one) => one === '*' || one.endsWith(':root'));
  return isWide && !namedIn(statement).some((one) => one.includes(':role/'));
};

/** The principals of a statement, and those that its condition names. */
const namedIn = ({ Principal, Condition = {} }: Json): readonly string[] => [
  ...listOf<string>(Principal?.AWS),
  ...['ArnEquals', 'ArnLike', 'StringEquals'].flatMap((operator) =>
    listOf<string>(Condition[operator]?.['aws:PrincipalArn']),
  ),
];
