import { findingAggregation } from '@/lib/guard/rules/finding-aggregation';
import { testRule } from './rule-tester';

for (const type of ['AWS::SecurityHub::FindingAggregator', 'AWS::SecurityHub::AggregatorV2']) {
  testRule(findingAggregation, {
    type,
    template: { Parameters: { Mode: { Type: 'String' } } },
    compliant: {
      'Regions of the EU': { RegionLinkingMode: 'SPECIFIED_REGIONS', Regions: ['eu-west-1'] },
      'no other Region': { RegionLinkingMode: 'NO_REGIONS' },
    },
    violating: {
      'every Region': { properties: { RegionLinkingMode: 'ALL_REGIONS' }, found: ['ALL_REGIONS'] },
      'every Region but some': {
        properties: { RegionLinkingMode: 'ALL_REGIONS_EXCEPT_SPECIFIED' },
        found: ['ALL_REGIONS_EXCEPT_SPECIFIED'],
      },
      'a mode that only the deployment decides': {
        properties: { RegionLinkingMode: { Ref: 'Mode' } },
        found: ['/Properties/RegionLinkingMode'],
        level: 'unresolved',
      },
    },
  });
}
