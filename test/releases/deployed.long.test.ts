import { stackDescription } from './support/code';
import {
  type Difference,
  differences,
  type Templates,
  templatesBefore,
  templatesNow,
} from './support/deployed-templates';
import { type Affected, replacements } from './support/replacements';

// It starts a process, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

/** A difference between what 0.1.0 deployed and what is deployed now that is meant, and does no harm to who upgrades. */
interface Accepted {
  readonly stack: RegExp;
  /** The path within the template. */
  readonly place: RegExp;
  readonly reason: string;
  /** Whether it is only accepted as an addition: 0.1.0 deployed nothing there. */
  readonly added?: true;
}

const ACCEPTED: readonly Accepted[] = [
  {
    stack: /-(foundation|projects|workspace-\w+)$/,
    place: /KeyWatchRule\w+\/Properties\/Targets\/0\/InputTransformer\/InputTemplate$/,
    reason: 'text of a message for people; the rule is updated in place',
  },
  {
    stack: /-foundation$/,
    place: /^\/Outputs\/Alerts\/Value$/,
    reason: 'text for people, which nothing reads',
  },
  {
    stack: /-(projects|workspace-\w+)$/,
    place:
      /^\/Resources\/(ProjectsGatewayAlarms(Failures|Throttled)|WorkspaceGatewayAlarms(Failures|Throttled|Unreadable)|WorkspaceMembersKeysStale)[0-9A-F]{8}$/,
    reason: 'alarms on gateways, on content that does not decrypt, and on stale public keys',
    added: true,
  },
  {
    stack: /-foundation$/,
    place: /^\/(Resources\/FoundationOperationsDashboard[0-9A-F]{8}|Outputs\/Dashboard)$/,
    reason: 'the dashboard and its name',
    added: true,
  },
  {
    stack: /-foundation$/,
    place: /^\/Resources\/FoundationCheckAlarms(ModelLegacy|ModelEnded|LifecycleUnread)[0-9A-F]{8}$/,
    reason: 'alarms on new findings of the check',
    added: true,
  },
  {
    stack: /-foundation$/,
    place:
      /^\/Resources\/FoundationDestinationCheckProviderRole[0-9A-F]{8}\/Properties\/Policies\/0\/PolicyDocument\/Statement\/[12]$/,
    reason: 'one more statement: the check also reads how long the models of the destinations are served',
    added: true,
  },
  {
    stack: /-foundation$/,
    place: /^\/Resources\/FoundationEndpointsLogs[0-9A-F]{8}$/,
    reason: 'no function in the VPC calls CloudWatch Logs, and Lambda writes its own log from outside',
  },
  {
    stack: /-foundation$/,
    place: /FoundationTrail[0-9A-F]{8}\/Properties\/AdvancedEventSelectors\/[12]\/FieldSelectors\/2\/StartsWith(\/|$)/,
    reason:
      'the trail selects the stores of the deployment by the beginning of their names; the trail is updated in place',
  },
  {
    stack: /-foundation$/,
    place: /FoundationWebAcl[0-9A-F]{8}\/Properties\/Rules\/[23]$/,
    reason: 'one more rule: requests without a key are limited further, and with pages another for their preflights',
    added: true,
  },
  {
    stack: /./,
    place: /Key\w*[0-9A-F]{8}\/Properties\/KeyPolicy\/Statement\/\d+(\/|$)/,
    reason: 'a condition names the role in place of the principal; a test below compares who may do what',
  },
  {
    stack: /(-workspace-\w+|Records)$/,
    place: /ConversationsTable[0-9A-F]{8}\/Properties\/StreamSpecification$/,
    reason: 'a stream without a reader, so that a replica can be added in one update; the table is updated in place',
    added: true,
  },
  {
    stack: /-foundation$/,
    place:
      /EvidenceBucketPolicy[0-9A-F]{8}\/Properties\/PolicyDocument\/Statement\/\d+\/Condition\/StringNotEquals(\/aws:SourceArn)?$/,
    reason: 'the trail is exempt from two denials, which could stop its digest files',
    added: true,
  },
  {
    stack: /./,
    place: /\/DependsOn(\/\d+)?$/,
    reason: 'an order of creation, so that a policy exists before it is needed; an update changes nothing else by it',
    added: true,
  },
  {
    stack: /./,
    place: /\/DeletionPolicy$/,
    reason: 'RetainExceptOnCreate in place of Retain is the same for a stack that has been created',
  },
  {
    stack: /./,
    place: /FlowLogRole[0-9A-F]{8}\/Properties\/AssumeRolePolicyDocument\/Statement\/0\/Condition$/,
    reason: 'the role of flow logs accepts only those of the account, as AWS recommends',
    added: true,
  },
  {
    stack: /-foundation$/,
    place: /FoundationEvidenceBucket[0-9A-F]{8}\/Properties\/LifecycleConfiguration\/Rules\//,
    reason: 'certificates are kept for ten years, also those that 0.1.0 wrote',
  },
  {
    stack: /-workspace-\w+$/,
    place: /^\/Resources\/WorkspaceKeyRequests\w+$/,
    reason: 'the requests for branch keys, and the function that makes them',
    added: true,
  },
  {
    stack: /-workspace-\w+$/,
    place: /WorkspaceGatewayFunction[0-9A-F]{8}\/Properties\/Environment\/Variables\/KEY_REQUESTS_TABLE_ARN$/,
    reason: 'where the gateway requests branch keys',
    added: true,
  },
  {
    stack: /-workspace-\w+$/,
    place: /WorkspaceGatewayRoleDefaultPolicy[0-9A-F]{8}\/Properties\/PolicyDocument\/Statement\/\d+/,
    reason:
      'the gateway writes rows of users only, and requests branch keys in place of writing them; `npm run test:iam` compares its permissions with its calls',
  },
  {
    stack: /-workspace-\w+$/,
    place: /WorkspaceGatewayRoleDefaultPolicy[0-9A-F]{8}\/Properties\/PolicyDocument\/Statement\/\d+\/Action\/\d+$/,
    reason:
      "four permissions less, which no call of the gateway needs, nor of 0.1.0's; `npm run test:iam` compares them",
  },
  {
    stack: /-(projects|workspace-\w+)$/,
    place: /ErrorsUNAUTHORIZED[0-9A-F]{8}\/Properties\/ResponseTemplates\/application\/json$/,
    reason: 'the text of a 401 also names the header that is read; its code is the same',
  },
  {
    stack: /-workspace-\w+$/,
    place: /OPTIONS[0-9A-F]{8}\/Properties\/Integration\/.*\/method\.response\.header\.Access-Control-Allow-Headers$/,
    reason: "pages may also send the headers of Anthropic's clients",
  },
  {
    stack: /-(projects|workspace-\w+)$/,
    place: /ApiDeployment[0-9A-F]{8}[0-9a-f]{32}$|ApiDeploymentStageapi[0-9A-F]{8}\/Properties\/DeploymentId\/Ref$/,
    reason: 'an API with other answers is deployed again to the same stage',
  },
  {
    stack: /-workspace-\w+$/,
    place:
      /^\/(Resources\/WorkspaceRights(Confirm(Role|RoleDefaultPolicy|LogGroup|Function)|AlarmsRightsNotice)[0-9A-F]{8}|Outputs\/OperatorFunction)$/,
    reason: "the operator's function and its name, and the alarm on requests about other people's content",
    added: true,
  },
  {
    stack: /-workspace-\w+$/,
    place:
      /WorkspaceRights(Witness|Eraser|RecoveryEraser|Exporter)RoleDefaultPolicy[0-9A-F]{8}\/Properties\/PolicyDocument\/Statement\/\d+/,
    reason:
      'functions of jobs write only the rows of their steps, and request branch keys; `npm run test:iam` compares their permissions with their calls',
  },
  {
    stack: /-workspace-\w+$/,
    place:
      /WorkspaceRights(Witness|Exporter)Function[0-9A-F]{8}\/Properties\/Environment\/Variables\/KEY_REQUESTS_TABLE_ARN$/,
    reason: 'where the verifier and the exporter request branch keys',
    added: true,
  },
  {
    stack: /-workspace-\w+$/,
    place: /WorkspaceRightsAdminRoleDefaultPolicy[0-9A-F]{8}\/Properties\/PolicyDocument\/Statement\/\d+$/,
    reason: 'one more statement: which roles users of the pool hold; `npm run test:iam` has its call',
    added: true,
  },
  {
    stack: /-workspace-\w+$/,
    place: /^\/Resources\/WorkspaceMembersAdministrationRecordLinksTable[0-9A-F]{8}$/,
    reason: 'the table that links records of requests to members',
    added: true,
  },
  {
    stack: /-workspace-\w+$/,
    place:
      /Workspace(Gateway|RightsEraser|RightsExporter|MembersAdministrationHandler)Function[0-9A-F]{8}\/Properties\/Environment\/Variables\/RECORD_LINK(S_TABLE_ARN|_DAYS)$/,
    reason: 'where records are linked to members, and for how long',
    added: true,
  },
  {
    stack: /-workspace-\w+$/,
    place: /WorkspaceUsageReaderDefaultPolicy[0-9A-F]{8}\/Properties\/PolicyDocument\/Statement\/0\/Condition$/,
    reason: 'the role of `usage` reads what is shown, and no longer the counts of members',
  },
  {
    stack: /./,
    place: /FilesBucket[0-9A-F]{8}\/Properties\/LifecycleConfiguration\/Rules\/\d+\/ExpirationInDays$/,
    reason:
      'what an interrupted job left of an export is deleted later, after the longest hand-over; the bucket is updated in place',
  },
  {
    stack: /-ledger$/,
    place: /^$/,
    reason: 'the ledger of requests, a stack of its own after the tenants',
    added: true,
  },
  {
    stack: /-foundation$/,
    place: /EvidenceBucketPolicy[0-9A-F]{8}\/Properties\/PolicyDocument\/Statement\/\d+$/,
    reason: 'only the ledger writes below its prefix, where 0.1.0 had nothing',
    added: true,
  },
  {
    stack: /-foundation$/,
    place: /^\/Outputs\/ExportsOutput(Ref|FnGetAtt)FoundationEvidence(Key|Bucket)\w+$/,
    reason: 'the evidence bucket and its key, which the ledger uses',
    added: true,
  },
  {
    stack: /-(foundation|recovery|bedrock-[\w-]+)$/,
    place: /^\/Resources\/(Foundation|Recovery|Endpoint)ServedOutside(EventsRole(DefaultPolicy)?)?[0-9A-F]{8}$/,
    reason: 'the rule about calls of Bedrock outside the boundary, and the role that forwards them',
    added: true,
  },
];

let before: Templates;
let now: Templates;
let found: readonly Difference[];
beforeAll(() => {
  before = templatesBefore();
  now = templatesNow();
  found = differences(before, now);
});

const accepts =
  ({ stack, place, added }: Accepted) =>
  (difference: Difference) =>
    stack.test(difference.stack) &&
    place.test(difference.place) &&
    (added === undefined || difference.before === undefined);

test('what is deployed is what 0.1.0 deployed', () => {
  expect(before.size).toBe(29);
  expect(found.filter((difference) => !ACCEPTED.some((accepted) => accepts(accepted)(difference)))).toEqual([]);
});

test('what is deleted with a stack, or retained, is the same as in 0.1.0', () => {
  const changed = found.filter(({ place }) => /\/DeletionPolicy$/.test(place));
  expect(new Set(changed.map(({ before: was, now }) => `${was} ${now}`))).toEqual(
    new Set(['Retain RetainExceptOnCreate']),
  );
});

/** What an upgrade from 0.1.0 deletes or replaces, by the type and the effect, each with the reason. Nothing here holds content. */
const AFFECTED: Readonly<Record<string, string>> = {
  'AWS::EC2::VPCEndpoint deleted': 'the endpoint of CloudWatch Logs, which no function in the VPC used',
  'AWS::ApiGateway::Deployment deleted': 'the stage is at the new deployment before the former one is deleted',
  'Custom::DestinationCheck deleted': 'its name has a hash of the policy, and its deletion calls nothing',
  'AWS::CDK::Metadata deleted': "the test synthesizes without CDK's statistics",
};

const nameOf = ({ type, effect }: Affected) => `${type} ${effect}`;

test('an upgrade from 0.1.0 replaces nothing, and deletes only what holds no content', () => {
  const affected = replacements(before, now);
  expect(affected.filter((one) => !(nameOf(one) in AFFECTED))).toEqual([]);
  expect(new Set(affected.map(nameOf))).toEqual(new Set(Object.keys(AFFECTED)));
  const endpoints = affected.filter(({ type }) => type === 'AWS::EC2::VPCEndpoint').map(({ id }) => id);
  expect(new Set(endpoints)).toEqual(new Set(['FoundationEndpointsLogsCF9CE0DE']));
});

describe('the report of replacements finds', () => {
  const after = (from: string | RegExp, to: string, stack = 'sample/exemple-workspace-sciences') => {
    const template = before.get(stack) as never;
    const changed = JSON.parse(JSON.stringify(template).replace(from, to));
    expect(changed).not.toEqual(template);
    return replacements(new Map([[stack, template]]), new Map([[stack, changed]])).map(({ id, effect, because }) =>
      `${id.replace(/[0-9A-F]{8}$/, '')} ${effect} ${because.join(', ')}`.trim(),
    );
  };

  test.each([
    [
      'another key of a table',
      '"AttributeName":"sk","KeyType"',
      '"AttributeName":"row","KeyType"',
      / replaced KeySchema$/,
    ],
    [
      'a name for a bucket',
      '"BucketEncryption":',
      '"BucketName":"files","BucketEncryption":',
      /Files.* replaced BucketName$/,
    ],
    [
      'a store under another logical id',
      /"WorkspaceConversationsTable/g,
      '"WorkspaceContentTable',
      /^WorkspaceConversationsTable leaves the stack$/,
    ],
    [
      'another type under the same logical id',
      '"AWS::KMS::Key","Properties":{',
      '"AWS::KMS::Lock","Properties":{',
      / replaced Type$/,
    ],
  ])('%s', (_, from, to, found) => {
    expect(after(from, to)).toEqual(expect.arrayContaining([expect.stringMatching(found)]));
  });

  test('what refers to a replaced resource and is replaced for that', () => {
    const found = after(
      /"CidrBlock":"[0-9./]+"(?=,"EnableDnsHostnames)/,
      '"CidrBlock":"10.9.0.0/16"',
      'sample/exemple-foundation',
    );
    expect(found).toContain('FoundationNetworkVpc replaced CidrBlock');
    expect(found.filter((one) => one.endsWith(' replaced VpcId')).length).toBeGreaterThan(2);
  });

  test('nothing in another tag, size or text', () => {
    expect(after('"MemorySize":', '"Description":"x","MemorySize":')).toEqual([]);
  });
});

test.each(['0.1.0', 'today'])(
  '%s: the description of each stack names its deployment, so that doctor finds it',
  (version) => {
    const templates = version === 'today' ? now : before;
    const deployments = { sample: 'exemple', full: 'release', university: 'university' };
    for (const [app, deployment] of Object.entries(deployments)) {
      const stacks = [...templates].filter(([stack]) => stack.startsWith(`${app}/`));
      expect(stacks.length).toBeGreaterThan(2);
      for (const [, { Description }] of stacks)
        expect(Description).toMatch(new RegExp(`^${stackDescription(deployment)}`));
    }
  },
);

type Deployed = { Type: string; DeletionPolicy?: string; Properties: Record<string, unknown> };

/** Why a refused first deployment may leave a resource. */
const LEFT: readonly (readonly [string, (resource: Deployed, id: string) => boolean])[] = [
  [
    'a protected table: its deletion would fail',
    ({ Type, Properties }) =>
      Type === 'AWS::DynamoDB::GlobalTable' &&
      (Properties.Replicas as { DeletionProtectionEnabled?: boolean }[]).some((one) => one.DeletionProtectionEnabled),
  ],
  [
    'a protected pool: its deletion would fail',
    ({ Type, Properties }) => Type === 'AWS::Cognito::UserPool' && Properties.DeletionProtection === 'ACTIVE',
  ],
  ['the policy of a bucket: it is deleted with its bucket', ({ Type }) => Type === 'AWS::S3::BucketPolicy'],
  [
    'evidence: it holds former settings before anything is refused',
    ({ Type }, id) => ['AWS::S3::Bucket', 'AWS::KMS::Key'].includes(Type) && /Evidence(Bucket|Key)/.test(id),
  ],
  ["a bucket that the example's own code creates", (_, id) => id === 'AccessLogs8B620ECA'],
  ["the account's log role: other APIs may use it", (_, id) => /^ApiGatewayAccount/.test(id)],
];

test('a refused first deployment leaves only what has a reason', () => {
  const resources = [...now].flatMap(([stack, template]) =>
    Object.entries(template.Resources as unknown as Record<string, Deployed>).map(([id, resource]) => ({
      stack,
      id,
      resource,
    })),
  );
  const left = resources.filter(({ resource }) => resource.DeletionPolicy === 'Retain');
  const reasonOf = ({ id, resource }: (typeof left)[number]) => LEFT.find(([, is]) => is(resource, id))?.[0];
  expect(left.filter((one) => reasonOf(one) === undefined).map(({ stack, id }) => `${stack}: ${id}`)).toEqual([]);
  expect(new Set(left.map(reasonOf))).toEqual(new Set(LEFT.map(([reason]) => reason)));
});

/** The statements of every key policy, with the stack. */
const keyStatements = (templates: Templates) =>
  [...templates].flatMap(([stack, template]) =>
    Object.values(template.Resources as unknown as Record<string, Deployed>)
      .filter(({ Type }) => Type === 'AWS::KMS::Key')
      .map(({ Properties }) => ({ stack, policy: Properties.KeyPolicy as { Statement: Record<string, unknown>[] } })),
  );

test('no key policy names a role of the deployment as principal, and each has room', () => {
  const policies = keyStatements(now);
  const named = policies.flatMap(({ stack, policy }) =>
    policy.Statement.filter(({ Principal }) => /GetAtt|ImportValue|GetStackOutput/.test(JSON.stringify(Principal))).map(
      (statement) => `${stack}: ${JSON.stringify(statement)}`,
    ),
  );
  expect(named).toEqual([]);
  // KMS accepts 32 KiB. A role's ARN is longer than the reference to it in a template.
  const sizes = policies.map(({ policy }) => JSON.stringify(policy).length);
  expect(Math.max(...sizes)).toBeLessThan(20_000);
});

/** Who may do what with a key, as sorted texts: the role that 0.1.0 named as principal is now named by a condition. */
const whoMay = (templates: Templates) =>
  keyStatements(templates)
    .flatMap(({ stack, policy }) =>
      policy.Statement.flatMap(({ Principal, Condition = {}, Action, Sid = '' }) => {
        const { ArnEquals: { 'aws:PrincipalArn': byCondition } = {}, ...others } = Condition as {
          ArnEquals?: Record<string, unknown>;
        };
        const { AWS } = Principal as { AWS?: unknown };
        const who = byCondition ?? AWS ?? Principal;
        return [who].flat().map((one) => JSON.stringify([stack, Sid, one, Action, others]));
      }),
    )
    .filter((text) => !text.includes('ReplicationCopiesItems'))
    .sort();

/** What 0.1.0's roles could do with branch keys, and what they still can: a function of its own makes them now. */
const MADE_KEYS = '["kms:Decrypt","kms:GenerateDataKeyWithoutPlaintext","kms:ReEncryptFrom","kms:ReEncryptTo"]';

test('the same roles may do the same with each key as in 0.1.0, except that they make no branch keys', () => {
  const were = whoMay(before).map((one) =>
    /"Workspace(Gateway|Rights(Exporter|Witness))Role/.test(one) ? one.replace(MADE_KEYS, '"kms:Decrypt"') : one,
  );
  expect(were).not.toEqual(whoMay(before));
  const isOperator = (text: string) => text.includes('WorkspaceRightsConfirmRole');
  // The ledger is new: its function uses the evidence key through S3, and a key of its own.
  const isLedger = (text: string) => /^\["[\w/-]+-ledger"|"LedgerIsWritten"/.test(text);
  const are = whoMay(now).filter(
    (one) => !one.includes('"WorkspaceKeyRequestsMakeRole') && !isOperator(one) && !isLedger(one),
  );
  const ofLedgers = whoMay(now).filter((one) => isLedger(one) && !one.includes('"AccountManages"'));
  for (const one of ofLedgers)
    expect(one).toMatch(/"kms:Sign",|\["kms:Decrypt","kms:GenerateDataKey"\],.*ViaService":\["s3\./);
  expect(are.sort()).toEqual(were.sort());
  // The operator's function is new, and may do what that of administrators may.
  const neutral = (text: string) => text.replace(/WorkspaceRights(Admin|Confirm)Role[0-9A-F]{8}/, 'ROLE');
  const admins = whoMay(now).filter((text) => text.includes('WorkspaceRightsAdminRole'));
  expect(whoMay(now).filter(isOperator).map(neutral)).toEqual(admins.map(neutral));
});

test('DynamoDB’s own role may replicate under a key, whatever IAM says', () => {
  const statements = keyStatements(now).flatMap(({ policy }) =>
    policy.Statement.filter(({ Sid }) => Sid === 'ReplicationCopiesItems'),
  );
  expect(statements).toHaveLength(4);
  for (const { Principal, Condition } of statements) {
    expect(Principal).toEqual({ AWS: '*' });
    expect(JSON.stringify(Condition)).toContain('AWSServiceRoleForDynamoDBReplication');
    expect(Condition).toMatchObject({
      StringEquals: {
        'kms:CallerAccount': expect.anything(),
        'kms:ViaService': [expect.stringMatching(/^dynamodb\./)],
      },
    });
  }
});

/** What the roles of the workspaces' gateways may do, as sorted texts. */
const gatewaysMay = (templates: Templates) =>
  [...templates].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources as unknown as Readonly<Record<string, Resource>>)
      .filter(([id]) => /^WorkspaceGatewayRoleDefaultPolicy/.test(id))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .flatMap(({ Action }) => [Action].flat().map((action) => `${stack} ${action}`)),
  );

interface Resource {
  readonly Properties: { readonly PolicyDocument: { readonly Statement: { readonly Action: string | string[] }[] } };
}

test('the gateways of workspaces lose four permissions, and get none', () => {
  const [former, today] = [before, now].map((templates) => new Set(gatewaysMay(templates)));
  expect([...(today as Set<string>)].filter((one) => !former?.has(one))).toEqual([]);
  const lost = [...(former as Set<string>)].filter((one) => !today?.has(one)).map((one) => one.split(' ')[1]);
  expect([...new Set(lost)].sort()).toEqual([
    'dynamodb:BatchGetItem',
    's3:AbortMultipartUpload',
    's3:GetObjectVersion',
    's3:ListMultipartUploadParts',
  ]);
});

test('each difference that is accepted is there, and has a reason', () => {
  const unused = ACCEPTED.filter((accepted) => accepted.reason === '' || !found.some(accepts(accepted)));
  expect(unused).toEqual([]);
});

test('the check has one more permission: to read the models of its destinations', () => {
  const added = found
    .filter(({ place }) => /DestinationCheckProviderRole.*Statement\/\d$/.test(place))
    .map(({ now }) => now);
  expect(new Set(added.map((statement) => JSON.stringify(statement).replace(/,"Resource":.*/, '')))).toEqual(
    new Set(['{"Action":"bedrock:GetFoundationModel","Effect":"Allow"']),
  );
  expect(JSON.stringify(added)).not.toMatch(/[*?]/);
});

describe('a difference is found', () => {
  // One app has each of them, and less to compare.
  const sample = () => new Map([...before].filter(([stack]) => stack.startsWith('sample/')));
  const changed = (change: (text: string) => string) => {
    const changes = [...sample()].map(
      ([stack, template]) => [stack, JSON.parse(change(JSON.stringify(template)))] as const,
    );
    return differences(sample(), new Map(changes));
  };

  test.each([
    ['in a name', '"AWS::Logs::LogGroup"', '"AWS::Logs::Group"'],
    ['in a logical id', '"FoundationLogKey', '"FoundationKey'],
    ['in a variable', '"KEYS_TABLE_ARN"', '"KEY_TABLE_ARN"'],
    ['in a tag', '"residency:tenant"', '"residency:tenants"'],
    ['in the description of a security group', '"GroupDescription":"', '"GroupDescription":"x'],
    ['in a construct path', '"aws:cdk:path":"', '"aws:cdk:path":"x'],
  ])('%s', (_, from, to) => {
    expect(changed((text) => text.replaceAll(from, to)).length).toBeGreaterThan(0);
  });

  test.each([
    ['in a description', '"Description":"', '"Description":"x'],
    ["in the hash of the check's policy", /(?<="FoundationDestinationCheck[0-9A-F]{8})[0-9A-F]{8}(?=")/g, '01234567'],
    ['in the hash of an asset', /[0-9a-f]{64}\.zip/g, `${'0'.repeat(64)}.zip`],
  ])('but not %s', (_, from, to) => {
    expect(JSON.stringify([...sample()])).toMatch(from);
    expect(changed((text) => text.replaceAll(from, to))).toEqual([]);
  });
});
