import type { ResourceRule } from '../rule/rule';
import { isOn, knownText } from '../template/resource';

/** Where each type collects from every Region. */
const COLLECTS: Record<string, string[][]> = {
  'AWS::CloudTrail::Trail': [['IsMultiRegionTrail'], ['IncludeGlobalServiceEvents'], ['IsOrganizationTrail']],
  'AWS::CloudTrail::EventDataStore': [['MultiRegionEnabled'], ['OrganizationEnabled']],
  'AWS::Config::ConfigurationAggregator': [
    ['AccountAggregationSources', '*', 'AllAwsRegions'],
    ['OrganizationAggregationSource', 'AllAwsRegions'],
  ],
  'AWS::SSM::ResourceDataSync': [['SyncSource', 'IncludeFutureRegions']],
  'AWS::SecurityHub::FindingAggregator': [['RegionLinkingMode']],
  'AWS::SecurityHub::AggregatorV2': [['RegionLinkingMode']],
  'AWS::ResourceExplorer2::Index': [['Type']],
  'AWS::ObservabilityAdmin::TelemetryRule': [['Rule', 'AllRegions']],
  'AWS::ObservabilityAdmin::OrganizationTelemetryRule': [['Rule', 'AllRegions']],
};

export const inboundAggregation: ResourceRule = {
  id: 'inbound-aggregation',
  title: 'What collects from other Regions is known',
  why: 'It brings data of other Regions here: nothing of this Region leaves, as long as this Region is inside.',
  fix: 'Nothing has to be done; name the Regions that are collected from if you want it narrower.',
  source:
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html',
  appliesTo: Object.keys(COLLECTS),

  *check(resource) {
    for (const path of COLLECTS[resource.type] ?? []) {
      for (const { path: pointer, value } of resource.select(...path)) {
        if (isOn(value) || /^(?:ALL_REGIONS|AGGREGATOR)/.test(knownText(value) ?? '')) {
          yield {
            path: pointer,
            value: String(value),
            level: 'info',
            detail: 'data of other Regions is collected here',
          };
        }
      }
    }
  },
};
