import type { ResourceRule } from '../rule/rule';
import { isOn, knownText } from '../template/resource';

const RULES = [['Rule', 'AllRegions']];

/** The properties by which each type collects from every Region. */
const COLLECTS: Record<string, string[][]> = {
  'AWS::CloudTrail::Trail': [['IsMultiRegionTrail'], ['IncludeGlobalServiceEvents'], ['IsOrganizationTrail']],
  'AWS::CloudTrail::EventDataStore': [['MultiRegionEnabled'], ['OrganizationEnabled']],
  'AWS::Config::ConfigurationAggregator': [
    ['AccountAggregationSources', '*', 'AllAwsRegions'],
    ['OrganizationAggregationSource', 'AllAwsRegions'],
  ],
  'AWS::SSM::ResourceDataSync': [['SyncSource', 'IncludeFutureRegions']],
  'AWS::ResourceExplorer2::Index': [['Type']],
  'AWS::ObservabilityAdmin::TelemetryRule': RULES,
  'AWS::ObservabilityAdmin::OrganizationTelemetryRule': RULES,
};

export const inboundAggregation: ResourceRule = {
  id: 'inbound-aggregation',
  title: 'Collection from other Regions is reported',
  why: 'It brings data from other Regions into this one; none leaves a Region inside the boundary.',
  fix: 'No action is needed. To narrow it, list the Regions to collect from.',
  source:
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html',
  appliesTo: Object.keys(COLLECTS),

  *check(resource) {
    for (const path of COLLECTS[resource.type] ?? []) {
      for (const { path: pointer, value } of resource.select(...path)) {
        if (isOn(value) || /^AGGREGATOR/.test(knownText(value) ?? '')) {
          yield { path: pointer, value: String(value), level: 'info', detail: 'other Regions send data here' };
        }
      }
    }
  },
};
