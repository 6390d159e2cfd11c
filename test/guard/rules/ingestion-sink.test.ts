import { ingestionSink } from '@/lib/guard/rules/ingestion-sink';
import { testRule } from './rule-tester';

const pipeline = (sink: string, source = 'http: { path: /logs }') => ({
  PipelineConfigurationBody: { 'Fn::Sub': `version: "2"\nlogs:\n  source:\n    ${source}\n  sink:\n    - ${sink}\n` },
});
const BODY = '/Properties/PipelineConfigurationBody';

testRule(ingestionSink, {
  template: {
    Parameters: { Open: { Type: 'String' } },
    Resources: { Domain: { Type: 'AWS::OpenSearchService::Domain' }, Archive: { Type: 'AWS::S3::Bucket' } },
  },
  places: [{ host: '*.example.de', country: 'DE', reason: 'our own' }],
  compliant: {
    'a domain in the app': pipeline('opensearch: { hosts: [ "https://${Domain.DomainEndpoint}" ], index: logs }'),
    'a domain of the Region': pipeline('opensearch: { hosts: [ "https://search-x.eu-central-1.es.amazonaws.com" ] }'),
    'a bucket in the app': pipeline('s3: { bucket: "${Archive}", aws: { region: "${AWS::Region}" } }'),
    'a declared host': pipeline('opensearch: { hosts: [ "https://search.example.de" ] }'),
    'a host that is only read from': pipeline(
      's3: { bucket: "${Archive}" }',
      'opensearch: { hosts: [ "https://old.example.com" ] }',
    ),
  },
  violating: {
    'an external host': {
      properties: pipeline('opensearch: { hosts: [ "https://search.example.com" ] }'),
      found: ['search.example.com'],
      level: 'unresolved',
    },
    "a third party's bucket": {
      properties: pipeline('s3: { bucket: archive }'),
      found: ['archive'],
      level: 'unresolved',
    },
    'a host known only at deployment': {
      properties: pipeline('opensearch: { hosts: [ "https://${Open}" ] }'),
      found: ['https://<unresolved>'],
      level: 'unresolved',
    },
    'dead letters to an external host': {
      properties: pipeline(
        'opensearch: { hosts: [ "https://${Domain.DomainEndpoint}" ], dlq: { s3: { bucket: dead } } }',
      ),
      found: ['dead'],
      level: 'unresolved',
    },
    'a definition known only at deployment': {
      properties: { PipelineConfigurationBody: { Ref: 'Open' } },
      found: [BODY],
      level: 'unresolved',
    },
    'a definition that is no YAML': {
      properties: { PipelineConfigurationBody: '{ a: [' },
      found: [BODY],
      level: 'unresolved',
    },
  },
});
