import { type PlanRow, planOf, to } from '../../support/plan';
import { blocking, findingsOn } from './support';

/** A policy that is known only after the apply, and whose expression the plan doesn't show. */
const POLICY: PlanRow = {
  type: 'aws_iam_role_policy',
  values: { name: 'p' },
  unknown: { policy: true, id: true },
  expressions: { policy: { references: ['local.policy'] } },
};
const FINDING = 'iam-reach aws_iam_role_policy.this /policy';

/** The plan of a policy with further rows for its address, before or after its own. */
function withRows(position: 'before' | 'after', ...rows: readonly object[]) {
  const plan = planOf([POLICY]);
  const own = plan.resource_changes;
  const others = rows.map((row) => ({ address: 'aws_iam_role_policy.this', mode: 'managed', ...row }));
  return { ...plan, resource_changes: position === 'before' ? [...others, ...own] : [...own, ...others] };
}

test.each([null, '', false, true, 0, 1, [], {}])(
  'the only row of an address counts if its `deposed` is %j',
  (deposed) => {
    const plan = planOf([POLICY]);
    const resource_changes = plan.resource_changes.map((row) => ({ ...row, deposed }));
    expect(blocking({ ...plan, resource_changes })).toEqual([FINDING]);
  },
);

describe.each(['before', 'after'] as const)('a second row of an address, %s the first', (position) => {
  test('hides nothing if it is of an object that a replacement left behind', () => {
    const deposed = { deposed: '00000000', change: { actions: ['delete'], after: null, after_unknown: {} } };
    expect(blocking(withRows(position, deposed))).toEqual([FINDING]);
    const whole = { deposed: '00000000', change: { actions: ['delete'], after: null, after_unknown: true } };
    expect(blocking(withRows(position, whole))).toEqual([FINDING]);
  });

  test.each<[after_unknown: unknown, name: string]>([
    [{}, 'nothing'],
    [false, 'nothing, as a value'],
    [null, 'null'],
    [{ id: true, tags: [{ key: true }] }, 'other attributes'],
    [{ policy: false }, 'the opposite'],
    ['text', 'a text'],
    [[true], 'a list'],
    [true, 'everything'],
  ])('hides nothing if what it says to be unknown is %j: %s', (after_unknown, _) => {
    expect(blocking(withRows(position, { change: { actions: ['update'], after_unknown } }))).toEqual([FINDING]);
  });

  test('adds what the first one lacks', () => {
    const plan = planOf([
      {
        type: 'aws_s3_bucket_replication_configuration',
        values: { rule: [{ id: 'a', destination: [{}] }] },
        expressions: { rule: [{ destination: [{ bucket: { references: ['local.bucket'] } }] }] },
      },
    ]);
    const other = {
      ...plan.resource_changes[0],
      change: { actions: ['update'], after_unknown: { rule: [{ destination: [{ bucket: true }] }, {}] } },
    };
    const own = plan.resource_changes;
    const rows = position === 'before' ? [other, ...own] : [...own, other];
    expect(blocking({ ...plan, resource_changes: rows })).toContain(
      's3-replication aws_s3_bucket_replication_configuration.this /rule/0/destination/0/bucket',
    );
  });

  test('is no crash if it is no row', () => {
    const { resource_changes, ...plan } = planOf([POLICY]);
    const broken = [null, 'text', 3, [], { address: 'aws_iam_role_policy.this', mode: 'managed', change: 'text' }];
    const rows = position === 'before' ? [...broken, ...resource_changes] : [...resource_changes, ...broken];
    expect(blocking({ ...plan, resource_changes: rows })).toEqual([FINDING]);
  });
});

test.each(['first', 'last'])('of two resources with one address, the %s one is checked', (which) => {
  const values = ['eu-central-1', 'us-east-1'].map((region) => ({
    topic_arn: `arn:aws:sns:${region}:111122223333:x`,
    protocol: 'sqs',
    endpoint: `arn:aws:sqs:${region}:111122223333:x`,
  }));
  const rows = values.map((one): PlanRow => ({ type: 'aws_sns_topic_subscription', values: one }));
  const found = blocking(planOf(which === 'first' ? rows.reverse() : rows));
  expect(found.some((one) => one.includes('aws_sns_topic_subscription.this /endpoint'))).toBe(true);
});

/** Modules that each get two values, each from both values of the module before; the first ones are from a source. */
function chained(count: number, source: object) {
  const both = (value: (name: string) => object) => ({ a: value('a'), b: value('b') });
  const outputsOf = (module: string) => ({ references: [`${module}.a`, `${module}.b`, module] });
  const calls = Array.from({ length: count }, (_, index): [string, object] => [
    `m${index}`,
    {
      expressions: both(() => (index === 0 ? source : outputsOf(`module.m${index - 1}`))),
      module: { outputs: both((name) => ({ expression: { references: [`var.${name}`] } })) },
    },
  ]);
  const last = { references: [`module.m${count - 1}.a`, `module.m${count - 1}`] };
  const replication: PlanRow = {
    type: 'aws_s3_bucket_replication_configuration',
    values: { rule: [{ id: 'a', destination: [{}] }] },
    unknown: { rule: [{ destination: [{ bucket: true }] }] },
    expressions: { rule: [{ destination: [{ bucket: last }] }] },
  };
  return planOf([{ type: 'aws_s3_bucket' }, replication], { root: { module_calls: Object.fromEntries(calls) } });
}

describe('a value that 2,000 modules pass on in two arguments each', () => {
  test('passes if it comes from a resource of the plan', () => {
    expect(blocking(chained(2000, to('aws_s3_bucket.this', 'arn')))).toEqual([]);
  });

  test('is unresolved if it comes from a local value', () => {
    const [finding] = findingsOn(chained(2000, { references: ['local.x'] }));
    expect(finding?.message).toContain("it depends on the local value 'x'");
  });
});

test('a value that comes from itself is unresolved', () => {
  const plan = chained(2, { references: ['module.m1.a', 'module.m1'] });
  const [finding] = findingsOn(plan);
  expect(finding?.message).toContain('its expression leads back to itself');
});
