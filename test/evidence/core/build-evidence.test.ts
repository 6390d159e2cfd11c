import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { buildEvidence } from '@/lib/evidence/core/build-evidence';
import type { Evidence, EvidenceRow } from '@/lib/evidence/core/evidence';
import { SECTIONS } from '@/lib/evidence/formats/columns';
import { nodeAt } from '@/lib/guard/template/node-at';
import type { Json } from '@/lib/guard/template/parse';
import { DATE, evidenceOf, PROFILE, resources, stack } from '../support/app';

const rowsOf = (evidence: Evidence): EvidenceRow[] =>
  SECTIONS.flatMap((section): readonly EvidenceRow[] => evidence[section] ?? []);
const base = () => evidenceOf([stack(resources())]);

describe('the evidence of an app in which nothing is wrong', () => {
  const evidence = base();

  test('has a row in each section but exceptions and findings, and every row is ok', () => {
    expect(SECTIONS.filter((section) => (evidence[section] ?? []).length === 0)).toEqual([
      'exceptions',
      'findings',
      'live',
      'drills',
    ]);
    expect(rowsOf(evidence).filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(evidence.head.summary).toEqual({ ok: rowsOf(evidence).length, attention: 0, failed: 0, unknown: 0 });
  });

  test('has criterion, status, reason, basis and date in every row, and a pointer that leads into the template', () => {
    const template = { Resources: resources() };
    for (const { criterion, reason, basis, date, pointer } of rowsOf(evidence)) {
      expect([criterion, reason, basis.kind].filter((text) => text === '')).toEqual([]);
      expect(date).toMatch(/^\d{4}(-\d\d){0,2}$/);
      expect(nodeAt(template, pointer.path ?? '/none')).toBeDefined();
    }
  });

  test('has the same bytes again, and each row an ID of its own', () => {
    expect(JSON.stringify(base())).toBe(JSON.stringify(evidence));
    const ids = rowsOf(evidence).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is valid by the schema that the package ships', () => {
    const validate = new Ajv2020({ strict: false }).compile(
      JSON.parse(readFileSync('residency-evidence.schema.json', 'utf8')),
    );
    expect([validate(evidence), validate.errors]).toEqual([true, null]);
    expect(validate({ ...evidence, stores: [{ ...evidence.stores[0], status: 'fine' }] })).toBe(false);
  });

  test('is about the day of the report', () => {
    expect(evidence.stores.map(({ date }) => date)).toEqual([DATE, DATE]);
    const later = evidenceOf([stack(resources())], { date: '2028-11-30' });
    expect(later.models[0]).toMatchObject({ status: 'attention', basis: { stale: true } });
  });
});

type Properties = Record<string, unknown>;
const propertiesOf = (own: Record<string, Json>, id: string) => own[id]?.Properties as Properties;
const statementOf = (own: Record<string, Json>, id: string, policy: string) =>
  (propertiesOf(own, id)[policy] as { Statement: [Properties] }).Statement[0];
const replica = (Region: string) => (own: Record<string, Json>) =>
  (propertiesOf(own, 'Table').Replicas as Properties[]).push({ Region, SSESpecification: { KMSMasterKeyId: 'k' } });

/** Has a trail write into the bucket. */
const trailInto = (own: Record<string, Json>, more: Properties): Properties => {
  const select = (...of: [string, string][]) => ({
    FieldSelectors: of.map(([Field, one]) => ({ Field, Equals: [one] })),
  });
  own.Trail = {
    Type: 'AWS::CloudTrail::Trail',
    Properties: {
      IsLogging: true,
      S3BucketName: { Ref: 'Files' },
      AdvancedEventSelectors: [
        select(['eventCategory', 'Management']),
        select(['eventCategory', 'Data'], ['resources.type', 'AWS::S3::Object']),
        select(['eventCategory', 'Data'], ['resources.type', 'AWS::DynamoDB::Table'], ['readOnly', 'false']),
      ],
      ...more,
    } as Json,
  };
  return Object.assign(propertiesOf(own, 'Files'), {
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } },
  });
};

const PLANTED: [string, (own: Record<string, Json>) => unknown, keyof Evidence, object][] = [
  [
    'a bucket without an end of retention',
    (own) => delete propertiesOf(own, 'Files').LifecycleConfiguration,
    'stores',
    { name: 'Files', criterion: 'store.retention', status: 'attention', retention: { text: 'until deleted' } },
  ],
  [
    'another period of retention',
    (own) => {
      propertiesOf(own, 'Files').LifecycleConfiguration = { Rules: [{ Status: 'Enabled', ExpirationInDays: 90 }] };
    },
    'stores',
    { name: 'Files', status: 'ok', retention: { text: '90 days' } },
  ],
  [
    'a replica inside the boundary',
    replica('eu-west-1'),
    'flows',
    { kind: 'replication', from: 'eu-central-1', to: 'eu-west-1', status: 'ok' },
  ],
  ['a replica outside the boundary', replica('us-east-1'), 'flows', { to: 'us-east-1', status: 'failed' }],
  ['the store of a replica', replica('us-east-1'), 'stores', { kind: 'DynamoDB replica', status: 'failed' }],
  [
    'the Region of a replica',
    replica('us-east-1'),
    'regions',
    { region: 'us-east-1', isInside: false, uses: ['stores', 'recovery'], status: 'failed' },
  ],
  ['the finding of a replica', replica('us-east-1'), 'findings', { criterion: 'place-outside', status: 'failed' }],
  [
    'a table without a key',
    (own) => delete (propertiesOf(own, 'Table').Replicas as [Properties])[0].SSESpecification,
    'stores',
    { name: 'Table', criterion: 'store.key', status: 'attention' },
  ],
  [
    'the earlier versions of a part of a bucket',
    (own) =>
      Object.assign(propertiesOf(own, 'Files'), {
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: {
          Rules: [
            { Status: 'Enabled', Prefix: 'logs/', ExpirationInDays: 30 },
            { Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 9 } },
          ],
        },
      }),
    'stores',
    {
      name: 'Files',
      parts: [
        { prefix: 'logs/', retention: { text: '30 days + 9 days as an old version', basis: { kind: 'enforced' } } },
      ],
    },
  ],
  [
    'a trail that is switched off',
    (own) => trailInto(own, { IsLogging: false }),
    'stores',
    { name: 'Files', criterion: 'store.trail', status: 'failed', trail: { isLogging: false } },
  ],
  [
    'a trail whose bucket has no lock',
    (own) => {
      trailInto(own, {}).ObjectLockConfiguration = undefined;
    },
    'stores',
    { name: 'Files', criterion: 'store.trail', status: 'attention', trail: { isLogging: true, isLocked: false } },
  ],
  [
    'a trail of all uses, under a lock',
    (own) => trailInto(own, {}),
    'stores',
    { name: 'Files', status: 'ok', trail: { isLocked: true, records: ['AWS::S3::Object', 'management'] } },
  ],
  [
    'a trail that leaves out reads',
    (own) => trailInto(own, { EventSelectors: [{ ReadWriteType: 'WriteOnly' }], AdvancedEventSelectors: undefined }),
    'stores',
    { name: 'Files', trail: { records: [] } },
  ],
  [
    'a gateway without a VPC',
    (own) => delete propertiesOf(own, 'Handler').VpcConfig,
    'tenants',
    { tenant: 'law', criterion: 'tenant.network', status: 'failed' },
  ],
  [
    'a store that is tagged as a tenant’s',
    (own) => {
      const Tags = [{ Key: 'residency:tenant', Value: 'workspace/tax' }];
      Object.assign((propertiesOf(own, 'Table').Replicas as [Properties])[0], { Tags });
    },
    'stores',
    { name: 'Table', tenant: 'workspace/tax' },
  ],
  [
    'a key whose policy leaves everything to IAM',
    (own) => {
      statementOf(own, 'Key', 'KeyPolicy').Principal = { AWS: 'arn:aws:iam::111122223333:root' };
    },
    'keys',
    { key: 'Key', criterion: 'key.access', status: 'unknown' },
  ],
  [
    'a key that any principal can use',
    (own) => {
      statementOf(own, 'Key', 'KeyPolicy').Principal = '*';
    },
    'keys',
    { key: 'Key', criterion: 'key.access', status: 'failed' },
  ],
  [
    'another model',
    (own) => {
      statementOf(own, 'Policy', 'PolicyDocument').Resource =
        'arn:aws:bedrock:eu-central-1::foundation-model/openai.gpt-oss-120b-1:0';
    },
    'models',
    { destination: 'openai.gpt-oss-120b-1:0', regions: ['eu-central-1'] },
  ],
  [
    'a profile that routes outside',
    (own) => {
      statementOf(own, 'Policy', 'PolicyDocument').Resource =
        'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6';
    },
    'models',
    { destination: 'us.anthropic.claude-sonnet-4-6 in us-east-1', criterion: 'model.place', status: 'failed' },
  ],
  [
    'the Regions of a profile that routes outside',
    (own) => {
      statementOf(own, 'Policy', 'PolicyDocument').Resource =
        'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6';
    },
    'regions',
    { region: 'us-east-1', uses: ['inference'], status: 'failed' },
  ],
  [
    'a profile that may be processed anywhere',
    (own) => {
      statementOf(own, 'Policy', 'PolicyDocument').Resource =
        'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/global.anthropic.claude-sonnet-4-6';
    },
    'models',
    { destination: 'global.anthropic.claude-sonnet-4-6', regions: [], status: 'failed' },
  ],
  [
    'a profile that no fact knows',
    (own) => {
      statementOf(own, 'Policy', 'PolicyDocument').Resource =
        'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.nothing.model-1';
    },
    'models',
    { destination: 'eu.nothing.model-1', regions: [], status: 'unknown' },
  ],
  [
    'a host that no role names',
    (own) => {
      own.Handler = {
        Type: 'AWS::Lambda::Function',
        Metadata: { 'residency:models': { assistant: ['openai/gpt-x'] } },
      };
    },
    'models',
    { destination: 'openai/gpt-x', models: ['assistant 1'], regions: [], status: 'unknown' },
  ],
  [
    'the profile of a guardrail outside',
    (own) => {
      statementOf(own, 'Policy', 'PolicyDocument').Resource =
        'arn:aws:bedrock:us-east-1:111122223333:guardrail-profile/us.guardrail.v1:0';
    },
    'models',
    { destination: 'us.guardrail.v1:0', criterion: 'model.place', status: 'failed' },
  ],
  [
    'a copy of a key',
    (own) => {
      own.Copy = {
        Type: 'AWS::KMS::ReplicaKey',
        Properties: { PrimaryKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/mrk-1' },
      };
    },
    'flows',
    { kind: 'key copy', from: 'us-east-1', to: 'eu-central-1' },
  ],
  [
    'a bucket that is copied to a bucket that is not in the app',
    (own) => {
      propertiesOf(own, 'Files').ReplicationConfiguration = {
        Rules: [{ Destination: { Bucket: 'arn:aws:s3:::elsewhere' } }],
      };
    },
    'flows',
    { kind: 'replication', to: 'unknown', status: 'unknown' },
  ],
  [
    'a secret that is replicated',
    (own) => {
      own.Secret = { Type: 'AWS::SecretsManager::Secret', Properties: { ReplicaRegions: [{ Region: 'eu-west-2' }] } };
    },
    'flows',
    { kind: 'replication', to: 'eu-west-2', status: 'failed' },
  ],
  [
    'an alarm without a recipient',
    (own) => delete own.Officer,
    'alarms',
    { name: 'Alarm', status: 'attention', notifies: [] },
  ],
  [
    'an alarm with an empty action',
    (own) => {
      propertiesOf(own, 'Alarm').AlarmActions = ['', 'nothing'];
    },
    'alarms',
    { name: 'Alarm', status: 'attention', notifies: [] },
  ],
  [
    "a bucket under a key of the service's own",
    (own) => {
      propertiesOf(own, 'Files').BucketEncryption = {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: 'alias/aws/s3' } }],
      };
    },
    'stores',
    { name: 'Files', criterion: 'store.key', status: 'attention', key: { basis: { kind: 'none' } } },
  ],
  [
    'an alarm whose actions are off',
    (own) => {
      propertiesOf(own, 'Alarm').ActionsEnabled = false;
    },
    'alarms',
    { name: 'Alarm', status: 'attention', reason: 'Its actions are switched off.' },
  ],
  [
    'a name in the description of an alarm that is known only at deployment',
    (own) => {
      propertiesOf(own, 'Alarm').AlarmDescription = { 'Fn::Sub': 'See the log of ${Handler}.' };
    },
    'alarms',
    { name: 'Alarm', meaning: 'See the log of ….' },
  ],
  [
    'a key with which no principal decrypts',
    (own) => {
      propertiesOf(own, 'Key').KeyPolicy = { Statement: [] };
    },
    'keys',
    { key: 'Key', status: 'ok', reason: 'By the policies, no principal can decrypt.' },
  ],
];

test.each(PLANTED)('%s shows', (_, plant, section, expected) => {
  const own = resources();
  plant(own);
  expect(base()[section]).not.toContainEqual(expect.objectContaining(expected));
  expect(evidenceOf([stack(own)])[section]).toContainEqual(expect.objectContaining(matching(expected)));
});

/** Nested objects match by what they contain. */
const matching = (expected: object): object =>
  Object.fromEntries(
    Object.entries(expected).map(([key, value]) => [
      key,
      typeof value === 'object' && !Array.isArray(value) ? expect.objectContaining(value) : value,
    ]),
  );

test('a stack in another Region fails, with what it stores, and one without a Region is unknown', () => {
  const inLondon = evidenceOf([stack(resources(), { deployRegion: 'eu-west-2' })]);
  expect(inLondon.stores.find(({ name }) => name === 'Files')).toMatchObject({ status: 'failed' });
  const anywhere = evidenceOf([stack({ Files: resources().Files as Json }, { deployRegion: undefined })]);
  expect(anywhere.stores[0]).toMatchObject({ criterion: 'store.place', status: 'unknown' });
});

describe('an exception', () => {
  const own = () => {
    const replicated = resources();
    replica('us-east-1')(replicated);
    return replicated;
  };
  const exception = {
    rule: 'place-outside',
    stack: 'chat',
    logicalId: 'Table',
    reason: 'A drill',
    approver: 'dpo@example.eu',
    expires: '2027-06-30',
  };
  const declared = (date: string, ...exceptions: (typeof exception)[]) =>
    evidenceOf([stack(own())], { date, declarations: { exceptions, places: [], boundaries: [] } });

  test('is listed with reason, approver and last day while it permits something', () => {
    const { exceptions, findings, stores } = declared(DATE, exception);
    expect(stores.find(({ region }) => region === 'us-east-1')).toMatchObject({ status: 'attention' });
    expect(exceptions).toEqual([
      expect.objectContaining({
        criterion: 'exception-in-force',
        status: 'attention',
        approvedBy: 'dpo@example.eu',
        why: 'A drill',
        expires: '2027-06-30',
        basis: { kind: 'set', by: 'dpo@example.eu' },
      }),
    ]);
    expect(findings).toEqual([]);
  });

  test('fails once it has expired, and says so if it permits nothing', () => {
    const { exceptions, findings } = declared('2027-07-01', exception);
    expect(exceptions[0]).toMatchObject({ criterion: 'exception-expired', status: 'failed' });
    expect(findings.map(({ criterion }) => criterion)).toEqual(['place-outside', 'exception-expired']);
    expect(declared(DATE, { ...exception, logicalId: 'Files' }).exceptions[0]).toMatchObject({
      criterion: 'exception-unused',
      status: 'attention',
    });
  });
});

test('a destination is checked against the declared boundary of its stack', () => {
  const boundaries = [{ stack: 'chat', boundary: 'DE' }];
  const { models } = evidenceOf([stack(resources())], { declarations: { exceptions: [], places: [], boundaries } });
  expect(models[0]).toMatchObject({ destination: PROFILE, criterion: 'model.place', status: 'failed' });
});

test("a parameter's default is set by the deployer", () => {
  const own = resources();
  propertiesOf(own, 'Files').LifecycleConfiguration = {
    Rules: [{ Status: 'Enabled', ExpirationInDays: { Ref: 'Days' } }],
  };
  own.Log = {
    Type: 'AWS::Logs::LogGroup',
    Properties: { RetentionInDays: { Ref: 'Days' }, KmsKeyId: { Ref: 'Name' } },
  };
  own.Stream = { Type: 'AWS::Kinesis::Stream', Properties: { RetentionPeriodHours: { Ref: 'Days' } } };
  const Parameters = { Days: { Type: 'Number', Default: 48 }, Name: { Type: 'String', Default: 'alias/mine' } };
  const { stores } = evidenceOf([stack(own, { template: { Resources: own, Parameters } })]);
  const set = { kind: 'set', by: 'the deployer' };
  const named = (name: string) => stores.find((one) => one.name === name);
  expect(['Files', 'Log', 'Stream'].map((name) => named(name)?.retention?.basis)).toEqual([set, set, set]);
  expect(named('Log')).toMatchObject({ criterion: 'store.key', status: 'unknown', key: { basis: set } });
});

test('what could not be read is a row, and never silent', () => {
  const { findings, head } = buildEvidence(
    { templates: [], unreadable: [{ file: 'cdk.out/lost.template.json', error: 'there is no file' }] },
    { boundary: ResidencyBoundary.eu(), version: '0.1.0', date: DATE, folder: 'cdk.out' },
  );
  expect(findings[0]).toMatchObject({
    criterion: 'template-readable',
    status: 'unknown',
    pointer: { file: 'lost.template.json' },
  });
  expect(head.summary.unknown).toBe(1);
});

test('tenants have the models, the Region and the retention of their stack', () => {
  expect(base().tenants).toEqual([
    expect.objectContaining({
      kind: 'workspace',
      tenant: 'law',
      region: 'eu-central-1',
      retention: { text: '365 days', basis: { kind: 'set', by: "the item's writer" } },
      models: ['assistant'],
    }),
  ]);
});

test('a request may reach each Region of a profile, and each is on the list of Regions', () => {
  const { flows, regions, models } = base();
  expect(models[0]).toMatchObject({ destination: PROFILE, models: ['assistant 1'], sourceRegion: 'eu-central-1' });
  expect(flows.map(({ to }) => to)).toEqual(models[0]?.regions.filter((region) => region !== 'eu-central-1'));
  expect(regions.filter(({ uses }) => uses.includes('inference')).map(({ region }) => region)).toEqual(
    models[0]?.regions,
  );
});
