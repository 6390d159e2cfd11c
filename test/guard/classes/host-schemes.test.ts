import { testClass } from './test-class';

const channel = (Url: unknown, around?: Readonly<Record<string, unknown>>) => ({
  type: 'AWS::MediaLive::Channel',
  properties: { Destinations: [{ Id: 'out', Settings: [{ Url }] }] },
  around: {
    Parameters: { Empty: { Type: 'String', Default: '' }, Open: { Type: 'String' } },
    Resources: { Own: { Type: 'AWS::S3::Bucket' } },
    ...around,
  },
});

testClass('schemes that are no hosts', {
  leaks: {
    'a foreign bucket over TLS': channel('s3ssl://partner-lake/live'),
    'a foreign bucket': channel('s3://partner-lake/live'),
    'a bucket that only the deployment decides': channel({ 'Fn::Sub': 's3ssl://${Open}/live' }),
    'a foreign host over TLS': channel('https://ingest.vendor.example/live'),
    'a foreign host over RTMP': channel('rtmp://ingest.vendor.example/live'),
    'a foreign host over RTMPS': channel('rtmps://ingest.vendor.example/live'),
    'a foreign host for MediaStore': channel('mediastoressl://ingest.vendor.example/live'),
    'a foreign address over UDP': channel('udp://203.0.113.9:5000'),
    'a store in Virginia': channel('mediastoressl://c.data.mediastore.us-east-1.amazonaws.com/live'),
    'a host that is called like a scheme': channel('s3ssl'),
    'a host behind a scheme without slashes': channel('https:ingest.vendor.example'),
    'a host behind three slashes, which HTTP clients read as two': channel('https:///ingest.vendor.example/live'),
    'a bucket in an upper-case scheme': channel('S3SSL://partner-lake/live'),
  },
  nearMisses: {
    'an own bucket over TLS': channel({ 'Fn::Sub': 's3ssl://${Own}/live' }),
    'an own bucket': channel({ 'Fn::Sub': 's3://${Own}/live' }),
    'a bucket whose default is empty': channel({ 'Fn::Sub': 's3ssl://${Empty}/live' }),
    'a store whose default is empty': channel({ 'Fn::Sub': 'mediastoressl://${Empty}/live' }),
    'a store in Frankfurt': channel('mediastoressl://c.data.mediastore.eu-central-1.amazonaws.com/live'),
    'a private address': channel('udp://10.0.3.4:5000'),
  },
});
