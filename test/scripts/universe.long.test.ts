import { knownProperties } from '@/scripts/universe/property-paths';
import { unclassified } from '@/scripts/universe/unclassified';

const known = knownProperties();

test('every type and every location-like property of the installed packages is classified', () => {
  expect(unclassified(known)).toEqual({ types: [], properties: [] });
});

test('the universe contains the specification and the types that only aws-cdk-lib has', () => {
  expect(known.size).toBeGreaterThanOrEqual(1912);
  expect(known.get('AWS::Lambda::WebFunction')).toBeDefined();
});

test('a new type and a new location-like property of a known type are reported', () => {
  const grown = new Map([
    ['AWS::New::Thing', ['/Name']],
    ['AWS::S3::Bucket', ['/BucketName', '/CopyToRegion', '/Mirrors/*/TargetRegions/*']],
  ]);
  expect(unclassified(grown)).toEqual({
    types: ['AWS::New::Thing'],
    properties: ['AWS::S3::Bucket/CopyToRegion', 'AWS::S3::Bucket/Mirrors/*/TargetRegions/*'],
  });
});

test.each([
  '/Copies/S3Location/Uri',
  '/ExportPath',
  '/CopyDestination',
  '/ResultConfiguration/Directory',
  '/Mirror/BucketName',
])('a new property that names a bucket is reported: %s', (pointer) => {
  expect(unclassified(new Map([['AWS::Athena::WorkGroup', [pointer]]])).properties).toEqual([
    `AWS::Athena::WorkGroup${pointer}`,
  ]);
});

test('it is not enough that the text of a property that names a bucket is scanned', () => {
  const [bucket, scanned] = ['/IntermediateBucketName', '/RecordMapping'];
  const classes = new Map([
    [
      'AWS::New::Thing',
      new Map([
        [bucket, 'scan'],
        [scanned, 'scan'],
      ]),
    ],
  ]);
  const known = new Map([['AWS::New::Thing', [bucket, scanned]]]);
  expect(unclassified(known, classes).properties).toEqual([`AWS::New::Thing${bucket}`]);
});
