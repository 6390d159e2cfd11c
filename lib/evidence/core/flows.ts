import { parseArn } from '../../boundary/arn-parts';
import { placeProperties } from '../../guard/places/place-properties';
import { Reference } from '../../guard/template/node';
import { knownText } from '../../guard/template/resource';
import type { Placed } from '../../report/access/assembly';
import { type EvidenceContext, pointerTo } from './context';
import type { FlowRow, ModelRow } from './evidence';
import { placeVerdict, UNKNOWN_REGION } from './place';
import { idOf, rowOf } from './row';

type Kind = FlowRow['kind'];

const REACH = 'Data may reach';

/** From a Region to each Region that its data may reach. */
export function flowRows(models: readonly ModelRow[], context: EvidenceContext): FlowRow[] {
  return [
    ...inferenceFlows(models, context),
    ...context.assembly.resources.flatMap((placed) => flowsOf(placed, context)),
  ];
}

/** From the Region of a gateway to each that may process a request. */
function inferenceFlows(models: readonly ModelRow[], context: EvidenceContext): FlowRow[] {
  return models.flatMap((model) =>
    model.regions
      .filter((to) => to !== model.sourceRegion)
      .map((to) => {
        const { stack, gateway, destination, sourceRegion: from, pointer } = model;
        const verdict = { ...placeVerdict('flow.place', to, stack, context, REACH), basis: model.processedIn.basis };
        return {
          ...rowOf(idOf('flow', 'inference', stack, gateway, destination, to), verdict, pointer, context),
          kind: 'inference' as const,
          from,
          to,
        };
      }),
  );
}

/** What a resource sends to another Region, by the Regions that its properties name. */
function flowsOf(placed: Placed, context: EvidenceContext): FlowRow[] {
  const found: [Kind, string][] = [
    ...placeProperties(placed.resource, 'region').map(({ value }): [Kind, string] => [
      REPLICATES.test(placed.resource.type) ? 'replication' : 'other',
      knownText(value) ?? UNKNOWN_REGION,
    ]),
    ...bucketReplicas(placed, context).map((to): [Kind, string] => ['replication', to]),
    ...keySources(placed, context).map((from): [Kind, string] => ['key copy', from]),
  ];
  return [...new Map(found.map((one) => [one.join(), one])).values()]
    .filter(([, region]) => region !== placed.region)
    .map(([kind, other]) => {
      // A replica key names its primary; everything else names where it sends.
      const [from, to] = kind === 'key copy' ? [other, placed.region] : [placed.region, other];
      const pointer = pointerTo(placed, context);
      const verdict = placeVerdict('flow.place', to, placed.stack, context, REACH);
      return {
        ...rowOf(idOf('flow', kind, placed.stack, `${pointer.construct}`, other), verdict, pointer, context),
        kind,
        from,
        to,
      };
    });
}

/** Types whose Regions are those of copies of their content. */
const REPLICATES =
  /^AWS::(?:Cassandra::(?:Keyspace|Table)|Cognito::UserPoolReplica|DLM::LifecyclePolicy|DSQL::Cluster|DynamoDB::GlobalTable|ECR::ReplicationConfiguration|EFS::FileSystem|ElastiCache::GlobalReplicationGroup|RDS::DB(?:Cluster|Instance)|Redshift::Cluster|RedshiftServerless::Namespace|S3::MultiRegionAccessPoint|SecretsManager::Secret)$/;

/** The Regions of the buckets to which a bucket is replicated. */
function bucketReplicas({ stack, resource }: Placed, { assembly }: EvidenceContext): string[] {
  if (resource.type !== 'AWS::S3::Bucket') return [];
  return resource
    .select('ReplicationConfiguration', 'Rules', '*', 'Destination', 'Bucket')
    .map(({ value }) => (value instanceof Reference && assembly.find(value, stack)?.region) || UNKNOWN_REGION);
}

/** The Region of the key that a replica key copies. */
function keySources({ stack, resource }: Placed, { assembly }: EvidenceContext): string[] {
  if (resource.type !== 'AWS::KMS::ReplicaKey') return [];
  return resource.select('PrimaryKeyArn').map(({ value }) => {
    if (value instanceof Reference) return assembly.find(value, stack)?.region ?? UNKNOWN_REGION;
    return parseArn(knownText(value) ?? '')?.region || UNKNOWN_REGION;
  });
}
