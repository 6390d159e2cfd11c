import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { withLayers } from '@/lib/boundary/facts-of';
import type { Facts } from '@/lib/facts/facts';
import { PACKAGED } from '@/lib/facts/packaged';
import { classOf } from '@/lib/facts/resource-class';
import type { TemplateInput } from '@/lib/guard/assembly/template-input';
import type { Json } from '@/lib/guard/template/parse';
import { inventory } from '@/lib/report/inventory';
import { inventoryTable } from '@/lib/report/inventory-table';
import { STORE_TYPES } from '@/lib/report/stores';
import { apiRow, releaseOf } from '@/test/support/api-facts';

const NOW = new Date('2026-11-24');
const PROFILE = 'eu.anthropic.claude-sonnet-4-6';

const input = (Resources: Json, others: Partial<TemplateInput> = {}): TemplateInput => ({
  file: 'chat.template.json',
  stack: 'chat',
  group: 'app',
  deployRegion: 'eu-central-1',
  template: { Resources },
  ...others,
});

const lines = (...templates: TemplateInput[]) => inventory(templates, ResidencyBoundary.eu(), NOW);
const linesBy = (facts: Facts, template: TemplateInput) =>
  inventory([template], ResidencyBoundary.eu()._withFacts(facts), NOW);

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/k';
const NO_KEY = 'no key is named';
const key = { Type: 'AWS::KMS::Key', Metadata: { 'aws:cdk:path': 'chat/Keys/Key/Resource' } };
const bucket = (properties: Json) => ({ Type: 'AWS::S3::Bucket', Properties: properties });
const encrypted = (id: unknown) => ({
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: id } }] },
});
const bedrock = (statements: Json[]) => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: ['REGIONAL'] } } },
  Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: statements } } },
});

describe('a store', () => {
  test('is named by its construct, with Region, country and the construct of its key', () => {
    const files = {
      ...bucket(encrypted({ 'Fn::GetAtt': ['Key', 'Arn'] })),
      Metadata: { 'aws:cdk:path': 'chat/Files/Resource' },
    };
    expect(lines(input({ Key: key, Files: files }))).toEqual([
      {
        stack: 'chat',
        name: 'Files',
        file: 'chat.template.json',
        logicalId: 'Files',
        kind: 'S3 bucket',
        region: 'eu-central-1',
        country: { text: 'DE', basis: { kind: 'claimed', by: 'AWS', asOf: expect.any(String), stale: false } },
        key: { text: 'Keys/Key', basis: { kind: 'enforced' } },
        retention: { text: 'until deleted', basis: { kind: 'none' } },
        destinations: [],
      },
    ]);
  });

  test('under a key of another stack names that stack', () => {
    const owner = input(
      { Key: key },
      {
        stack: 'keys',
        template: {
          Resources: { Key: key },
          Outputs: { K: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'k' } } },
        },
      },
    );
    const user = input({ Files: bucket(encrypted({ 'Fn::ImportValue': 'k' })) });
    expect(lines(owner, user).map((line) => line.key?.text)).toEqual(['keys/Keys/Key']);
  });

  test.each([
    ['no key of its own', {}, "the service's own key", 'none'],
    ['a key that only the deployment knows', encrypted({ Ref: 'Nobody' }), 'a key named at deployment', 'set'],
    ['a key by its ARN', encrypted('arn:aws:kms:eu-central-1:1:key/k'), 'arn:aws:kms:eu-central-1:1:key/k', 'enforced'],
  ])('with %s says so', (_, properties, text, kind) => {
    expect(lines(input({ Files: bucket(properties) }))[0]?.key).toMatchObject({ text, basis: { kind } });
  });

  const keptIn = (resource: Json) => lines(input({ Store: resource }))[0]?.retention;
  const rules = (...Rules: Json[]) => ({ LifecycleConfiguration: { Rules } });
  const on = { Status: 'Enabled' };
  const versioned = { VersioningConfiguration: { Status: 'Enabled' } };
  const lock = (period: Json) => ({ ObjectLockConfiguration: { Rule: { DefaultRetention: period } } });

  test.each<[string, Json, string, string]>([
    [
      'the rule that is over first',
      rules({ ...on, ExpirationInDays: 30 }, { ...on, ExpirationInDays: 90 }),
      '30 days',
      'enforced',
    ],
    ['no rule that is off', rules({ Status: 'Disabled', ExpirationInDays: 30 }), 'until deleted', 'none'],
    ['no rule without a status', rules({ ExpirationInDays: 30 }), 'until deleted', 'none'],
    ['no rule for a prefix', rules({ ...on, ExpirationInDays: 30, Prefix: 'logs/' }), 'until deleted', 'none'],
    [
      'no rule for a tag',
      rules({ ...on, ExpirationInDays: 30, TagFilters: [{ Key: 'a', Value: 'b' }] }),
      'until deleted',
      'none',
    ],
    ['no rule for a size', rules({ ...on, ExpirationInDays: 30, ObjectSizeLessThan: 5 }), 'until deleted', 'none'],
    ['a rule for every prefix', rules({ ...on, ExpirationInDays: 30, Prefix: '' }), '30 days', 'enforced'],
    [
      'no period that only the deployment knows',
      rules({ ...on, ExpirationInDays: { Ref: 'Days' } }),
      'until deleted',
      'none',
    ],
    [
      'old versions, which live on',
      {
        ...versioned,
        ...rules({ ...on, ExpirationInDays: 365 }, { ...on, NoncurrentVersionExpiration: { NoncurrentDays: 7 } }),
      },
      '365 days + 7 days as an old version',
      'enforced',
    ],
    [
      'old versions by their old name',
      { ...versioned, ...rules({ ...on, ExpirationInDays: 365, NoncurrentVersionExpirationInDays: 9 }) },
      '365 days + 9 days as an old version',
      'enforced',
    ],
    [
      'old versions that have no end',
      { ...versioned, ...rules({ ...on, ExpirationInDays: 365 }) },
      '365 days, old versions until deleted',
      'none',
    ],
    [
      'old versions of which some are spared',
      {
        ...versioned,
        ...rules({
          ...on,
          ExpirationInDays: 365,
          NoncurrentVersionExpiration: { NoncurrentDays: 7, NewerNoncurrentVersions: 3 },
        }),
      },
      '365 days, old versions until deleted',
      'none',
    ],
    [
      'old versions of what has no end itself',
      { ...versioned, ...rules({ ...on, NoncurrentVersionExpiration: { NoncurrentDays: 7 } }) },
      'until deleted + 7 days as an old version',
      'none',
    ],
    ['the object lock', lock({ Days: 365 }), 'at least 365 days (object lock)', 'none'],
    ['the object lock in years', lock({ Years: 2 }), 'at least 2 years (object lock)', 'none'],
  ])('a bucket retains by %s', (_, properties, text, kind) => {
    expect(keptIn(bucket(properties))).toEqual({ text, basis: { kind } });
  });

  test('a bucket retains by a rule for what its writer lets expire, and by no other tag', () => {
    const tagged = (...tags: string[]) => ({
      ...versioned,
      ...rules(
        { ...on, ExpirationInDays: 365, TagFilters: tags.map((Key) => ({ Key, Value: 'yes' })) },
        { ...on, ExpirationInDays: 8, Prefix: 'exports/' },
        { ...on, NoncurrentVersionExpiration: { NoncurrentDays: 7 } },
      ),
    });
    expect(keptIn(bucket(tagged('residency-expires')))).toEqual({
      text: '365 days + 7 days as an old version',
      basis: { kind: 'set', by: "the object's writer" },
    });
    for (const other of [tagged('other'), tagged('residency-expires', 'other')]) {
      expect(keptIn(bucket(other))?.text).toBe('until deleted + 7 days as an old version');
    }
  });

  test.each<[string, Json, string, string]>([
    ['its retention', { RetentionInDays: 30 }, '30 days', 'enforced'],
    ['nothing', {}, 'forever', 'none'],
  ])('a log group retains by %s', (_, properties, text, kind) => {
    expect(keptIn({ Type: 'AWS::Logs::LogGroup', Properties: properties })).toEqual({ text, basis: { kind } });
  });

  const ttl = { TimeToLiveSpecification: { Enabled: true } };
  const tags = (period: string) => ({ Tags: [{ Key: 'residency:retention', Value: period }] });
  const recovery = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
  const WRITER = { kind: 'set', by: "the item's writer" };

  test.each<[string, Json, Json, string, object]>([
    ['nothing', {}, {}, 'until deleted', { kind: 'none' }],
    ['the period that it is tagged with', ttl, tags('365d'), '365 days', WRITER],
    ['a period that no item ends by', {}, tags('365d'), 'until deleted', { kind: 'none' }],
    ['each item', ttl, {}, 'as each item sets', WRITER],
    ['a tag that says it has no end', ttl, tags('until-deleted'), 'until deleted', { kind: 'none' }],
    ['recovery, for as long again', ttl, { ...tags('365d'), ...recovery }, '365 days + 35 days restorable', WRITER],
    [
      'recovery of another length',
      {},
      { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 } },
      'until deleted + 7 days restorable',
      { kind: 'none' },
    ],
  ])('a table retains by %s, global or not', (_, properties, replica, text, basis) => {
    const key = { SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:eu-central-1:1:key/k' } };
    const global = { ...properties, Replicas: [{ ...replica, ...key }] };
    const plain = { ...properties, ...replica, ...key };
    for (const resource of [
      { Type: 'AWS::DynamoDB::GlobalTable', Properties: global },
      { Type: 'AWS::DynamoDB::Table', Properties: plain },
    ]) {
      expect(lines(input({ Store: resource }))).toMatchObject([
        { kind: 'DynamoDB table', key: { text: 'arn:aws:kms:eu-central-1:1:key/k' }, retention: { text, basis } },
      ]);
    }
  });
});

describe('a gateway', () => {
  test('lists where a profile leads as a claim of AWS, and stale when it is old', () => {
    const statement = {
      Effect: 'Allow',
      Resource: { 'Fn::Sub': `arn:aws:bedrock:eu-central-1:\${AWS::AccountId}:inference-profile/${PROFILE}` },
    };
    const { asOf: routes } = PACKAGED.profile(PROFILE) ?? {};
    const { asOf: retained } = PACKAGED.retention(PROFILE.slice(3)) ?? {};
    const on = (day: string) => inventory([input(bedrock([statement]))], ResidencyBoundary.eu(), new Date(day));
    const claimed = (asOf: string | undefined, stale: boolean) => ({ kind: 'claimed', by: 'AWS', asOf, stale });
    expect(on('2027-11-30')[0]?.destinations[0]?.processedIn.basis).toEqual(claimed(routes, true));
    expect(on('2026-11-30')[0]?.destinations).toEqual([
      {
        id: PROFILE,
        sourceRegion: 'eu-central-1',
        regions: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
        modelId: PROFILE.slice(3),
        models: [],
        processedIn: {
          text: 'eu-central-1 (DE), eu-north-1 (SE), eu-south-1 (IT), eu-south-2 (ES), eu-west-1 (IE), eu-west-3 (FR)',
          basis: claimed(routes, false),
        },
        providerRetains: {
          text: 'nothing',
          basis: claimed(retained, false),
        },
      },
    ]);
  });

  test('says as of when Bedrock itself was asked, where it named the same and a further Region', () => {
    const id = 'eu.amazon.nova-lite-v1:0';
    const facts = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'];
    const statement = { Effect: 'Allow', Resource: `arn:aws:bedrock:eu-central-1:1:inference-profile/${id}` };
    const processedIn = (regions: readonly string[]) => {
      const source = 'bedrock:GetInferenceProfile';
      const row = {
        id,
        sourceRegion: 'eu-central-1',
        regions,
        source,
        asOf: '2026-11-20',
        confidence: 'high',
      } as const;
      const [line] = inventory([input(bedrock([statement]))], ResidencyBoundary.eu(), NOW, [row]);
      return line?.destinations[0]?.processedIn;
    };
    expect(processedIn(facts)).toMatchObject({ basis: { asOf: '2026-11-20', stale: false } });
    expect(processedIn([...facts, 'eu-south-2'])).toEqual({
      text: 'eu-central-1 (DE), eu-north-1 (SE), eu-south-2 (ES), eu-west-1 (IE), eu-west-3 (FR)',
      basis: { kind: 'claimed', by: 'AWS', asOf: '2025-12', stale: true },
    });
  });

  test('lists a model that the Region serves itself as enforced by the ARN', () => {
    const statement = {
      Effect: 'Allow',
      Resource: ['arn:aws:bedrock:eu-central-1::foundation-model/openai.gpt-oss-120b-1:0'],
    };
    expect(lines(input(bedrock([statement])))[0]?.destinations).toMatchObject([
      { processedIn: { text: 'eu-central-1 (DE)', basis: { kind: 'enforced' } } },
    ]);
  });

  test('leaves out the models that are reached through a profile only', () => {
    const statement = {
      Effect: 'Allow',
      Condition: { StringEquals: {} },
      Resource: 'arn:aws:bedrock:eu-central-1::foundation-model/openai.gpt-oss-120b-1:0',
    };
    expect(lines(input(bedrock([statement])))[0]?.destinations).toEqual([]);
  });
});

test('destinations are listed as the gateway tries them, whatever the order of the policy', () => {
  const ids = ['openai.gpt-oss-120b-1:0', 'eu.amazon.nova-lite-v1:0', 'zai.glm-4.7-flash'];
  const template = bedrock([
    {
      Effect: 'Allow',
      Resource: [
        'arn:aws:bedrock:eu-central-1::foundation-model/zai.glm-4.7-flash',
        'arn:aws:bedrock:eu-central-1::foundation-model/openai.gpt-oss-120b-1:0',
      ],
    },
    { Effect: 'Allow', Resource: ['arn:aws:bedrock:eu-central-1:1:inference-profile/eu.amazon.nova-lite-v1:0'] },
  ]);
  const Metadata = { 'residency:models': { assistant: ids.slice(0, 2), fast: ids.slice(1, 2) } };
  const [line] = lines(input({ ...template, Handler: { Type: 'AWS::Lambda::Function', Metadata } }));
  expect(line?.destinations.map(({ id, models }) => [id, models])).toEqual([
    [ids[0], ['assistant 1']],
    [ids[1], ['assistant 2', 'fast 1']],
    [ids[2], []],
  ]);
});

test.each<[string, Json, string, string, string]>([
  ['RDS::DBInstance', { KmsKeyId: KEY }, 'RDS instance', KEY, 'until deleted + 1 day in backups'],
  ['RDS::DBCluster', { BackupRetentionPeriod: 35 }, 'RDS cluster', NO_KEY, 'until deleted + 35 days in backups'],
  ['EFS::FileSystem', { KmsKeyId: KEY }, 'EFS file system', KEY, 'until deleted'],
  ['SQS::Queue', {}, 'SQS queue', NO_KEY, '4 days'],
  ['SQS::Queue', { MessageRetentionPeriod: 90 }, 'SQS queue', NO_KEY, '90 seconds'],
  ['SQS::Queue', { MessageRetentionPeriod: { Ref: 'P' } }, 'SQS queue', NO_KEY, 'a period named at deployment'],
  ['Kinesis::Stream', { StreamEncryption: { KeyId: KEY } }, 'Kinesis stream', KEY, '1 day'],
  ['Events::Archive', {}, 'EventBridge archive', NO_KEY, 'until deleted'],
  ['Events::Archive', { RetentionDays: 30 }, 'EventBridge archive', NO_KEY, '30 days'],
  [
    'OpenSearchService::Domain',
    { EncryptionAtRestOptions: { KmsKeyId: KEY } },
    'OpenSearch domain',
    KEY,
    'until deleted',
  ],
  ['StepFunctions::StateMachine', {}, 'state machine', NO_KEY, 'as the service sets'],
  ['Cognito::UserPool', {}, 'Cognito user pool', NO_KEY, 'until deleted'],
])('a store of type %s is listed', (type, Properties, kind, key, retention) => {
  const [line] = lines(input({ Store: { Type: `AWS::${type}`, Properties } }));
  expect(line).toMatchObject({ kind, key: { text: key }, retention: { text: retention } });
});

test('every type of store is one that the facts know', () => {
  expect(Object.keys(STORE_TYPES).filter((type) => classOf(type) === undefined)).toEqual([]);
});

test('a guardrail profile is listed with each Region in which it may evaluate content', () => {
  const profile = (region: string) => `arn:aws:bedrock:${region}:111122223333:guardrail-profile/eu.guardrail.v1:0`;
  const Resource = [
    'arn:aws:bedrock:eu-central-1:111122223333:guardrail/gr1',
    profile('eu-west-3'),
    profile('eu-central-1'),
  ];
  const [line] = lines(input(bedrock([{ Effect: 'Allow', Action: 'bedrock:ApplyGuardrail', Resource }])));
  expect(line?.destinations).toEqual([
    {
      id: 'eu.guardrail.v1:0',
      sourceRegion: 'eu-central-1',
      regions: ['eu-central-1', 'eu-west-3'],
      models: [],
      processedIn: { text: 'eu-central-1 (DE), eu-west-3 (FR)', basis: { kind: 'enforced' } },
      providerRetains: { text: 'unknown', basis: { kind: 'none' } },
    },
  ]);
});

test('servers of the own network are told of, as what no role names', () => {
  const Metadata = { 'residency:models': { own: ['vpc/BAAI/bge-m3'], other: ['vpc/BAAI/bge-m3'] } };
  const [line] = lines(input({ ...bedrock([]), Handler: { Type: 'AWS::Lambda::Function', Metadata } }));
  expect(line?.destinations).toEqual([
    {
      id: 'vpc/BAAI/bge-m3',
      sourceRegion: 'eu-central-1',
      regions: [],
      processedIn: { text: "a server of the deployment's own network", basis: { kind: 'enforced' } },
      providerRetains: { text: 'what its owner configures', basis: { kind: 'none' } },
      models: ['own 1', 'other 1'],
    },
  ]);
});

test('a destination that is called in another Region says so, and is told from the same one here', () => {
  const id = 'openai.gpt-oss-120b-1:0';
  const here = `arn:aws:bedrock:eu-central-1::foundation-model/${id}`;
  const there = `arn:aws:bedrock:eu-north-1::foundation-model/${id}`;
  const template = bedrock([{ Effect: 'Allow', Resource: [here, there] }]);
  const Metadata = { 'residency:models': { assistant: [`${id} in eu-north-1`, id] } };
  const [line] = lines(input({ ...template, Handler: { Type: 'AWS::Lambda::Function', Metadata } }));
  expect(line?.destinations.map(({ id, models, processedIn }) => [id, models, processedIn.text])).toEqual([
    [`${id} in eu-north-1`, ['assistant 1'], 'eu-north-1 (SE)'],
    [id, ['assistant 2'], 'eu-central-1 (DE)'],
  ]);
});

test.each([
  ['nothing', [apiRow('retention', { holds: true })]],
  ['unknown', [apiRow('retention')]],
])('a destination that is called by Chat Completions says so, and that its provider retains %s', (retains, rows) => {
  const id = 'openai.gpt-oss-120b-1:0';
  const template = bedrock([{ Effect: 'Allow', Resource: `arn:aws:bedrock:eu-central-1::foundation-model/${id}` }]);
  const Metadata = { 'residency:models': { assistant: [`${id} by chat-completions`], other: [id] } };
  const facts = PACKAGED.with(releaseOf(...rows));
  const [line] = linesBy(facts, input({ ...template, Handler: { Type: 'AWS::Lambda::Function', Metadata } }));
  expect(
    line?.destinations.map(({ id: name, models, providerRetains }) => [name, models, providerRetains.text]),
  ).toEqual([
    [`${id} by chat-completions`, ['assistant 1'], retains],
    [id, ['other 1'], 'nothing'],
  ]);
});

const SMALL = lines(
  input({
    Files: bucket({
      ...encrypted('given'),
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 30 }] },
    }),
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } },
    More: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } },
    Bare: { Type: 'AWS::Logs::LogGroup', Properties: {} },
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
  }),
);
const COUNTRY = expect.stringMatching(
  /^Each Region is enforced here; its country is claimed by AWS, as of \d{4}(-\d\d){0,2}\.$/,
);

describe('the table of an inventory', () => {
  test('has one row per store and one column per fact in a pipe, with the basis of each row', () => {
    const table = inventoryTable(SMALL);
    expect(table.split('\n')).toEqual([
      '                            REGION        COUNTRY  KEY                    RETENTION  BASIS',
      'chat',
      '  Files (S3 bucket)         eu-central-1  DE       given                  30 days    enforced here',
      "  Logs (log group)          eu-central-1  DE       the service's own key  30 days    key not enforced; retention enforced here",
      "  More (log group)          eu-central-1  DE       the service's own key  30 days    key not enforced; retention enforced here",
      "  Bare (log group)          eu-central-1  DE       the service's own key  forever    not enforced",
      '  Api (gateway (REST API))  eu-central-1  DE       -                      -          enforced here',
      COUNTRY,
    ]);
    expect(inventoryTable(SMALL, { width: 140 })).toBe(table);
    expect(inventoryTable(SMALL, { width: 200, all: true })).toBe(table);
  });

  test('groups stores of the same kind, Region, key and retention on a narrow terminal', () => {
    expect(inventoryTable(SMALL, { width: 120 }).split('\n')).toEqual([
      '                            KEY                    RETENTION  BASIS',
      'chat, eu-central-1 (DE)',
      '  Files (S3 bucket)         given                  30 days    enforced here',
      "  2 log groups              the service's own key  30 days    key not enforced; retention enforced here",
      "  Bare (log group)          the service's own key  forever    not enforced",
      '  Api (gateway (REST API))  -                      -          enforced here',
      COUNTRY,
      'Similar stores share a row here. Each has its own from 140 columns, in a file, and with -c residency:inventory=all.',
    ]);
  });

  test('has a row for every store with all, however narrow the terminal is', () => {
    const table = inventoryTable(SMALL, { width: 80, all: true });
    for (const name of ['Files', 'Logs', 'More', 'Bare', 'Api']) expect(table).toContain(`  ${name} (`);
    expect(table).not.toContain('share a row');
  });

  test('emphasises headings only', () => {
    const table = inventoryTable(SMALL, { width: 120, emphasise: (text) => `<${text}>` });
    expect(table.split('\n').filter((line) => line.startsWith('<'))).toEqual([
      expect.stringMatching(/KEY/),
      '<chat, eu-central-1 (DE)>',
    ]);
  });
});

test('a claim from a facts release names the release', () => {
  const row = { source: 'maker', asOf: '2026-11-20', confidence: 'high' } as const;
  const boundary = withLayers(ResidencyBoundary.eu(), [
    {
      origin: { kind: 'release', version: 4 },
      release: {
        version: 4,
        digest: 'f'.repeat(64),
        checkedAt: '2026-11-22',
        nextCheck: '2027-01-21',
        expires: '2027-02-20',
      },
      modelRetention: [
        { modelId: 'exemple.wise-1-v1:0', underNone: 'served', days: 0, keeper: null, what: 'nothing', ...row },
      ],
      profiles: [
        {
          id: 'eu.exemple.wise-1-v1:0',
          kind: 'inference',
          prefix: 'eu',
          modelId: 'exemple.wise-1-v1:0',
          routes: { 'eu-central-1': ['eu-central-1'] },
          status: 'listed',
          ...row,
        },
      ],
    },
  ]);
  const Resource = 'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.exemple.wise-1-v1:0';
  const template = input(bedrock([{ Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource }]));
  const table = inventoryTable(inventory([template], boundary, NOW), { width: Number.POSITIVE_INFINITY });
  expect(table).toContain(
    'processed in eu-central-1 (DE): claimed by AWS, as of 2026-11-20, in facts release 4 of 2026-11-22',
  );
  expect(table).toContain('retains nothing: claimed by AWS, as of 2026-11-20, in facts release 4 of 2026-11-22');
});
