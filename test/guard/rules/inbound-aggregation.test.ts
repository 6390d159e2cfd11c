import { inboundAggregation } from '@/lib/guard/rules/inbound-aggregation';
import { findingsOf } from './rule-tester';

test.each([
  ['AWS::CloudTrail::Trail', { IsMultiRegionTrail: true }, 1],
  ['AWS::CloudTrail::Trail', { IsMultiRegionTrail: false }, 0],
  ['AWS::Config::ConfigurationAggregator', { AccountAggregationSources: [{ AllAwsRegions: true }] }, 1],
  ['AWS::ResourceExplorer2::Index', { Type: 'AGGREGATOR' }, 1],
  ['AWS::ResourceExplorer2::Index', { Type: 'LOCAL' }, 0],
])('%s with %j has %d informational findings', (type, properties, count) => {
  expect(findingsOf(inboundAggregation, properties, { type }).map((finding) => finding.level)).toEqual(
    Array(count).fill('info'),
  );
});
