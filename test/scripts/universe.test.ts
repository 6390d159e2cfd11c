import { knownProperties } from '@/scripts/universe/property-paths';
import { unclassified } from '@/scripts/universe/unclassified';

const known = knownProperties();

test('every type and every location-like property that the installed packages know is classified', () => {
  expect(unclassified(known)).toEqual({ types: [], properties: [] });
});

test('the universe is the specification together with what only aws-cdk-lib knows', () => {
  expect(known.size).toBeGreaterThanOrEqual(1912);
  expect(known.get('AWS::Lambda::WebFunction')).toBeDefined();
});

test('a new type and a new exit of an old type are named', () => {
  const grown = new Map([
    ['AWS::New::Thing', ['/Name']],
    ['AWS::S3::Bucket', ['/BucketName', '/CopyToRegion', '/Mirrors/*/TargetRegions/*']],
  ]);
  expect(unclassified(grown)).toEqual({
    types: ['AWS::New::Thing'],
    properties: ['AWS::S3::Bucket/CopyToRegion', 'AWS::S3::Bucket/Mirrors/*/TargetRegions/*'],
  });
});
