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
