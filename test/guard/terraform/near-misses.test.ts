import { type PlanRow, planOf, to } from '../../support/plan';
import { blocking, queueIn, withProvider } from './support';

const one = (type: string, values: object = {}, more: Partial<PlanRow> = {}) => planOf([{ type, values, ...more }]);
const allow = (Action: string, Resource: unknown) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
const bucket: PlanRow = {
  type: 'aws_s3_bucket',
  name: 'logs',
  unknown: { arn: true, id: true, acceleration_status: true, replication_configuration: true, logging: true },
};

const SETTINGS = ['logging', 'inventory', 'analytics_configuration', 'accelerate_configuration'].map(
  (setting) => `aws_s3_bucket_${setting}`,
);

/** A module that logs to a bucket which its caller passes. */
const inModule = {
  ...planOf([]),
  planned_values: {
    root_module: {
      resources: [
        {
          address: 'aws_s3_bucket.logs',
          mode: 'managed',
          type: 'aws_s3_bucket',
          name: 'logs',
          provider_name: 'registry.opentofu.org/hashicorp/aws',
          values: {},
        },
      ],
      child_modules: [
        {
          address: 'module.site["a.b"]',
          resources: [
            {
              address: 'module.site["a.b"].aws_s3_bucket_logging.this[0]',
              mode: 'managed',
              type: 'aws_s3_bucket_logging',
              name: 'this',
              index: 0,
              provider_name: 'registry.opentofu.org/hashicorp/aws',
              values: {},
            },
          ],
        },
      ],
    },
  },
  resource_changes: [
    { address: 'module.site["a.b"].aws_s3_bucket_logging.this[0]', change: { after_unknown: { target_bucket: true } } },
  ],
  configuration: {
    provider_config: { aws: { expressions: { region: { references: ['var.region'] } } } },
    root_module: {
      variables: { region: { default: 'eu-north-1' } },
      resources: [{ mode: 'managed', type: 'aws_s3_bucket', name: 'logs', provider_config_key: 'aws' }],
      outputs: {},
      module_calls: {
        site: {
          expressions: { log_bucket: to('aws_s3_bucket.logs', 'id') },
          module: {
            variables: { log_bucket: {} },
            resources: [
              {
                mode: 'managed',
                type: 'aws_s3_bucket_logging',
                name: 'this',
                provider_config_key: 'aws',
                expressions: { target_bucket: { references: ['var.log_bucket'] } },
              },
            ],
          },
        },
      },
    },
  },
};

/** The same with replication rules in a dynamic block, which a plan doesn't show. */
const dynamicInModule = JSON.parse(
  JSON.stringify(inModule)
    .replaceAll('aws_s3_bucket_logging', 'aws_s3_bucket_replication_configuration')
    .replace('"after_unknown":{"target_bucket":true}', '"after_unknown":{"rule":true}')
    .replace('"expressions":{"target_bucket":{"references":["var.log_bucket"]}}', '"expressions":{}'),
);

/** Plans of which nothing leaves, though something in them looks like it. */
const NEAR_MISSES: Readonly<Record<string, object>> = {
  'a provider block outside that no resource uses': planOf([{ type: 'aws_sqs_queue' }], {
    providers: {
      aws: { expressions: { region: { constant_value: 'eu-central-1' } } },
      'aws.us': { alias: 'us', expressions: { region: { constant_value: 'us-east-1' } } },
    },
  }),
  'a Region that a data source returned': queueIn(undefined, ['eu-west-3']),
  'hosts of a provider in the EU or in its own network': withProvider(
    {
      endpoints: [
        {
          s3: { constant_value: 'https://s3.eu-west-1.amazonaws.com' },
          sqs: { constant_value: 'http://localhost:4566' },
        },
      ],
      http_proxy: { constant_value: '' },
      https_proxy: { constant_value: 'http://proxy.internal:3128' },
      sts_region: { references: ['var.sts'] },
      max_retries: { references: ['local.retries'] },
    },
    { variables: { sts: { value: 'eu-west-1' } } },
  ),
  'endpoints of a provider whose resources are only read': planOf([{ type: 'aws_ami', mode: 'data' }], {
    providers: { aws: { expressions: { endpoints: [{ ec2: { constant_value: 'https://x.example.com' } }] } } },
  }),
  'a Region that all data sources returned': queueIn(undefined, ['eu-west-3', 'eu-west-3']),
  'a data source that contradicts a variable, of which the Region is only built': queueIn(
    { references: ['var.region'] },
    ['eu-west-3'],
    { variables: { region: { value: 'us-east-1' } } },
  ),
  'logs to a bucket of the plan, through a module': inModule,
  'replication to a bucket of the plan': planOf([
    bucket,
    {
      type: 'aws_s3_bucket_replication_configuration',
      values: { rule: [{ destination: [{}] }] },
      unknown: { rule: [{ destination: [{ bucket: true }] }] },
      expressions: { rule: [{ destination: [{ bucket: to('aws_s3_bucket.logs', 'arn') }] }] },
    },
  ]),
  'a bucket whose other settings are known only later': planOf([bucket]),
  'a role whose inline policies the provider fills in': one(
    'aws_iam_role',
    { name: 'app' },
    { unknown: { inline_policy: true }, expressions: { name: { constant_value: 'app' } } },
  ),
  'a dynamic block of a module, whose only argument is a bucket of the plan': dynamicInModule,
  'a dynamic block whose Region is known': one(
    'aws_dynamodb_table',
    { replica: [{ region_name: 'eu-west-1' }] },
    { unknown: { replica: [{ arn: true, kms_key_arn: true, stream_arn: true }] }, expressions: {} },
  ),
  'settings of a bucket that the plan does not create': planOf([
    bucket,
    ...SETTINGS.map((type): PlanRow => ({ type, values: { bucket: 'elsewhere' } })),
  ]),
  'a bucket of the plan by its name': planOf([
    { type: 'aws_s3_bucket', name: 'logs', values: { bucket: 'logs' } },
    { type: 'aws_s3_bucket_logging', values: { target_bucket: 'logs' } },
  ]),
  'replicas of a table in the EU': one('aws_dynamodb_table', { replica: [{ region_name: 'eu-west-1' }] }),
  'a regional API': one('aws_api_gateway_rest_api', { endpoint_configuration: [{ types: ['REGIONAL'] }] }),
  'a web ACL of a Region': one('aws_wafv2_web_acl', { scope: 'REGIONAL' }),
  'a copy of backups to Ireland': one('aws_backup_plan', {
    rule: [{ copy_action: [{ destination_vault_arn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:copies' }] }],
  }),
  'a Region in the tags and the description': one('aws_kms_key', {
    description: 'not in us-east-1',
    tags: { origin: 'us-east-1' },
    tags_all: { origin: 'us-east-1', team: 'us-west-2' },
  }),
  'a policy that denies Regions outside': one('aws_iam_policy', {
    policy: JSON.stringify({
      Statement: [
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
        },
      ],
    }),
  }),
  'permission to call a model of the Region': one('aws_iam_policy', {
    policy: allow('bedrock:InvokeModel', 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0'),
  }),
  'a policy document with an ARN that is known only later': planOf([
    { type: 'aws_sqs_queue' },
    {
      type: 'aws_iam_policy_document',
      mode: 'data',
      values: { statement: [{ actions: ['sqs:SendMessage'], resources: [null] }] },
      unknown: { json: true, statement: [{ resources: [true] }] },
      expressions: { statement: [{ resources: to('aws_sqs_queue.this', 'arn') }] },
    },
    {
      type: 'aws_iam_role_policy',
      unknown: { policy: true },
      expressions: { policy: to('data.aws_iam_policy_document.this', 'json') },
    },
  ]),
  'a message to a queue of the plan': planOf([
    { type: 'aws_sqs_queue' },
    {
      type: 'aws_sns_topic_subscription',
      values: { protocol: 'sqs' },
      unknown: { endpoint: true },
      expressions: { endpoint: to('aws_sqs_queue.this', 'arn') },
    },
  ]),
  'an image of a registry in Virginia, which is only read': one('aws_ecs_task_definition', {
    container_definitions: JSON.stringify([
      { name: 'app', image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1' },
    ]),
  }),
  'a stack whose template stays inside': one('aws_cloudformation_stack', {
    template_body: JSON.stringify({ Resources: { Q: { Type: 'AWS::SQS::Queue' } } }),
  }),
  'providers that only compute values': planOf([
    { type: 'random_id' },
    { type: 'time_sleep' },
    { type: 'tls_private_key' },
    { type: 'terraform_data', providerName: 'terraform.io/builtin/terraform' },
  ]),
  "a provider of OpenTofu's registry": planOf([
    { type: 'aws_sqs_queue', providerName: 'registry.opentofu.org/hashicorp/aws' },
    { type: 'random_id', providerName: 'registry.opentofu.org/hashicorp/random' },
  ]),
  'a data source that reads from Virginia': planOf([
    { type: 'aws_ami', mode: 'data', values: { region: 'us-east-1' } },
  ]),
  'an inbound copy: a queue of awscc': one(
    'awscc_sqs_queue',
    { queue_name: 'jobs' },
    { providerName: 'hashicorp/awscc' },
  ),
  'a data source that was read for the plan': {
    ...planOf([]),
    prior_state: {
      values: planOf([{ type: 'aws_ami', mode: 'data', values: { region: 'us-east-1' } }]).planned_values,
    },
  },
  'resources that are removed': {
    ...planOf([]),
    resource_changes: [
      { address: 'aws_cloudfront_distribution.this', mode: 'managed', change: { actions: ['delete'] } },
      { address: 'aws_globalaccelerator_accelerator.this', mode: 'managed', change: { actions: ['forget'] } },
    ],
  },
  'a data source that will be read': {
    ...planOf([]),
    resource_changes: [{ address: 'data.aws_ami.this', mode: 'data', change: { actions: ['read'] } }],
  },
  'an ephemeral resource that is only read': {
    ...planOf([]),
    resource_changes: [
      { address: 'ephemeral.aws_ssm_parameter.this', mode: 'ephemeral', type: 'aws_ssm_parameter', change: {} },
    ],
  },
  'a plan in which nothing is left': planOf([]),
};

const cases = Object.entries(NEAR_MISSES);

test('there are at least 20 near misses', () => expect(cases.length).toBeGreaterThanOrEqual(20));

test.each(cases)('lets %s pass', (_, plan) => expect(blocking(plan)).toEqual([]));

test('a dynamic block of a module that is also given a local value may come from it', () => {
  const { expressions } = dynamicInModule.configuration.root_module.module_calls.site;
  const plan = structuredClone(dynamicInModule);
  plan.configuration.root_module.module_calls.site.expressions = { ...expressions, name: { references: ['local.x'] } };
  expect(blocking(plan)).toEqual([
    's3-replication module.site["a.b"].aws_s3_bucket_replication_configuration.this[0] /rule',
  ]);
});

test('places that the owner declares pass', () => {
  const plan = one('azurerm_storage_account', {}, { providerName: 'hashicorp/azurerm' });
  const declarations = {
    exceptions: [],
    boundaries: [],
    places: [{ type: 'azurerm_*', country: 'DE', reason: 'Frankfurt' }],
  };
  expect(blocking(plan, { declarations })).toEqual([]);
  const abroad = { ...declarations, places: [{ type: 'azurerm_*', country: 'CH', reason: 'Zurich' }] };
  expect(blocking(plan, { declarations: abroad })).toHaveLength(1);
});
