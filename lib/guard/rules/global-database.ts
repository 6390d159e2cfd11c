import type { ResourceRule } from '../rule/rule';
import { Reference, Unresolved } from '../template/node';
import { isOn, knownText, type Selected } from '../template/resource';

/** The property by which each type joins a database that spans Regions. */
const MEMBERSHIP: Record<string, string> = {
  'AWS::RDS::DBCluster': 'GlobalClusterIdentifier',
  'AWS::DocDB::DBCluster': 'GlobalClusterIdentifier',
  'AWS::Neptune::DBCluster': 'GlobalClusterIdentifier',
  'AWS::ElastiCache::ReplicationGroup': 'GlobalReplicationGroupId',
  'AWS::MemoryDB::Cluster': 'MultiRegionClusterName',
};

export const globalDatabase: ResourceRule = {
  id: 'global-database',
  title: 'A database joins only a global database whose members are in this app',
  why: "A global database copies every write to each of its Regions, and its name doesn't reveal them.",
  fix: 'Remove the membership, or define the global database and all its members in this app.',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html',
  appliesTo: Object.keys(MEMBERSHIP),

  *check(resource) {
    const property = MEMBERSHIP[resource.type] as string;
    yield* resource.select(property).flatMap(unknownMembers);
    for (const { path, value } of resource.select('EnableGlobalWriteForwarding')) {
      const detail = 'writes are forwarded to the primary Region, wherever that is';
      if (isOn(value)) yield { path, value: String(value), detail };
      else if (knownText(value) === undefined) {
        const why = value instanceof Unresolved ? `: ${value.reason}` : '';
        yield { path, level: 'unresolved', detail: `it can't be decided whether ${detail}${why}` };
      }
    }
  },
};

function unknownMembers({ path, value }: Selected) {
  // A global database in the same app is checked with all its members.
  if (value instanceof Reference && /Global|MultiRegion/.test(value.type ?? '')) return [];
  const name = knownText(value);
  return [
    {
      path,
      level: 'unresolved' as const,
      ...(name && { value: name }),
      detail: 'the cluster is a member of a global database',
    },
  ];
}
