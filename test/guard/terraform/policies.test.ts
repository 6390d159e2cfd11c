import { type PlanRow, planOf, to } from '../../support/plan';
import { blocking } from './support';

const statement = (actions: string, more: object = {}) => ({ actions: [actions], resources: ['*'], ...more });
const MODEL = statement('bedrock:InvokeModel');
const QUEUE = statement('sqs:SendMessage');
const onlyIn = (...values: string[]) => ({ test: 'StringEquals', variable: 'aws:RequestedRegion', values });
const DENY = {
  sid: 'Outside',
  effect: 'Deny',
  not_actions: ['iam:*'],
  resources: ['*'],
  condition: [{ test: 'StringNotEquals', variable: 'aws:RequestedRegion', values: ['eu-central-1'] }],
};
const text = (Action: string) => JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

/** A policy document that is read only when the plan is applied. */
const document = (name: string, statements: readonly object[], more: Partial<PlanRow> = {}): PlanRow => ({
  type: 'aws_iam_policy_document',
  mode: 'data',
  name,
  values: { statement: statements },
  unknown: { id: true, json: true, minified_json: true },
  ...more,
});
const json = (name: string) => to(`data.aws_iam_policy_document.${name}`, 'json').references;
const NAMED: PlanRow = { type: 'aws_iam_policy', unknown: { policy: true } };
const policyOf = (...references: string[]): PlanRow => ({ ...NAMED, expressions: { policy: { references } } });
const unknownPart = (unknown: object, values: object = {}) =>
  document('d', [], { values, unknown: { id: true, json: true, ...unknown }, expressions: {} });
/** What was read for the plan. */
const read = (type: string, name: string, values: object) => ({
  prior_state: {
    values: {
      root_module: {
        resources: [
          {
            address: `data.${type}.${name}`,
            mode: 'data',
            type,
            name,
            provider_name: 'registry.terraform.io/hashicorp/aws',
            values,
          },
        ],
      },
    },
  },
});
const variable = (name: string, value: unknown) => ({ variables: { [name]: { value } } });
const instances = (a: object, b: object) => [document('d["a"]', [a]), document('d["b"]', [b])];
const many = (count: number, allowed: (index: number) => object) =>
  Array.from({ length: count }, (_, index) => document(`d[${index}]`, [allowed(index)]));
const POLICY = 'iam-reach aws_iam_policy.this /policy';

/** By what leaves: a plan, and the finding. */
const LEAKS: Readonly<Record<string, readonly [plan: object, finding: string]>> = {
  'the second instance of a document': [
    planOf([...instances(QUEUE, MODEL), policyOf('data.aws_iam_policy_document.d', 'each.key')]),
    `${POLICY}/Statement/1/Resource`,
  ],
  'the first instance of a document': [
    planOf([...instances(MODEL, QUEUE), policyOf('data.aws_iam_policy_document.d', 'each.key')]),
    `${POLICY}/Statement/0/Resource`,
  ],
  'an instance that an index names': [
    planOf([...instances(QUEUE, MODEL), policyOf(...json('d["b"]'), 'data.aws_iam_policy_document.d')]),
    `${POLICY}/Statement/0/Resource`,
  ],
  'an instance without the Deny of the other': [
    planOf([document('d["a"]', [MODEL]), document('d["b"]', [DENY]), policyOf('data.aws_iam_policy_document.d')]),
    `${POLICY}/Statement/0/Resource`,
  ],
  'one of documents with too many statements': [
    planOf([...many(101, (index) => statement(`sqs:Action${index}`)), policyOf('data.aws_iam_policy_document.d')]),
    POLICY,
  ],
  'one of too many documents': [
    planOf([...many(301, () => QUEUE), policyOf('data.aws_iam_policy_document.d')]),
    POLICY,
  ],
  'a local value or a document': [planOf([document('d', [QUEUE]), policyOf('local.custom', ...json('d'))]), POLICY],
  'a variable or a document': [
    planOf([document('d', [QUEUE]), policyOf('var.custom', ...json('d'))], variable('custom', text('bedrock:*'))),
    `${POLICY}/Statement/1/Resource`,
  ],
  'statements of a variable or a document': [
    planOf(
      [document('d', [QUEUE]), policyOf('var.custom', ...json('d'))],
      variable('custom', [{ actions: ['bedrock:*'] }]),
    ),
    POLICY,
  ],
  'a part of a policy in a variable, or a document': [
    planOf(
      [document('d', [QUEUE]), policyOf('var.custom', ...json('d'))],
      variable('custom', '{"Action":"bedrock:*"}'),
    ),
    POLICY,
  ],
  'a document that was read or one that is read later': [
    planOf(
      [document('d', [QUEUE]), policyOf(...json('known'), ...json('d'))],
      read('aws_iam_policy_document', 'known', { json: text('bedrock:InvokeModel') }),
    ),
    `${POLICY}/Statement/0/Resource`,
  ],
  'a managed policy that was read, or a document': [
    planOf(
      [document('d', [QUEUE]), policyOf('data.aws_iam_policy.known.policy', ...json('d'))],
      read('aws_iam_policy', 'known', { policy: text('bedrock:InvokeModel') }),
    ),
    POLICY,
  ],
  'statements of a dynamic block': [
    planOf([unknownPart({ statement: true }), policyOf(...json('d'))]),
    `${POLICY}/Statement/0`,
  ],
  'actions in a dynamic block': [
    planOf([
      unknownPart({ statement: [{ actions: true, resources: [false] }] }, { statement: [{ resources: ['*'] }] }),
      policyOf(...json('d')),
    ]),
    `${POLICY}/Statement/0/Resource`,
  ],
  'policies that a document takes over': [
    planOf([unknownPart({ source_policy_documents: true }), policyOf(...json('d'))]),
    `${POLICY}/Statement/0`,
  ],
  'the text that a document takes over': [
    planOf([document('d', [], { values: { source_json: text('bedrock:*') } }), policyOf(...json('d'))]),
    `${POLICY}/Statement/0/Resource`,
  ],
  'the text that replaces parts of a document': [
    planOf([document('d', [QUEUE], { values: { override_json: text('bedrock:*') } }), policyOf(...json('d'))]),
    `${POLICY}/Statement/0/Resource`,
  ],
  'a Deny that another statement replaces': [
    planOf([document('d', [DENY, { ...MODEL, sid: 'Outside' }]), policyOf(...json('d'))]),
    `${POLICY}/Statement/0/Resource`,
  ],
  'a Deny with a further condition that is known only later': [
    planOf([
      document('d', [MODEL, { ...DENY, condition: [...DENY.condition, { test: 'Bool', values: ['true'] }] }], {
        unknown: { json: true, statement: [{}, { condition: [{}, { variable: true }] }] },
      }),
      policyOf(...json('d')),
    ]),
    `${POLICY}/Statement/0/Resource`,
  ],
  'a Region outside as an alternative to one inside': [
    planOf([
      document('d', [{ ...MODEL, condition: [onlyIn('ap-southeast-1'), onlyIn('eu-central-1')] }]),
      policyOf(...json('d')),
    ]),
    `${POLICY}/Statement/0/Resource`,
  ],
};

test.each(Object.entries(LEAKS))('finds %s', (_, [plan, finding]) => expect(blocking(plan)).toContain(finding));

/** Plans whose policies reach nothing outside. */
const NEAR_MISSES: Readonly<Record<string, object>> = {
  'the instance that an index names, next to another': planOf([
    ...instances(QUEUE, MODEL),
    policyOf(...json('d["a"]'), 'data.aws_iam_policy_document.d'),
  ]),
  'many documents that differ in their resources': planOf([
    ...many(200, (index) => ({
      actions: ['sqs:SendMessage'],
      resources: [`arn:aws:sqs:eu-central-1:111122223333:q${index}`],
    })),
    policyOf('data.aws_iam_policy_document.d'),
  ]),
  'a document of each key of a local value': planOf([
    ...instances(QUEUE, QUEUE),
    policyOf('data.aws_iam_policy_document.d', 'each.key'),
  ]),
  'instances with the same Deny': planOf([
    document('d["a"]', [MODEL, DENY]),
    document('d["b"]', [QUEUE, DENY]),
    policyOf('data.aws_iam_policy_document.d'),
  ]),
  'a document if a variable says so': planOf(
    [document('d[0]', [QUEUE]), policyOf('var.options.create', 'var.options', ...json('d[0]'))],
    variable('options', { create: true, name: 'jobs' }),
  ),
  'one of two documents': planOf([
    document('a', [QUEUE]),
    document('b', [statement('s3:GetObject')]),
    policyOf('var.isLarge', ...json('a'), ...json('b')),
  ]),
  'a document of an account that was read': planOf(
    [document('d', [QUEUE]), policyOf('data.aws_caller_identity.me.account_id', ...json('d'))],
    read('aws_caller_identity', 'me', { account_id: '111122223333' }),
  ),
  'a Region inside as two conditions': planOf([
    document('d', [{ ...MODEL, condition: [onlyIn('eu-west-1'), onlyIn('eu-central-1')] }]),
    policyOf(...json('d')),
  ]),
};

test.each(Object.entries(NEAR_MISSES))('lets %s pass', (_, plan) => expect(blocking(plan)).toEqual([]));

/** A resource of a module, and its expressions there. */
type Row = Pick<PlanRow, 'mode' | 'type' | 'values' | 'unknown' | 'expressions'>;

/** A plan with two instances of a module, by their keys. */
const inModules = (rowsOf: (key: string) => readonly Row[], root: readonly PlanRow[] = [], expressions = {}) => {
  const plan = planOf(root);
  const configuration = ({ mode = 'managed', type, expressions = {} }: Row) => ({
    mode,
    type,
    name: 'this',
    provider_config_key: 'aws',
    expressions,
  });
  const instances = ['a', 'b'].map((key) => ({
    address: `module.m["${key}"]`,
    resources: rowsOf(key).map((row) => ({
      ...configuration(row),
      address: `module.m["${key}"].${row.mode === 'data' ? 'data.' : ''}${row.type}.this`,
      provider_name: 'registry.terraform.io/hashicorp/aws',
      values: row.values ?? {},
      change: { after_unknown: row.unknown ?? {} },
    })),
  }));
  const { provider_config, root_module } = plan.configuration;
  return {
    ...plan,
    planned_values: { root_module: { ...plan.planned_values.root_module, child_modules: instances } },
    resource_changes: [...plan.resource_changes, ...instances.flatMap(({ resources }) => resources)],
    configuration: {
      provider_config,
      root_module: {
        ...root_module,
        module_calls: { m: { expressions, module: { resources: rowsOf('a').map(configuration) } } },
      },
    },
  };
};

test('a policy of a module is read in the same instance of the module', () => {
  const plan = inModules((key) => [
    document('this', [key === 'a' ? MODEL : QUEUE]),
    { ...NAMED, expressions: { policy: { references: json('this') } } },
  ]);
  expect(blocking(plan)).toEqual(['iam-reach module.m["a"].aws_iam_policy.this /policy/Statement/0/Resource']);
});

test('a policy in a dynamic block of a module may be another than the document that the module is given', () => {
  const role = {
    type: 'aws_iam_role',
    values: { inline_policy: [{}] },
    unknown: { inline_policy: [{ policy: true }] },
  };
  const plan = inModules(() => [role], [document('d', [QUEUE])], { policy: { references: json('d') } });
  expect(blocking(plan)).toContain('iam-reach module.m["a"].aws_iam_role.this /inline_policy/0/policy');
});
