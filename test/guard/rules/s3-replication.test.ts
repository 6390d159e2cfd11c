import { s3Replication } from '@/lib/guard/rules/s3-replication';
import { testRule } from './rule-tester';

const to = (Bucket: unknown) => ({ ReplicationConfiguration: { Role: 'r', Rules: [{ Destination: { Bucket } }] } });
const DESTINATION = '/Properties/ReplicationConfiguration/Rules/0/Destination/Bucket';

testRule(s3Replication, {
  template: {
    Resources: {
      Custom: { Type: 'Custom::X' },
      Replica: { Type: 'AWS::S3::Bucket' },
      Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'named' } },
    },
    Parameters: { Target: { Type: 'String' } },
  },
  compliant: {
    'no replication': { BucketName: 'b' },
    'a bucket of the same template': to({ 'Fn::GetAtt': ['Replica', 'Arn'] }),
    'a bucket of the same template by its name': to('arn:aws:s3:::named'),
  },
  violating: {
    'a bucket known only by name': {
      properties: to('arn:aws:s3:::other'),
      found: ['other'],
      level: 'unresolved',
    },
    "a custom resource's output": {
      properties: to({ 'Fn::GetAtt': ['Custom', 'Arn'] }),
      found: [DESTINATION],
      level: 'unresolved',
    },
    'a bucket that the template does not have': {
      properties: to({ 'Fn::GetAtt': ['Nobody', 'Arn'] }),
      found: [DESTINATION],
      level: 'unresolved',
    },
    'a bucket given by a parameter': { properties: to({ Ref: 'Target' }), found: [DESTINATION], level: 'unresolved' },
    'rules known only at deployment': {
      properties: { ReplicationConfiguration: { Rules: { Ref: 'Target' } } },
      found: ['/Properties/ReplicationConfiguration/Rules'],
      level: 'unresolved',
    },
  },
});
