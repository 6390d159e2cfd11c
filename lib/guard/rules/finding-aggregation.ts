import type { ResourceRule } from '../rule/rule';
import { knownText, whyUnknown } from '../template/resource';

export const findingAggregation: ResourceRule = {
  id: 'finding-aggregation',
  title: 'Security Hub links only Regions inside the boundary',
  why: 'It sends updates of findings, such as notes, back from the home Region to the linked Region of the finding.',
  fix: 'Set RegionLinkingMode to SPECIFIED_REGIONS, and name Regions inside the boundary; collect findings of other Regions there.',
  source: 'https://docs.aws.amazon.com/securityhub/latest/userguide/security-hub-region-aggregation.html',
  appliesTo: ['AWS::SecurityHub::AggregatorV2', 'AWS::SecurityHub::FindingAggregator'],

  *check(resource) {
    for (const { path, value } of resource.select('RegionLinkingMode')) {
      const mode = knownText(value);
      if (mode === undefined) {
        yield { path, level: 'unresolved', detail: `the linked Regions can't be decided: ${whyUnknown(value)}` };
      } else if (mode.startsWith('ALL_REGIONS')) {
        yield { path, value: mode, detail: 'Regions outside the boundary are linked too' };
      }
    }
  },
};
