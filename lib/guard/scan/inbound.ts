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
