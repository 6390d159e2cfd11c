import { checkHost } from '../places/check-host';
import type { ResourceRule, RuleContext, Violation } from '../rule/rule';
import { below } from '../template/every-map';
import { expand } from '../template/expand';
import { isMap, type Node } from '../template/node';
import { knownText, type Resource, type Selected } from '../template/resource';

/** The properties that configure each type's container logs. */
const LOGS: Readonly<Record<string, readonly string[][]>> = {
  'AWS::Batch::JobDefinition': [
    ['ContainerProperties'],
    ['EcsProperties', 'TaskProperties', '*', 'Containers', '*'],
    ['NodeProperties', 'NodeRangeProperties', '*', 'Container'],
    ['NodeProperties', 'NodeRangeProperties', '*', 'EcsProperties', 'TaskProperties', '*', 'Containers', '*'],
  ],
  'AWS::ECS::TaskDefinition': [['ContainerDefinitions', '*']],
};

/** The option by which each of Docker's remote log drivers names its server. */
const ADDRESS = /^(?:splunk-url|gelf-address|syslog-address|fluentd-address)$/;

/** Fluent Bit and Fluentd outputs that stay in AWS or on the machine, or send to the host in their options. */
const OUTPUTS =
  /^(?:cloudwatch(?:_logs)?|firehose|kinesis(?:_firehose|_streams)?|s3|stdout|null|file|exit|counter|prometheus_exporter|es|elasticsearch|opensearch|http|forward|splunk|splunk_hec|loki|kafka|kafka2|kafka-rest|gelf|syslog|tcp|udp|opentelemetry|prometheus_remote_write)$/i;

/** The options by which these outputs name their host. */
const HOSTS = /^(?:hosts?|uri|url|endpoint|endpoint_url|brokers|base_uri|hec_host|logs_uri)$/i;

export const logRouter: ResourceRule = {
  id: 'log-router',
  title: "A container's logs are sent only to hosts known to be inside the boundary",
  why: 'A log driver or FireLens output sends every line that a container writes to a server.',
  fix: "Write the logs to CloudWatch Logs, Firehose or S3 in the Region, or declare the host under 'places' (host, country, reason).",
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html',
  appliesTo: Object.keys(LOGS),

  *check(resource, context) {
    for (const path of LOGS[resource.type] ?? []) {
      for (const logs of resource.select(...path, 'LogConfiguration')) yield* checkLogs(logs, resource, context);
      yield* checkRouter(resource, path);
    }
  },
};

function* checkLogs({ path, value }: Selected, { scope }: Resource, context: RuleContext): Generator<Violation> {
  if (!isMap(value)) {
    yield { path, level: 'unresolved', detail: 'the log destination is known only at deployment' };
    return;
  }
  const drivers = expand(value.LogDriver, scope).map(knownText);
  const routes = drivers.some((driver) => driver === undefined || driver === 'awsfirelens');
  const addressed = drivers.some((driver) => driver === undefined || driver !== 'awslogs');
  if (drivers.includes('logentries'))
    yield { path: `${path}/LogDriver`, value: 'logentries', detail: 'the logs are sent to a third party, Logentries' };
  for (const options of expand(value.Options, scope)) {
    for (const [key, node] of Object.entries(isMap(options) ? options : {})) {
      for (const option of expand(node, scope)) {
        const at = { path: below(`${path}/Options`, key), value: option };
        if ((addressed && ADDRESS.test(key)) || (routes && HOSTS.test(key) && isAddress(option)))
          yield* checkHost(at, context);
        if (routes && /^(?:Name|@type)$/i.test(key)) yield* checkOutput(at);
      }
    }
  }
}

/** A configuration in the image is code; one in a bucket is a definition that the template only refers to. */
function* checkRouter(resource: Resource, path: readonly string[]): Generator<Violation> {
  for (const { path: pointer, value } of resource.select(
    ...path,
    'FirelensConfiguration',
    'Options',
    'config-file-type',
  )) {
    if (knownText(value) !== 'file')
      yield {
        path: pointer,
        level: 'unresolved',
        detail: 'the outputs are in a file that the template only refers to',
      };
  }
}

/** `URI` is a path on the host in `Host`, unless it is a complete URL. */
const isAddress = (value: Node) => !(typeof value === 'string' && value.startsWith('/'));

function* checkOutput({ path, value }: Selected): Generator<Violation> {
  const name = knownText(value);
  if (name === undefined) yield { path, level: 'unresolved', detail: 'the output is known only at deployment' };
  else if (!OUTPUTS.test(name))
    yield { path, value: name, detail: `the output '${name}' sends to a third party or to an unknown destination` };
}
