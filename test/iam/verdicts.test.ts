import { evaluate, installEvaluator, type Request, type Verdict } from './evaluator/evaluator';
import type { Json } from './support/physical';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/gateway`;
const TABLE = `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/conversations`;
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/workspace`;
const OBJECT = 'arn:aws:s3:::files/content/ada/1';

const allow = (Action: string, Resource: string, more: Json = {}): Json => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: string, Resource: string, more: Json = {}): Json => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});
const by = (AWS: string) => ({ Principal: { AWS } });
const when = (operator: string, key: string, value: Json) => ({ Condition: { [operator]: { [key]: value } } });

interface Case {
  readonly action: string;
  readonly on: string;
  readonly role: readonly Json[];
  readonly resource?: readonly Json[];
  readonly boundary?: readonly Json[];
  readonly scp?: readonly Json[];
  readonly rcp?: readonly Json[];
  /** The statements that the verdict must name; by default none. */
  readonly denying?: readonly string[];
  readonly endpoint?: readonly Json[];
  readonly context?: Request['context'];
  readonly account?: string;
}

const GET = { action: 'dynamodb:GetItem', on: TABLE, role: [allow('dynamodb:GetItem', TABLE)] };
const DECRYPT = { action: 'kms:Decrypt', on: KEY, role: [allow('kms:Decrypt', KEY)] };
const READ = { action: 's3:GetObject', on: OBJECT, role: [allow('s3:GetObject', 'arn:aws:s3:::files/*')] };
const keys = (...values: string[]) => when('ForAllValues:StringLike', 'dynamodb:LeadingKeys', values);
const ANYBODY = { Principal: '*' };

/** Worked out by hand from IAM's evaluation logic, not with the evaluator. */
const VERDICTS: readonly (readonly [string, Verdict['result'], Case])[] = [
  ['a role may what its policy allows', 'Allowed', GET],
  ['nothing is allowed by itself', 'ImplicitlyDenied', { ...GET, role: [] }],
  ['another table is not the table', 'ImplicitlyDenied', { ...GET, on: `${TABLE}-2` }],
  ['a wildcard allows what begins so', 'Allowed', { ...GET, role: [allow('dynamodb:Get*', `${TABLE.slice(0, -4)}*`)] }],
  ['a deny wins over an allow', 'ExplicitlyDenied', { ...GET, role: [...GET.role, deny('dynamodb:*', '*')] }],
  ["a table's policy denies", 'ExplicitlyDenied', { ...GET, resource: [deny('dynamodb:*', '*', ANYBODY)] }],
  [
    "a table's policy that excepts the role doesn't deny it",
    'Allowed',
    {
      ...GET,
      resource: [deny('dynamodb:*', '*', { ...ANYBODY, ...when('ArnNotEquals', 'aws:PrincipalArn', ROLE) })],
      context: { 'aws:PrincipalArn': ROLE },
    },
  ],
  [
    'in the account, a bucket alone may allow',
    'Allowed',
    { ...READ, role: [], resource: [allow('s3:GetObject', 'arn:aws:s3:::files/*', by(ROLE))] },
  ],
  ['across accounts, a role alone may not', 'ImplicitlyDenied', { ...READ, account: '444455556666' }],
  [
    "a role alone can't use a key whose policy doesn't delegate",
    'ImplicitlyDenied',
    { ...DECRYPT, resource: [allow('kms:DescribeKey', '*', by(`arn:aws:iam::${ACCOUNT}:root`))] },
  ],
  [
    'a key that delegates to the account leaves it to the role',
    'Allowed',
    { ...DECRYPT, resource: [allow('kms:Decrypt', '*', by(`arn:aws:iam::${ACCOUNT}:root`))] },
  ],
  [
    'a key that delegates allows no role without a permission',
    'ImplicitlyDenied',
    { ...DECRYPT, role: [], resource: [allow('kms:Decrypt', '*', by(`arn:aws:iam::${ACCOUNT}:root`))] },
  ],
  [
    'a key that names the role suffices',
    'Allowed',
    { ...DECRYPT, role: [], resource: [allow('kms:Decrypt', '*', by(ROLE))] },
  ],
  [
    'a key through another service is denied',
    'ImplicitlyDenied',
    {
      ...DECRYPT,
      role: [],
      resource: [
        allow('kms:Decrypt', '*', {
          ...by(ROLE),
          ...when('StringEquals', 'kms:ViaService', 's3.eu-central-1.amazonaws.com'),
        }),
      ],
      context: { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' },
    },
  ],
  [
    'an encryption context of another workspace is denied',
    'ImplicitlyDenied',
    {
      ...DECRYPT,
      role: [],
      resource: [
        allow('kms:Decrypt', '*', {
          ...by(ROLE),
          ...when('StringEquals', 'kms:EncryptionContext:tablename', 'workspace/a'),
        }),
      ],
      context: { 'kms:EncryptionContext:tablename': 'workspace/b' },
    },
  ],
  ['a permissions boundary limits a role', 'ImplicitlyDenied', { ...GET, boundary: [allow('s3:*', '*')] }],
  [
    'a denial by a permissions boundary is named',
    'ExplicitlyDenied',
    {
      ...GET,
      boundary: [allow('*', '*'), deny('dynamodb:*', '*', { Sid: 'Tables' }), deny('s3:*', '*', { Sid: 'Buckets' })],
      denying: ['Tables'],
    },
  ],
  [
    'a denial by a service control policy is named',
    'ExplicitlyDenied',
    {
      ...GET,
      scp: [deny('dynamodb:Get*', '*', { Sid: 'Reads' }), deny('dynamodb:Put*', '*', { Sid: 'Writes' })],
      denying: ['Reads'],
    },
  ],
  [
    'denials by policies of both kinds are named',
    'ExplicitlyDenied',
    {
      ...READ,
      scp: [deny('s3:*', '*', { Sid: 'Callers' })],
      rcp: [deny('s3:*', '*', { ...ANYBODY, Sid: 'Resources' })],
      denying: ['Callers', 'Resources'],
    },
  ],
  [
    'policies of an organization that deny something else let a call through',
    'Allowed',
    { ...READ, scp: [deny('s3:Put*', '*')], rcp: [deny('s3:Put*', '*', ANYBODY)] },
  ],
  [
    "an endpoint's policy limits what passes it",
    'ImplicitlyDenied',
    { ...GET, endpoint: [allow('dynamodb:PutItem', '*', ANYBODY)] },
  ],
  [
    "an endpoint's policy doesn't permit by itself",
    'ImplicitlyDenied',
    { ...GET, role: [], endpoint: [allow('dynamodb:GetItem', '*', ANYBODY)] },
  ],
  [
    'one partition outside the list denies the call',
    'ImplicitlyDenied',
    {
      ...GET,
      role: [allow('dynamodb:GetItem', TABLE, keys('rights', 'rights#*'))],
      context: { 'dynamodb:LeadingKeys': ['rights', 'user#ada'] },
    },
  ],
  [
    'partitions within the list are allowed',
    'Allowed',
    {
      ...GET,
      role: [allow('dynamodb:GetItem', TABLE, keys('rights', 'rights#*'))],
      context: { 'dynamodb:LeadingKeys': ['rights', 'rights#ada'] },
    },
  ],
  // Why a row must give the partitions, or say that there are none.
  [
    'without partitions, every condition on all of them is true',
    'Allowed',
    { ...GET, role: [allow('dynamodb:GetItem', TABLE, keys('rights'))] },
  ],
  [
    'a deny of a key that is absent applies with Null',
    'ExplicitlyDenied',
    { ...GET, role: [...GET.role, deny('dynamodb:*', '*', when('Null', 'aws:SourceVpce', 'true'))] },
  ],
  [
    'a number below the limit is denied',
    'ExplicitlyDenied',
    {
      ...READ,
      resource: [
        deny('s3:*', 'arn:aws:s3:::files/*', { ...ANYBODY, ...when('NumericLessThan', 's3:TlsVersion', '1.2') }),
      ],
      context: { 's3:TlsVersion': '1.1' },
    },
  ],
  [
    'a number at the limit is not',
    'Allowed',
    {
      ...READ,
      resource: [
        deny('s3:*', 'arn:aws:s3:::files/*', { ...ANYBODY, ...when('NumericLessThan', 's3:TlsVersion', '1.2') }),
      ],
      context: { 's3:TlsVersion': '1.2' },
    },
  ],
];

let verdicts: readonly Verdict[];
beforeAll(() => {
  installEvaluator();
  const policies: Record<string, Json> = {};
  const register = (name: string, Statement: readonly Json[] | undefined): { [name: string]: string } | undefined => {
    if (Statement === undefined) return undefined;
    policies[name] = { Version: '2012-10-17', Statement };
    return { [name.split(' ')[0] as string]: name };
  };
  verdicts = evaluate(
    policies,
    VERDICTS.map(([, , one], nth) => {
      const { action, on, role, resource, boundary, endpoint, scp, rcp, context = {}, account = ACCOUNT } = one;
      const [scps, rcps] = [register(`scp ${nth}`, scp), register(`rcp ${nth}`, rcp)];
      if (role.length > 0) policies[`role ${nth}`] = { Version: '2012-10-17', Statement: role };
      return {
        principal: ROLE,
        account,
        action,
        resource: on,
        context,
        identity: role.length > 0 ? [`role ${nth}`] : [],
        ...register(`resourcePolicy ${nth}`, resource),
        ...register(`boundary ${nth}`, boundary),
        ...register(`endpoint ${nth}`, endpoint),
        ...(scps && { scps: Object.values(scps) }),
        ...(rcps && { rcps: Object.values(rcps) }),
      };
    }),
  );
});

test.each(VERDICTS.map(([name, result, { denying = [] }], nth) => [name, result, denying, nth] as const))(
  '%s: %s',
  (_, result, denying, nth) => {
    expect(verdicts[nth]).toEqual({ result, ignored: [], denying });
  },
);
