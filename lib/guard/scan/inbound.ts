import { knownText, type Resource } from '../template/resource';

/** Properties that list the Regions from which a type collects data, or from which it doesn't: no data goes there. */
const INBOUND: Readonly<Record<string, RegExp>> = {
  'AWS::Config::ConfigurationAggregator':
    /^\/Properties\/(?:AccountAggregationSources\/\d+|OrganizationAggregationSource)\/AwsRegions(?:\/\d+)?$/,
  'AWS::ObservabilityAdmin::OrganizationCentralizationRule': /^\/Properties\/Rule\/Source\/Regions(?:\/\d+)?$/,
  'AWS::S3::StorageLens': /^\/Properties\/StorageLensConfiguration\/(?:Include|Exclude)\/Regions(?:\/\d+)?$/,
  'AWS::SSM::ResourceDataSync': /^\/Properties\/SyncSource\/SourceRegions(?:\/\d+)?$/,
};

/** Whether a property only lists Regions that data is collected from. */
export const isInbound = (type: string, path: string): boolean =>
  Object.hasOwn(INBOUND, type) && INBOUND[type]?.test(path) === true;

/** Lists of the Regions that Security Hub links, or of those that it doesn't link: the mode decides which. */
const LINKED: Readonly<Record<string, RegExp>> = {
  'AWS::SecurityHub::AggregatorV2': /^\/Properties\/LinkedRegions(?:\/\d+)?$/,
  'AWS::SecurityHub::FindingAggregator': /^\/Properties\/Regions(?:\/\d+)?$/,
};

/** Whether a property only lists Regions that aren't linked; the rule `finding-aggregation` refuses the mode itself. */
export function isExcluded(resource: Resource, path: string): boolean {
  if (!Object.hasOwn(LINKED, resource.type) || LINKED[resource.type]?.test(path) !== true) return false;
  const modes = resource.select('RegionLinkingMode');
  return modes.length > 0 && modes.every(({ value }) => knownText(value) === 'ALL_REGIONS_EXCEPT_SPECIFIED');
}
