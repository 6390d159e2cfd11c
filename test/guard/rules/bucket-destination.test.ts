import { bucketDestination } from '../../../lib/guard/rules/bucket-destination';
import { findingsOf, testRule } from './rule-tester';

const logs = (DestinationBucketName: unknown) => ({ LoggingConfiguration: { DestinationBucketName } });
const POINTER = '/Properties/LoggingConfiguration/DestinationBucketName';

testRule(bucketDestination, {
  type: 'AWS::S3::Bucket',
  template: { Parameters: { Open: { Type: 'String' } }, Resources: { Logs: { Type: 'AWS::S3::Bucket' } } },
  compliant: {
    'a bucket of the app': logs({ Ref: 'Logs' }),
    'a bucket named after the account': logs({ 'Fn::Sub': 'logs-${AWS::AccountId}-${AWS::Region}' }),
    'no logs': {},
  },
  violating: {
    'a bucket of which only the name is known': {
      properties: logs('central-logs'),
      found: ['central-logs'],
      level: 'unresolved',
    },
    'a bucket of the account in some Region': {
      properties: logs({ 'Fn::Sub': 'logs-${AWS::AccountId}' }),
      found: ['logs-…'],
      level: 'unresolved',
    },
    'one given at deploy': { properties: logs({ Ref: 'Open' }), found: [POINTER], level: 'unresolved' },
  },
});

testRule(bucketDestination, {
  type: 'AWS::Athena::WorkGroup',
  compliant: {},
  violating: {
    'a result location': {
      properties: { WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: 's3://results/athena/' } } },
      found: ['results'],
      level: 'unresolved',
    },
  },
});

test.each([
  ['inside', 'DE', []],
  ['outside', 'US', ['block']],
])('a bucket declared %s', (_, country, expected) => {
  const rows = { type: 'AWS::S3::Bucket', places: [{ bucket: 'central-*', country, reason: 'ours' }] };
  expect(findingsOf(bucketDestination, logs('central-logs'), rows).map((finding) => finding.level)).toEqual(expected);
});
