import { planOf } from '../../support/plan';
import { blocking } from './support';

/** The blocks of the provider's framework are lists, also those that can't be repeated. */
const nested = (path: string, value: unknown): object =>
  path
    .split('/')
    .reduceRight<unknown>(
      (inner, name, at) => ({ [name]: at === path.split('/').length - 1 ? inner : [inner] }),
      value,
    ) as object;

const LOG_GROUP = 'arn:aws:logs:eu-central-1:111122223333:log-group:own';
const MODEL = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

test.each([
  [
    'aws_appfabric_ingestion_destination',
    'destination_configuration/audit_log/destination/s3_bucket/bucket_name',
    'other',
  ],
  ['aws_bcmdataexports_export', 'export/destination_configurations/s3_destination/s3_bucket', 'other'],
  ['aws_bedrockagent_flow', 'definition/node/configuration/storage/service_configuration/s3/bucket_name', 'other'],
  ['aws_bedrockagent_flow', 'definition/node/configuration/prompt/source_configuration/inline/model_id', MODEL],
  ['aws_bedrockagentcore_browser', 'recording/s3_location/bucket', 'other'],
  ['aws_bedrockagentcore_gateway_target', 'target_configuration/mcp/mcp_server/endpoint', 'https://mcp.example.com'],
  ['aws_cleanrooms_membership', 'default_result_configuration/output_configuration/s3/bucket', 'other'],
  ['aws_dataexchange_event_action', 'action/export_revision_to_s3/revision_destination/bucket', 'other'],
  ['aws_evidently_project', 'data_delivery/s3_destination/bucket', 'other'],
  ['aws_fsx_lustre_file_system', 'export_path', 's3://other/path'],
  ['aws_lambda_function_event_invoke_config', 'destination_config/on_failure/destination', 'arn:aws:s3:::other'],
  ['aws_lex_bot_alias', 'conversation_logs/log_settings/resource_arn', 'arn:aws:s3:::other'],
  ['aws_quicksight_data_source', 'parameters/snowflake', [{ host: 'example.snowflakecomputing.com' }]],
  ['aws_rekognition_stream_processor', 'output/s3_destination/bucket', 'other'],
  ['aws_route53_resolver_query_log_config', 'destination_arn', 'arn:aws:s3:::other'],
  ['aws_route53_resolver_rule', 'target_ip/ip', '8.8.8.8'],
  ['aws_ssmincidents_replication_set', 'region/name', 'us-east-1'],
  ['aws_ssmincidents_replication_set', 'regions/name', 'us-east-1'],
  ['aws_timestreaminfluxdb_db_cluster', 'log_delivery_configuration/s3_configuration/bucket_name', 'other'],
  ['aws_timestreaminfluxdb_db_instance', 'log_delivery_configuration/s3_configuration/bucket_name', 'other'],
  ['aws_verifiedaccess_instance_logging_configuration', 'access_logs/s3/bucket_name', 'other'],
  ['aws_workspacesweb_session_logger', 'log_configuration/s3/bucket', 'other'],
] as const)('%s: %s is checked', (type, path, value) => {
  const pointer = `/${path.replaceAll('/', '/0/')}`;
  const found = blocking(planOf([{ type, values: nested(path, value) }]));
  expect(found.map((one) => one.split(' ')[2])).toContain(pointer);
});

test.each([
  ['aws_lex_bot_alias', 'conversation_logs/log_settings/resource_arn', LOG_GROUP],
  ['aws_route53_resolver_query_log_config', 'destination_arn', LOG_GROUP],
  ['aws_route53_resolver_rule', 'target_ip/ip', '10.0.0.2'],
  ['aws_budgets_budget_action', 'definition/ssm_action_definition/region', 'eu-central-1'],
  ['aws_verifiedaccess_instance', 'description', 'own'],
] as const)('%s: %s may be inside', (type, path, value) => {
  expect(blocking(planOf([{ type, values: nested(path, value) }]))).toEqual([]);
});

test.each(['region', 'regions'])(
  'the other list of Regions is filled in by the provider if %s is written',
  (written) => {
    const other = written === 'region' ? 'regions' : 'region';
    const values = { [written]: [{ name: 'eu-central-1' }] };
    expect(
      blocking(planOf([{ type: 'aws_ssmincidents_replication_set', values, unknown: { arn: true, [other]: true } }])),
    ).toEqual([]);
  },
);

test.each<[unknown: object, values: object, path: string]>([
  [{ region: true, regions: true }, {}, '/region'],
  [{ region: true, regions: true }, { region: null, regions: null }, '/region'],
  [{ region: true, regions: true }, { region: [], regions: [] }, '/region'],
  [{ region: true }, {}, '/region'],
  [{ regions: true }, {}, '/regions'],
  [{ region: [{ name: true }], regions: true }, { region: [{}] }, '/region/0/name'],
  [{ region: true, regions: [{ name: true }] }, { regions: [{}] }, '/regions/0/name'],
])('a dynamic block may write the Regions of a replication set: unknown %j, values %j', (unknown, values, path) => {
  const row = { type: 'aws_ssmincidents_replication_set', values, unknown: { arn: true, ...unknown }, expressions: {} };
  expect(blocking(planOf([row]))).toEqual([`region-unresolved ${row.type}.this ${path}`]);
});
