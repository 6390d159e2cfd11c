import { type PlanRow, planOf, to } from '../../support/plan';
import { blocking, findingsOn, queueIn, withProvider } from './support';

const allow = (Action: string, Resource: unknown) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
const US = { aws: { expressions: { region: { constant_value: 'us-east-1' } } } };
const TWO = {
  aws: { expressions: { region: { constant_value: 'eu-central-1' } } },
  'aws.other': { alias: 'other', expressions: { region: { constant_value: 'eu-west-2' } } },
};
const one = (type: string, values: object = {}, more: Partial<PlanRow> = {}) => planOf([{ type, values, ...more }]);
/** A plan for which a data source was read. */
const wasRead = (type: string, values: object = {}) => {
  const { planned_values, configuration } = planOf([{ type, mode: 'data', values }]);
  return { ...planOf([]), configuration, prior_state: { values: planned_values } };
};
const withAction = (provider: string, config_values: object = {}) => ({
  ...planOf([]),
  action_invocations: [
    {
      address: 'action.aws_lambda_invoke.this',
      type: 'aws_lambda_invoke',
      name: 'this',
      provider_name: `registry.terraform.io/${provider}`,
      config_values,
    },
  ],
});
const before = queueIn(undefined, ['eu-west-1']);
/** The plan of a provider without a Region, whose data source is read after the apply. */
const readAgain = {
  ...before,
  planned_values: {
    root_module: {
      resources: [before.planned_values, before.prior_state.values].flatMap(({ root_module }) => root_module.resources),
    },
  },
};
const containers = (definition: object) => JSON.stringify([{ name: 'app', image: 'app', ...definition }]);

/** By what leaves: a plan, and the finding. */
const LEAKS: Readonly<Record<string, readonly [plan: object, finding: string]>> = {
  'a provider in Virginia': [planOf([{ type: 'aws_sqs_queue' }], { providers: US }), 'stack-region'],
  'an alias in London, which is outside the EU': [
    planOf([{ type: 'aws_sqs_queue', provider: 'aws.other' }], { providers: TWO }),
    'stack-region',
  ],
  'a resource with a Region of its own': [one('aws_sqs_queue', { region: 'us-west-2' }), 'stack-region'],
  'a provider whose Region is in the environment': [
    planOf([{ type: 'aws_sqs_queue' }], { providers: { aws: {} } }),
    'stack-region',
  ],
  'a provider whose Region is a local value': [
    planOf([{ type: 'aws_sqs_queue' }], {
      providers: { aws: { expressions: { region: { references: ['local.region'] } } } },
    }),
    'stack-region',
  ],
  'a Region of a resource that is known only later': [
    one(
      'aws_sqs_queue',
      {},
      { unknown: { region: true }, expressions: { region: to('terraform_data.this', 'output') } },
    ),
    'stack-region',
  ],
  'a data source that contradicts a variable': [
    queueIn({ references: ['var.region'] }, ['us-east-1'], { variables: { region: { value: 'eu-west-1' } } }),
    'stack-region',
  ],
  'a provider for whose instances data sources returned several Regions': [
    queueIn(undefined, ['eu-west-1', 'us-east-1']),
    'stack-region',
  ],
  'a provider with several instances, of which a data source read one': [
    queueIn({ references: ['each.value'] }, ['eu-west-1']),
    'stack-region',
  ],
  'a Region that a data source returned before, and returns again later': [readAgain, 'stack-region'],
  'an endpoint of a provider elsewhere': [
    withProvider({ endpoints: [{ s3: { constant_value: 'https://s3.us-east-1.amazonaws.com' } }] }),
    'place-outside provider.aws /endpoints/0/s3',
  ],
  'an endpoint of a provider at an unknown host': [
    withProvider({ endpoints: [{ s3: { constant_value: 'https://s3.example.com' } }] }),
    'host-unknown provider.aws /endpoints/0/s3',
  ],
  'an endpoint of a provider that a local value names': [
    withProvider({ endpoints: [{ s3: { references: ['local.endpoint'] } }] }),
    'host-unknown provider.aws /endpoints/0/s3',
  ],
  'a proxy of a provider that a variable names': [
    withProvider(
      { https_proxy: { references: ['var.proxy'] } },
      { variables: { proxy: { value: 'http://x.example.com' } } },
    ),
    'host-unknown provider.aws /https_proxy',
  ],
  'a provider that gets credentials elsewhere': [
    withProvider({ sts_region: { constant_value: 'us-east-1' } }),
    'place-outside provider.aws /sts_region',
  ],
  'a Region that AWS does not have': [one('aws_sqs_queue', { region: 'eu-moon-1' }), 'stack-region'],
  'a variable with a Region outside': [
    planOf([{ type: 'aws_sqs_queue' }], {
      providers: { aws: { expressions: { region: { references: ['var.region'] } } } },
      variables: { region: { value: 'ap-south-1' } },
    }),
    'stack-region',
  ],
  'replication to an unknown bucket': [
    one('aws_s3_bucket_replication_configuration', { rule: [{ destination: [{ bucket: 'arn:aws:s3:::elsewhere' }] }] }),
    's3-replication aws_s3_bucket_replication_configuration.this /rule/0/destination/0/bucket',
  ],
  'replication in the old form of a bucket': [
    one('aws_s3_bucket', {
      replication_configuration: [{ rules: [{ destination: [{ bucket: 'arn:aws:s3:::elsewhere' }] }] }],
    }),
    's3-replication aws_s3_bucket.this /replication_configuration/0/rules/0/destination/0/bucket',
  ],
  'replication to a bucket that a local value names': [
    one(
      'aws_s3_bucket_replication_configuration',
      { rule: [{ destination: [{}] }] },
      {
        unknown: { rule: [{ destination: [{ bucket: true }] }] },
        expressions: { rule: [{ destination: [{ bucket: { references: ['local.bucket'] } }] }] },
      },
    ),
    's3-replication aws_s3_bucket_replication_configuration.this /rule/0/destination/0/bucket',
  ],
  'replication to a bucket that a dynamic block names': [
    one(
      'aws_s3_bucket_replication_configuration',
      {},
      { unknown: { rule: true }, expressions: { role: { constant_value: 'r' } } },
    ),
    's3-replication aws_s3_bucket_replication_configuration.this /rule',
  ],
  'replication to a bucket in one entry of a dynamic block': [
    one(
      'aws_s3_bucket_replication_configuration',
      { rule: [{ destination: [{}] }] },
      { unknown: { rule: [{ id: true, destination: [{ bucket: true }] }] }, expressions: {} },
    ),
    's3-replication aws_s3_bucket_replication_configuration.this /rule/0/destination/0/bucket',
  ],
  'an inline policy in one entry of a dynamic block': [
    one('aws_iam_role', { inline_policy: [{}] }, { unknown: { inline_policy: [{ policy: true }] }, expressions: {} }),
    'iam-reach aws_iam_role.this /inline_policy/0/policy',
  ],
  'access logs to an unknown bucket': [
    one('aws_s3_bucket_logging', { target_bucket: 'elsewhere' }),
    'bucket-destination aws_s3_bucket_logging.this /target_bucket',
  ],
  'logs of a load balancer to an unknown bucket': [
    one('aws_lb', { access_logs: [{ bucket: 'elsewhere', enabled: true }] }),
    'bucket-destination aws_lb.this /access_logs/0/bucket',
  ],
  'an inventory to an unknown bucket': [
    one('aws_s3_bucket_inventory', { destination: [{ bucket: [{ bucket_arn: 'arn:aws:s3:::elsewhere' }] }] }),
    'bucket-destination aws_s3_bucket_inventory.this /destination/0/bucket/0/bucket_arn',
  ],
  'transfer acceleration': [
    one('aws_s3_bucket_accelerate_configuration', { status: 'Enabled' }),
    'acceleration aws_s3_bucket_accelerate_configuration.this /status',
  ],
  'a replica of a table in Virginia': [
    one('aws_dynamodb_table', { replica: [{ region_name: 'eu-west-1' }, { region_name: 'us-east-1' }] }),
    'place-outside aws_dynamodb_table.this /replica/1/region_name',
  ],
  'a replica in a Region known only later': [
    one(
      'aws_dynamodb_table',
      { replica: [{}] },
      {
        unknown: { replica: [{ region_name: true }] },
        expressions: { replica: [{ region_name: { references: ['local.region'] } }] },
      },
    ),
    'region-unresolved aws_dynamodb_table.this /replica/0/region_name',
  ],
  'a replica in one entry of a dynamic block': [
    one(
      'aws_dynamodb_table',
      { replica: [{}] },
      { unknown: { replica: [{ arn: true, region_name: true }] }, expressions: {} },
    ),
    'region-unresolved aws_dynamodb_table.this /replica/0/region_name',
  ],
  'a multi-Region key': [one('aws_kms_key', { multi_region: true }), 'multi-region-key aws_kms_key.this /multi_region'],
  'a distribution': [one('aws_cloudfront_distribution'), 'edge-type aws_cloudfront_distribution.this /type'],
  'an accelerator': [
    one('aws_globalaccelerator_accelerator'),
    'edge-type aws_globalaccelerator_accelerator.this /type',
  ],
  'an edge-optimised API by default': [
    one('aws_api_gateway_rest_api', { name: 'api' }, { unknown: { endpoint_configuration: true } }),
    'api-endpoint-edge aws_api_gateway_rest_api.this /EndpointConfiguration',
  ],
  'an edge-optimised API': [
    one('aws_api_gateway_rest_api', { endpoint_configuration: [{ types: ['EDGE'] }] }),
    'api-endpoint-edge aws_api_gateway_rest_api.this /endpoint_configuration/0/types/0',
  ],
  'a web ACL of CloudFront': [
    one('aws_wafv2_web_acl', { scope: 'CLOUDFRONT' }),
    'edge-web-acl aws_wafv2_web_acl.this /scope',
  ],
  'a copy of backups to Ohio': [
    one('aws_backup_plan', {
      rule: [{ copy_action: [{ destination_vault_arn: 'arn:aws:backup:us-east-2:111122223333:backup-vault:copies' }] }],
    }),
    'place-outside aws_backup_plan.this /rule/0/copy_action/0/destination_vault_arn',
  ],
  'automated backups of a database in Ireland and Virginia': [
    one('aws_db_instance_automated_backups_replication', {
      source_db_instance_arn: 'arn:aws:rds:us-east-1:111122223333:db:main',
    }),
    'place-outside aws_db_instance_automated_backups_replication.this /source_db_instance_arn',
  ],
  'a profile of the US': [
    one('aws_bedrockagent_agent', { foundation_model: 'us.anthropic.claude-sonnet-4-20250514-v1:0' }),
    'place-outside aws_bedrockagent_agent.this /foundation_model',
  ],
  'a global profile': [
    one('aws_bedrock_inference_profile', {
      model_source: [
        {
          copy_from:
            'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/global.anthropic.claude-sonnet-4-20250514-v1:0',
        },
      ],
    }),
    'place-outside aws_bedrock_inference_profile.this /model_source/0/copy_from',
  ],
  'permission to call any model': [
    one('aws_iam_policy', { policy: allow('bedrock:InvokeModel', '*') }),
    'iam-reach aws_iam_policy.this /policy/Statement/0/Resource',
  ],
  'permission in an inline policy of a role': [
    one('aws_iam_role', { inline_policy: [{ policy: allow('bedrock:*', '*') }] }),
    'iam-reach aws_iam_role.this /inline_policy/0/policy/Statement/0/Resource',
  ],
  'a managed policy that reaches Bedrock everywhere': [
    one('aws_iam_role_policy_attachment', { policy_arn: 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess' }),
    'iam-reach aws_iam_role_policy_attachment.this /policy_arn',
  ],
  'a policy known only later': [
    planOf([
      { type: 'aws_sqs_queue' },
      { type: 'aws_iam_policy', unknown: { policy: true }, expressions: { policy: to('aws_sqs_queue.this', 'arn') } },
    ]),
    'iam-reach aws_iam_policy.this /policy',
  ],
  'a policy document that is read later': [
    planOf([
      { type: 'aws_sqs_queue' },
      {
        type: 'aws_iam_policy_document',
        mode: 'data',
        values: { statement: [{ actions: ['bedrock:InvokeModel'], resources: ['*'] }] },
        unknown: { json: true },
      },
      {
        type: 'aws_iam_policy',
        unknown: { policy: true },
        expressions: { policy: to('data.aws_iam_policy_document.this', 'json') },
      },
    ]),
    'iam-reach aws_iam_policy.this /policy/Statement/0/Resource',
  ],
  'messages to a host without a declaration': [
    one('aws_sns_topic_subscription', { protocol: 'https', endpoint: 'https://hooks.example.com/in' }),
    'subscription-endpoint aws_sns_topic_subscription.this /endpoint',
  ],
  'events to a host without a declaration': [
    one('aws_cloudwatch_event_api_destination', { invocation_endpoint: 'https://hooks.example.com/in' }),
    'host-unknown aws_cloudwatch_event_api_destination.this /invocation_endpoint',
  ],
  'a container that writes to a Region outside': [
    one('aws_ecs_task_definition', {
      container_definitions: containers({ environment: [{ name: 'BUCKET_REGION', value: 'us-east-1' }] }),
    }),
    'place-outside aws_ecs_task_definition.this /container_definitions/0/environment/0/value',
  ],
  'a container that writes to a Region outside, next to a volume': [
    one('aws_ecs_task_definition', {
      volume: [{ name: 'data' }],
      container_definitions: containers({ environment: [{ name: 'BUCKET_REGION', value: 'us-east-1' }] }),
    }),
    'place-outside aws_ecs_task_definition.this /container_definitions/0/environment/0/value',
  ],
  'a second policy of a network, which names a Region outside': [
    one('aws_networkmanager_core_network', {
      base_policy_document: JSON.stringify({ version: '2021.12' }),
      policy_document: JSON.stringify({ version: '2021.12', regions: ['us-east-1'] }),
    }),
    'place-outside aws_networkmanager_core_network.this /policy_document/regions/0',
  ],
  'logs of a container to a third party': [
    one('aws_ecs_task_definition', {
      container_definitions: containers({
        logConfiguration: { logDriver: 'splunk', options: { 'splunk-url': 'https://splunk.example.com' } },
      }),
    }),
    'log-router aws_ecs_task_definition.this /container_definitions/0/logConfiguration/options/splunk-url',
  ],
  'a provider of another cloud': [
    one('azurerm_storage_account', { location: 'westeurope' }, { providerName: 'hashicorp/azurerm' }),
    'third-party-type azurerm_storage_account.this /type',
  ],
  'a provider of a company': [
    one('datadog_monitor', {}, { providerName: 'DataDog/datadog' }),
    'third-party-type datadog_monitor.this /type',
  ],
  'a provider called aws by someone else': [
    one('aws_sqs_queue', {}, { providerName: 'example/aws' }),
    'third-party-type aws_sqs_queue.this /type',
  ],
  'a provider of another registry with the name of the known one': [
    one('aws_sqs_queue', {}, { providerName: 'registry.example.com/hashicorp/aws' }),
    'third-party-type aws_sqs_queue.this /type',
  ],
  'a provider of another registry with the name of one that contacts no service': [
    one('random_id', {}, { providerName: 'registry.example.com/hashicorp/random' }),
    'third-party-type random_id.this /type',
  ],
  'a type that is not known': [one('aws_quantum_teleporter'), 'unknown-type aws_quantum_teleporter.this /type'],
  'a stack whose template leaves': [
    one('aws_cloudformation_stack', {
      template_body: JSON.stringify({ Resources: { T: { Type: 'AWS::CloudFront::Distribution' } } }),
    }),
    'stack-set-template aws_cloudformation_stack.this /template_body',
  ],
  'a program that a resource runs': [
    one(
      'null_resource',
      {},
      {
        providerName: 'hashicorp/null',
        provisioners: [
          {
            type: 'local-exec',
            expressions: { command: { constant_value: 'aws s3 sync . s3://x --region us-east-1' } },
          },
        ],
      },
    ),
    'place-outside null_resource.this /Provisioners/0/command',
  ],
  'replication of a bucket of awscc': [
    one(
      'awscc_s3_bucket',
      { replication_configuration: { rules: [{ destination: { bucket: 'arn:aws:s3:::elsewhere' } }] } },
      { providerName: 'hashicorp/awscc' },
    ),
    's3-replication awscc_s3_bucket.this /replication_configuration/rules/0/destination/bucket',
  ],
  'a data source that calls a function elsewhere': [
    planOf([{ type: 'aws_lambda_invocation', mode: 'data', values: { region: 'us-east-1' } }]),
    'stack-region',
  ],
  'a request that was sent for the plan': [wasRead('http'), 'third-party-type data.http.this /type'],
  'a program that ran for the plan': [wasRead('external'), 'third-party-type data.external.this /type'],
  'a function elsewhere that was called for the plan': [
    wasRead('aws_lambda_invocation', { function_name: 'arn:aws:lambda:us-east-1:111122223333:function:f' }),
    'place-outside data.aws_lambda_invocation.this /function_name',
  ],
  'a function that an ephemeral resource calls': [
    {
      ...planOf([]),
      resource_changes: [
        {
          address: 'ephemeral.aws_lambda_invocation.this',
          mode: 'ephemeral',
          type: 'aws_lambda_invocation',
          name: 'this',
          provider_name: 'registry.opentofu.org/hashicorp/aws',
          change: { actions: ['open'] },
        },
      ],
    },
    'stack-region',
  ],
  'an action that calls a function elsewhere': [
    withAction('hashicorp/aws', { region: 'us-east-1' }),
    'place-outside action.aws_lambda_invoke.this /region',
  ],
  'an action, whose type is never known': [
    withAction('hashicorp/local'),
    'unknown-type action.aws_lambda_invoke.this /type',
  ],
};

const cases = Object.entries(LEAKS);

test('there are at least 40 leaks', () => expect(cases.length).toBeGreaterThanOrEqual(40));

test.each(cases)('finds %s', (_, [plan, finding]) => expect(blocking(plan)).toContain(finding));

test('the finding on a Region lists the types of the resources that are there', () => {
  const rows: PlanRow[] = [
    { type: 'aws_sqs_queue' },
    { type: 'random_id' },
    { type: 'aws_kms_key' },
    { type: 'aws_sqs_queue', name: 'other' },
  ];
  const found = findingsOn(planOf(rows, { providers: US }));
  expect(found.map(({ rule, types }) => [rule, types])).toEqual([['stack-region', ['aws_kms_key', 'aws_sqs_queue']]]);
  expect(found[0]?.fix).toContain("Set 'region' of the provider block, or of the resource");
});

test('a policy that the plan lacks is reported with what to write instead', () => {
  const [plan] = LEAKS['a policy known only later'] as readonly [object, string];
  expect(findingsOn(plan)[0]?.fix).toContain('aws_iam_policy_document');
});
