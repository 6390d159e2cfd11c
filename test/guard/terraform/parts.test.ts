import { converted, Origins, parsedDocument, propertyName } from '@/lib/guard/terraform/converted';
import type { Place } from '@/lib/guard/terraform/followed';
import { namesIn } from '@/lib/guard/terraform/names';
import { originsOf } from '@/lib/guard/terraform/origins';
import { Plan, type PlannedResource } from '@/lib/guard/terraform/plan';
import { planResource } from '@/lib/guard/terraform/plan-resource';
import { policyFrom } from '@/lib/guard/terraform/policy';
import { policyDocument } from '@/lib/guard/terraform/policy-document';
import { propertiesOf } from '@/lib/guard/terraform/properties';
import { namesRegion, Regions } from '@/lib/guard/terraform/region';
import { valuesOf } from '@/lib/guard/terraform/values';
import { type PlanRow, planOf } from '../../support/plan';

const planned = (rows: readonly PlanRow[], more: object = {}) => new Plan(planOf(rows, { ...more }));
const firstOf = (plan: Plan) => plan.resources[0] as PlannedResource;
const regionOf = (plan: Plan) => new Regions(plan).of(firstOf(plan));
const inProvider = (expressions: object, more: object = {}) =>
  planned([{ type: 'aws_sqs_queue' }], { providers: { aws: { expressions } }, ...more });

describe('a value with the names of properties', () => {
  test('keeps the keys of maps, which the user defines, and renames those of blocks', () => {
    const value = { own_key: 1, block: [{ bucket_arn: { own_key: [{ bucket_arn: 2 }] } }, undefined], gone: undefined };
    expect(converted(value, '')).toStrictEqual({
      own_key: 1,
      block: [{ BucketArn: { own_key: [{ BucketArn: 2 }] } }, null],
    });
    expect(converted({ own_key: { own_key: 1 } }, '', undefined, true)).toStrictEqual({ OwnKey: { own_key: 1 } });
    expect(converted({ arn: { arn: 1 } }, '', undefined, false, (name) => name.toUpperCase())).toStrictEqual({
      ARN: { ARN: 1 },
    });
  });

  test.each([
    ['bucket_arn', 'BucketArn'],
    ['s3', 'S3'],
    ['_x', 'X'],
  ])('has for %s the name %s', (attribute, name) => {
    expect([propertyName(attribute), propertyName(attribute)]).toEqual([name, name]);
  });

  test('says where each part comes from', () => {
    const origins = new Origins();
    origins.root = converted({ a_b: { 'x/y~z': [{ c_d: 1 }] } }, '/at', origins, true);
    expect(origins.of(['AB', 'x~1y~0z', '0', 'CD'])).toBe('/at/a_b/x~1y~0z/0/c_d');
    expect(origins.of(['AB', 'x~1y~0z', '0'])).toBe('/at/a_b/x~1y~0z/0');
    expect(origins.of(['AB', 'None', 'Below'])).toBe('/at/a_b/None/Below');
    expect(origins.of(['AB', 'x~1y~0z', '0', 'CD', 'Below'])).toBe('/at/a_b/x~1y~0z/0/c_d/Below');
    expect(origins.of([])).toBe('');
  });

  test('has documents as they are, and definitions of containers in the names of CloudFormation', () => {
    const definitions = [
      { 'log/Driver': { options: { key: { key: 1 } }, dockerLabels: { key: 2 }, other: { key: 3 } } },
    ];
    const origins = new Origins();
    origins.root = parsedDocument('containers', JSON.stringify(definitions), '/at', origins);
    expect(origins.root).toStrictEqual([
      { 'Log/Driver': { Options: { key: { key: 1 } }, DockerLabels: { key: 2 }, Other: { Key: 3 } } },
    ]);
    expect(origins.of(['0', 'Log~1Driver', 'Other', 'Key'])).toBe('/at/0/log~1Driver/other/key');
    expect(parsedDocument('json', '{"key":1}', '')).toStrictEqual({ key: 1 });
    expect(parsedDocument('json', '{"key"', '')).toBe('{"key"');
    expect(parsedDocument('containers', '{"key"', '')).toBe('{"key"');
    expect(parsedDocument('json', { key: 1 }, '')).toStrictEqual({ key: 1 });
  });
});

describe('values at the places of properties', () => {
  test('are taken from a block before the rest of it, whatever the order of the moves', () => {
    const moves = {
      '/target/0': '/Target',
      '/target/0/bucket_arn': '/Target/BucketARN',
      '/rule/*/on/0/id': '/Ids/*',
      '/rule/*/arn': '/Rules/*/Target/Bucket',
    };
    const values = () => ({
      target: [{ bucket_arn: 'a', role: 'r', own: { own_key: 1 } }],
      rule: [
        { arn: 'a', on: [{ id: 1, other_id: 2 }] },
        { arn: 'b', on: { id: 3 } },
      ],
      rest: { own_key: 4 },
      none: undefined,
    });
    const expected = {
      Target: { BucketARN: 'a', role: 'r', own: { own_key: 1 } },
      target: [null],
      Rules: [{ Target: { Bucket: 'a' } }, { Target: { Bucket: 'b' } }],
      Ids: [1, 3],
      Rule: [{ On: [{ OtherId: 2 }] }, { On: {} }],
      Rest: { own_key: 4 },
    };
    const origins = new Origins();
    origins.root = propertiesOf(values(), { type: 't', moves }, origins);
    expect(origins.root).toStrictEqual(expected);
    expect(origins.of(['Target', 'BucketARN'])).toBe('/target/0/bucket_arn');
    expect(origins.of(['Target', 'role'])).toBe('/target/0/role');
    expect(origins.of(['Rules', '1', 'Target', 'Bucket'])).toBe('/rule/1/arn');
    expect(origins.of(['Ids', '0'])).toBe('/rule/0/on/0/id');
    expect(origins.of(['Rest', 'own_key'])).toBe('/rest/own_key');
    const reversed = Object.fromEntries(Object.entries(moves).reverse());
    expect(propertiesOf(values(), { type: 't', moves: reversed })).toStrictEqual(expected);
  });

  test('stay under their pointers where another value is', () => {
    const moves = { '/list/*/name': '/All/*/Name', '/text': 'json:/All', '/part/own': '/Part/Own', '/part': '/Part' };
    const values = () => ({ list: [{ name: 'n' }], text: '[{"url":"u"}]', part: { own: 'a', Own: 'b' } });
    const origins = new Origins();
    origins.root = propertiesOf(values(), { type: 't', moves }, origins);
    expect(origins.root).toMatchObject({
      All: [{ Name: 'n' }],
      '/text': [{ url: 'u' }],
      Part: { Own: 'a' },
      '/part/Own': 'b',
    });
    expect(origins.of(['~1text', '0', 'url'])).toBe('/text/0/url');
  });

  test('leave their own name to another one that is moved there', () => {
    const mapping = { type: 't', moves: { '/bucket_arn': '/Bucket' } };
    expect(propertiesOf({ bucket_arn: 'a', bucket: 'b' }, mapping)).toStrictEqual({ Bucket: 'a', bucket: 'b' });
  });

  test('have what CloudFormation needs besides only next to others', () => {
    const mapping = { type: 't', moves: { '/bucket': '/Target/Bucket' }, set: { '/Target/On': 'yes' } };
    expect(propertiesOf({ bucket: 'b' }, mapping)).toStrictEqual({ Target: { Bucket: 'b', On: 'yes' } });
    expect(propertiesOf({ name: 'n' }, mapping)).toStrictEqual({ Name: 'n' });
  });

  test('have names of blocks without those whose last step is a position', () => {
    const { blocks, attributes } = namesIn({ '/types/0': '/T', '/rule/*/target/0/arn': '/R', '/list/*': '/L' });
    expect([...blocks]).toEqual(['rule', 'rule/target']);
    expect([...attributes]).toEqual(['types', 'rule/target/arn', 'list']);
  });

  test('leave out what is not set, and the arguments of a program that are not constant', () => {
    const rows: PlanRow[] = [
      {
        type: 'aws_sqs_queue',
        values: { name: 'q', empty: '', none: null, tags_all: { a: 'b' }, list: [], nested: { none: null, x: 1 } },
        provisioners: [
          {
            type: 'local-exec',
            expressions: { command: { references: ['var.x'] }, when: { constant_value: 'create' } },
          },
        ],
      },
    ];
    const plan = planned(rows);
    expect(valuesOf(firstOf(plan), plan)).toStrictEqual({ name: 'q', nested: { x: 1 } });
    expect(planResource(firstOf(plan), plan)?.raw.Properties.Provisioners).toStrictEqual([{ when: 'create' }]);
    const without = planned([{ type: 'aws_sqs_queue', provisioners: [] }]);
    expect(planResource(firstOf(without), without)?.raw.Properties).toStrictEqual({});
  });
});

describe('the resources behind an expression', () => {
  const plan = planned([{ type: 'aws_sqs_queue' }, { type: 'aws_s3_bucket' }], {
    variables: { a: { value: 'given' } },
    root: { variables: { a: { default: 'x' }, b: { default: 'y' } } },
  });
  const place: Place = { plan, modules: [] };
  const namesOf = (node: unknown, at = place) => originsOf(node, at).resources.map(({ address }) => address);
  const nested = (depth: number, node: unknown): unknown => (depth === 0 ? node : [nested(depth - 1, node)]);

  test('are those of all its parts', () => {
    const queue = { references: ['aws_sqs_queue.this.arn', 'aws_sqs_queue.this'] };
    const bucket = { references: ['aws_s3_bucket.this.arn', 'aws_s3_bucket.this'] };
    expect(namesOf({ a: queue, b: [bucket, { constant_value: 1 }] })).toEqual([
      'aws_sqs_queue.this',
      'aws_s3_bucket.this',
    ]);
    expect(originsOf({ a: queue, b: { constant_value: 1 } }, place)).toMatchObject({ known: [1], open: undefined });
    expect(originsOf({ references: ['var.a', 'var.b'] }, place).known).toEqual(['given', 'y']);
  });

  test.each([{}, 'text', undefined])('are open if the plan has %j in its place', (node) => {
    expect(originsOf(node, place)).toEqual({ resources: [], open: "the plan doesn't contain its expression" });
  });

  test('are followed as far as they lead', () => {
    expect(namesOf(nested(5000, { references: ['aws_sqs_queue.this'] }))).toEqual(['aws_sqs_queue.this']);
  });

  test('are those of an output of a module, of all its outputs, or of what the resource is repeated for', () => {
    const outputs = {
      queue: { expression: { references: ['aws_sqs_queue.this'] } },
      hidden: { expression: { references: ['local.secret'] } },
    };
    const root = { module_calls: { m: { module: { outputs } } } };
    const inner = new Plan({
      ...planOf([], { root }),
      planned_values: {
        root_module: {
          child_modules: [
            {
              resources: [
                { address: 'module.m.aws_sqs_queue.this', type: 'aws_sqs_queue', name: 'this', mode: 'managed' },
              ],
            },
          ],
        },
      },
    });
    const at: Place = { plan: inner, modules: [], forEach: { references: ['module.m.queue'] } };
    expect(originsOf({ references: ['module.m.queue'] }, at).open).toBeUndefined();
    expect(namesOf({ references: ['module.m.queue'] }, at)).toEqual(['module.m.aws_sqs_queue.this']);
    expect(originsOf({ references: ['module.m'] }, at)).toMatchObject({
      resources: [{ address: 'module.m.aws_sqs_queue.this' }],
      open: "it depends on the local value 'secret', which a plan doesn't contain",
    });
    expect(namesOf({ references: ['each.value'] }, at)).toEqual(['module.m.aws_sqs_queue.this']);
    for (const name of ['each.key', 'count.index', 'path.module', 'self.id', 'terraform.workspace'])
      expect(originsOf({ references: [name] }, at)).toEqual({ resources: [], known: [], open: undefined });
  });
});

describe('a policy', () => {
  test('has every part of a statement that is set, and no other', () => {
    const all = {
      sid: 'S',
      effect: 'Deny',
      actions: ['a'],
      not_actions: ['b'],
      resources: ['c'],
      not_resources: ['d'],
      principals: ['e'],
      condition: { test: 'StringEquals', variable: 'k', values: ['v'] },
    };
    expect(policyDocument({ statement: [all, {}] })).toStrictEqual([
      {
        Sid: 'S',
        Effect: 'Deny',
        Action: ['a'],
        NotAction: ['b'],
        Resource: ['c'],
        NotResource: ['d'],
        Principal: ['e'],
        Condition: { StringEquals: { k: ['v'] } },
      },
      { Effect: 'Allow' },
    ]);
    expect(policyDocument({ json: '{"Statement":{"Effect":"Allow"}}', statement: [all] })).toStrictEqual([
      { Effect: 'Allow' },
    ]);
    expect(policyDocument({})).toStrictEqual([]);
  });

  test('of several documents has one statement for those that differ only in their resources', () => {
    const statements = [
      { Effect: 'Allow', Action: 'a', Resource: 'r1' },
      { Effect: 'Allow', Action: 'a', NotResource: 'n' },
    ];
    const of = (json: unknown, index: number) =>
      ({
        type: 'aws_iam_policy_document',
        address: `d${index}`,
        values: { json: JSON.stringify(json) },
      }) as unknown as PlannedResource;
    const resources = [
      of({ Statement: [...statements, 'text'] }, 0),
      of({ Statement: [{ ...statements[0], Sid: 'S', Resource: ['r2', 'r1'] }, statements[1]] }, 1),
    ];
    expect(policyFrom({ resources }, ({ values }) => values)).toStrictEqual({
      Statement: [{ Effect: 'Allow', Action: 'a', Resource: ['r1', 'r2'] }, statements[1], 'text'],
    });
    expect(policyFrom({ resources: [] }, ({ values }) => values)).toBeUndefined();
    expect(policyFrom({ resources, open: 'x' }, ({ values }) => values)).toBeUndefined();
  });
});

describe('the Region of a resource', () => {
  test.each([
    ['its own', planned([{ type: 'aws_sqs_queue', values: { region: 'eu-west-1' } }]), 'eu-west-1'],
    ['not an empty one', planned([{ type: 'aws_sqs_queue', values: { region: '' } }]), 'eu-central-1'],
    ['that of its provider', inProvider({ region: { constant_value: 'eu-west-3' } }), 'eu-west-3'],
    ['open if the provider has an empty one', inProvider({ region: { constant_value: '' } }), undefined],
    ['open if the provider has another value', inProvider({ region: { constant_value: 3 } }), undefined],
    ['open if the provider has none', inProvider({}), undefined],
    ['open without its provider', planned([{ type: 'aws_sqs_queue' }], { providers: {} }), undefined],
  ])('is %s', (_, plan, region) => {
    expect(regionOf(plan)).toBe(region);
  });

  test('is not what an attribute of that name has for some types', () => {
    const names = (type: string) => namesRegion(firstOf(planned([{ type, values: { region: 'us-east-1' } }])));
    for (const name of [
      'cloudformation_stack_set_instance',
      'config_aggregate_authorization',
      'dx_hosted_connection',
      'servicequotas_template',
    ])
      expect([names(`aws_${name}`), names(`aws_${name}_other`), names(`x_aws_${name}`)]).toEqual([false, true, true]);
  });
});
