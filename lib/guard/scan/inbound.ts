import type { Resource } from '../template/resource';

/** Properties that list the Regions from which a type collects data, or from which it doesn't: no data goes there. */
const INBOUND = new Map(
  Object.entries({
    'AWS::Config::ConfigurationAggregator':
      /^(?:AccountAggregationSources\/\d+|OrganizationAggregationSource)\/AwsRegions$/,
    'AWS::ObservabilityAdmin::OrganizationCentralizationRule': /^Rule\/Source\/Regions$/,
    'AWS::S3::StorageLens': /^StorageLensConfiguration\/(?:Include|Exclude)\/Regions$/,
    'AWS::SSM::ResourceDataSync': /^SyncSource\/SourceRegions$/,
  }),
);

/** The path of a list, from the path of the list or of one of its items. */
const listOf = (path: string) => path.replace(/^\/Properties\/|\/\d+$/g, '');

/** Whether a property only lists Regions that data is collected from. */
export const isInbound = (type: string, path: string): boolean => INBOUND.get(type)?.test(listOf(path)) === true;

/**
 * Whether a property only lists Regions that Security Hub doesn't link, which the mode decides; the rule `finding-aggregation` refuses
 * the mode itself.
 */
export const isExcluded = (resource: Resource, path: string): boolean =>
  resource.type.startsWith('AWS::SecurityHub::') &&
  /^(?:Linked)?Regions$/.test(listOf(path)) &&
  String(resource.select('RegionLinkingMode').map(({ value }) => value)) === 'ALL_REGIONS_EXCEPT_SPECIFIED';
