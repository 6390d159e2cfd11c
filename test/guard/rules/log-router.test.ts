import { logRouter } from '@/lib/guard/rules/log-router';
import { testRule } from './rule-tester';

const container = (LogDriver: unknown, Options?: unknown) => ({
  Name: 'app',
  LogConfiguration: { LogDriver, ...(Options !== undefined && { Options }) },
});
const task = (LogDriver: unknown, Options?: unknown) => ({ ContainerDefinitions: [container(LogDriver, Options)] });
const router = (Options: unknown) => task('awsfirelens', Options);
const firelens = (type: string) => ({
  ContainerDefinitions: [{ FirelensConfiguration: { Type: 'fluentbit', Options: { 'config-file-type': type } } }],
});
const OPTIONS = '/Properties/ContainerDefinitions/0/LogConfiguration/Options';

testRule(logRouter, {
  type: 'AWS::ECS::TaskDefinition',
  template: {
    Parameters: { Open: { Type: 'String' } },
    Resources: { Domain: { Type: 'AWS::OpenSearchService::Domain' } },
  },
  places: [{ host: 'splunk.example.de', country: 'DE', reason: 'our own' }],
  compliant: {
    'no logs': { ContainerDefinitions: [{ Name: 'app' }] },
    'CloudWatch Logs': task('awslogs', { 'awslogs-group': 'app', 'awslogs-region': 'eu-central-1' }),
    'Firehose by Fluent Bit': router({ Name: 'firehose', region: 'eu-central-1', delivery_stream: 's' }),
    'a domain in the app': router({ Name: 'es', Host: { 'Fn::GetAtt': ['Domain', 'DomainEndpoint'] }, URI: '/in' }),
    'a router without a host, which runs next to the container': router({ Name: 'forward' }),
    'Fluentd on the same machine': task('fluentd', { 'fluentd-address': 'localhost:24224' }),
    'a socket of the machine': task('syslog', { 'syslog-address': 'unix:///dev/log' }),
    'a server of the own network': task('gelf', { 'gelf-address': 'udp://10.0.4.7:12201' }),
    'a declared server': task('splunk', { 'splunk-url': 'https://splunk.example.de:8088' }),
    'an output that names a group of logs': router({ Name: 'cloudwatch_logs', log_group_name: 'own-logs' }),
    'a configuration in the image': firelens('file'),
    'a path of Fluent Bit that looks like nothing else': router({ Name: 'http', Host: 'localhost', URI: '/logs' }),
  },
  violating: {
    'Splunk in its cloud': {
      properties: task('splunk', { 'splunk-url': 'https://http-inputs-exemple.splunkcloud.com' }),
      found: ['http-inputs-exemple.splunkcloud.com'],
      level: 'unresolved',
    },
    'an external syslog server': {
      properties: task('syslog', { 'syslog-address': 'tcp://logs.vendor.example:514' }),
      found: ['logs.vendor.example'],
      level: 'unresolved',
    },
    'a driver that is a third party': {
      properties: task('logentries', { 'logentries-token': 'x' }),
      found: ['logentries'],
    },
    'an output that is a third party': { properties: router({ Name: 'datadog', apikey: 'x' }), found: ['datadog'] },
    'a whole URL in place of a path': {
      properties: router({ Name: 'http', URI: 'https://logs.vendor.example/' }),
      found: ['logs.vendor.example'],
      level: 'unresolved',
    },
    'a configuration in a bucket': {
      properties: firelens('s3'),
      found: ['/Properties/ContainerDefinitions/0/FirelensConfiguration/Options/config-file-type'],
      level: 'unresolved',
    },
    'the same of Fluentd': { properties: router({ '@type': 'stackdriver' }), found: ['stackdriver'] },
    'an external host': {
      properties: router({ Name: 'http', host: 'logs.vendor.example' }),
      found: ['logs.vendor.example'],
      level: 'unresolved',
    },
    'one of several brokers': {
      properties: router({
        Name: 'kafka',
        Brokers: 'b-1.x.kafka.eu-central-1.amazonaws.com:9092,broker.example.com:9092',
      }),
      found: ['broker.example.com'],
      level: 'unresolved',
    },
    'a host known only at deployment': {
      properties: router({ Name: 'http', Host: { Ref: 'Open' } }),
      found: [`${OPTIONS}/Host`],
      level: 'unresolved',
    },
    'an output known only at deployment': {
      properties: router({ Name: { Ref: 'Open' } }),
      found: [`${OPTIONS}/Name`],
      level: 'unresolved',
    },
    'a driver known only at deployment, with the address of one': {
      properties: task({ Ref: 'Open' }, { 'splunk-url': 'https://splunk.example.com' }),
      found: ['splunk.example.com'],
      level: 'unresolved',
    },
    'all of it known only at deployment': {
      properties: { ContainerDefinitions: [{ LogConfiguration: { Ref: 'Open' } }] },
      found: ['/Properties/ContainerDefinitions/0/LogConfiguration'],
      level: 'unresolved',
    },
  },
});

testRule(logRouter, {
  type: 'AWS::Batch::JobDefinition',
  compliant: { 'no logs': { ContainerProperties: { Image: 'app' } } },
  violating: {
    'a job of several containers': {
      properties: {
        EcsProperties: {
          TaskProperties: [{ Containers: [container('gelf', { 'gelf-address': 'udp://a.example.com' })] }],
        },
        NodeProperties: {
          NodeRangeProperties: [
            {
              EcsProperties: {
                TaskProperties: [{ Containers: [container('gelf', { 'gelf-address': 'udp://b.example.com' })] }],
              },
            },
          ],
        },
      },
      found: ['a.example.com', 'b.example.com'],
      level: 'unresolved',
    },
    "a job that logs to a third party's bucket": {
      properties: {
        ContainerProperties: container('splunk', { 'splunk-url': 'https://splunk.example.com' }),
        NodeProperties: {
          NodeRangeProperties: [{ Container: container('gelf', { 'gelf-address': 'udp://g.example.com' }) }],
        },
      },
      found: ['splunk.example.com', 'g.example.com'],
      level: 'unresolved',
    },
  },
});
