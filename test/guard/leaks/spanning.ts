import { AWS_DOCS, type Samples } from './leak';

const REFERENCE = `${AWS_DOCS}/AWSCloudFormation/latest/TemplateReference`;
const NOT_GIVEN = { Parameters: { Given: { Type: 'String' } } };
const given = { Ref: 'Given' };
const instance = 'arn:aws:connect:eu-central-1:111122223333:instance/i';
const bus = (region: string) => `arn:aws:events:${region}:111122223333:event-bus/orders`;
const endpoint = (other: unknown, route: unknown) => ({
  Name: 'e',
  EventBuses: [{ EventBusArn: bus('eu-central-1') }, { EventBusArn: other }],
  RoutingConfig: { FailoverConfig: { Primary: { HealthCheck: 'h' }, Secondary: { Route: route } } },
});
const network = (...locations: unknown[]) => ({
  GlobalNetworkId: 'g',
  PolicyDocument: {
    version: '2021.12',
    'core-network-configuration': {
      'asn-ranges': ['64512-65534'],
      'edge-locations': locations.map((location) => ({ location })),
    },
    segments: [{ name: 'main' }],
  },
});
const replicator = (arn: unknown) => ({
  ReplicatorName: 'r',
  KafkaClusters: [
    { AmazonMskCluster: { MskClusterArn: 'arn:aws:kafka:eu-central-1:111122223333:cluster/a/1' } },
    { AmazonMskCluster: { MskClusterArn: arn } },
  ],
});

/** Resources that span Regions: those that name a Region outside, and those whose Regions the template doesn't show. */
export const SPANNING_LEAKS: Samples = {
  'contacts of Frankfurt are distributed to its replica in London': {
    source: `${AWS_DOCS}/connect/latest/adminguide/setup-connect-global-resiliency.html`,
    type: 'AWS::Connect::TrafficDistributionGroup',
    properties: { InstanceArn: instance, Name: 'g' },
  },
  'contacts of an instance in the app are distributed to a replica': {
    source: `${AWS_DOCS}/connect/latest/adminguide/setup-traffic-distribution-groups.html`,
    type: 'AWS::Connect::TrafficDistributionGroup',
    properties: { InstanceArn: { 'Fn::GetAtt': ['Instance', 'Arn'] }, Name: 'g' },
    around: { Resources: { Instance: { Type: 'AWS::Connect::Instance' } } },
  },
  'events fail over to a bus that only the deployment names': {
    source: `${REFERENCE}/aws-properties-events-endpoint-endpointeventbus.html`,
    type: 'AWS::Events::Endpoint',
    properties: endpoint(given, 'eu-west-1'),
    around: NOT_GIVEN,
  },
  'events fail over to a Region that only the deployment names': {
    source: `${REFERENCE}/aws-properties-events-endpoint-secondary.html`,
    type: 'AWS::Events::Endpoint',
    properties: endpoint(bus('eu-west-1'), given),
    around: NOT_GIVEN,
  },
  'events fail over to Virginia': {
    source: `${REFERENCE}/aws-resource-events-endpoint.html`,
    type: 'AWS::Events::Endpoint',
    properties: endpoint(bus('us-east-1'), 'us-east-1'),
  },
  'a replica key of a key that only the deployment names': {
    source: `${REFERENCE}/aws-resource-kms-replicakey.html`,
    type: 'AWS::KMS::ReplicaKey',
    properties: { KeyPolicy: {}, PrimaryKeyArn: given },
    around: NOT_GIVEN,
  },
  'a replica key of a key in Virginia': {
    source: `${REFERENCE}/aws-resource-kms-replicakey.html`,
    type: 'AWS::KMS::ReplicaKey',
    properties: { KeyPolicy: {}, PrimaryKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/mrk-1' },
  },
  'topics are replicated to a cluster that only the deployment names': {
    source: `${REFERENCE}/aws-properties-msk-replicator-amazonmskcluster.html`,
    type: 'AWS::MSK::Replicator',
    properties: replicator(given),
    around: NOT_GIVEN,
  },
  'topics are replicated to a cluster in Oregon': {
    source: `${REFERENCE}/aws-resource-msk-replicator.html`,
    type: 'AWS::MSK::Replicator',
    properties: replicator('arn:aws:kafka:us-west-2:111122223333:cluster/b/1'),
  },
  'a core network with an edge location that only the deployment names': {
    source: `${AWS_DOCS}/network-manager/latest/cloudwan/cloudwan-policies-json.html`,
    type: 'AWS::NetworkManager::CoreNetwork',
    properties: network('eu-central-1', given),
    around: NOT_GIVEN,
  },
  'a core network whose whole policy only the deployment names': {
    source: `${REFERENCE}/aws-resource-networkmanager-corenetwork.html`,
    type: 'AWS::NetworkManager::CoreNetwork',
    properties: { GlobalNetworkId: 'g', PolicyDocument: given },
    around: NOT_GIVEN,
  },
  'a core network with an edge location in Virginia': {
    source: `${REFERENCE}/aws-resource-networkmanager-corenetwork.html`,
    type: 'AWS::NetworkManager::CoreNetwork',
    properties: network('eu-central-1', 'us-east-1'),
  },
  'a peering with a transit gateway that only the deployment names': {
    source: `${REFERENCE}/aws-resource-networkmanager-transitgatewaypeering.html`,
    type: 'AWS::NetworkManager::TransitGatewayPeering',
    properties: { CoreNetworkId: 'c', TransitGatewayArn: given },
    around: NOT_GIVEN,
  },
  'players are placed in a fleet that only the deployment names': {
    source: `${REFERENCE}/aws-properties-gamelift-gamesessionqueue-gamesessionqueuedestination.html`,
    type: 'AWS::GameLift::GameSessionQueue',
    properties: { Name: 'q', Destinations: [{ DestinationArn: given }] },
    around: NOT_GIVEN,
  },
};

/** Resources that span Regions and name only Regions inside the boundary, or none. */
export const SPANNING_NEAR_MISSES: Samples = {
  'events fail over to Ireland': {
    source: `${REFERENCE}/aws-resource-events-endpoint.html`,
    type: 'AWS::Events::Endpoint',
    properties: endpoint(bus('eu-west-1'), 'eu-west-1'),
  },
  'a replica key of a key in Ireland': {
    source: `${REFERENCE}/aws-resource-kms-replicakey.html`,
    type: 'AWS::KMS::ReplicaKey',
    properties: { KeyPolicy: {}, PrimaryKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1' },
  },
  'topics are replicated to a cluster in Ireland': {
    source: `${REFERENCE}/aws-resource-msk-replicator.html`,
    type: 'AWS::MSK::Replicator',
    properties: replicator('arn:aws:kafka:eu-west-1:111122223333:cluster/b/1'),
  },
  'a core network with edge locations in the EU': {
    source: `${REFERENCE}/aws-resource-networkmanager-corenetwork.html`,
    type: 'AWS::NetworkManager::CoreNetwork',
    properties: network('eu-central-1', 'eu-west-1', { Ref: 'AWS::Region' }),
  },
  'a peering with a transit gateway in the EU': {
    source: `${REFERENCE}/aws-resource-networkmanager-transitgatewaypeering.html`,
    type: 'AWS::NetworkManager::TransitGatewayPeering',
    properties: {
      CoreNetworkId: 'c',
      TransitGatewayArn: 'arn:aws:ec2:eu-west-1:111122223333:transit-gateway/tgw-1',
    },
  },
  'a queue of players with a fleet of the app': {
    source: `${REFERENCE}/aws-resource-gamelift-gamesessionqueue.html`,
    type: 'AWS::GameLift::GameSessionQueue',
    properties: { Name: 'q', Destinations: [{ DestinationArn: { 'Fn::GetAtt': ['Fleet', 'FleetArn'] } }] },
    around: { Resources: { Fleet: { Type: 'AWS::GameLift::Fleet' } } },
  },
};
