import { ABSENT, type Context } from '../../calls/row';
import { allowed, denied, inAws, type Request, type Row } from '../row';

const FUNCTION = 'arn:{partition}:lambda:{region}:{account}:function:sample';
const SUBNET = 'arn:{partition}:ec2:{region}:{account}:subnet/subnet-0123456789abcdef0';
const VOLUME = 'arn:{partition}:ec2:{region}:{account}:volume/vol-0123456789abcdef0';
const SNAPSHOT = 'arn:{partition}:ec2:{region}::snapshot/snap-0123456789abcdef0';
const OUTPOST = 'arn:{partition}:outposts:{region}:{account}:outpost/op-0123456789abcdef0';
const DIRECTORY = 'arn:{partition}:s3express:{region}:{account}:bucket/sample--euc1-ist1-az1--x-s3';
const SECRET = 'arn:{partition}:secretsmanager:{region}:{account}:secret:sample-aB3dE6';
const APIS = 'arn:{partition}:apigateway:{region}::/restapis';
const RULE = 'arn:{partition}:events:{region}:{account}:rule/sample';
const MRAP = 'arn:{partition}:s3::{account}:accesspoint/sample.mrap';

const one = (name: string, action: string, on: string, context: Context, more: Partial<Request> = {}): Request => ({
  name,
  action,
  on,
  context,
  ...more,
});

const bus = (region: string): string => `arn:{partition}:events:${region}:{account}:event-bus/default`;

/** Targets of a rule that are outside the boundary. */
const TARGETS: readonly (readonly [where: string, targets: readonly string[]])[] = [
  ['Virginia', [bus('us-east-1')]],
  ['two Regions', [bus('{primary}'), bus('us-east-1')]],
  ['a target without a Region', ['arn:{partition}:ssm-incidents::{account}:response-plan/sample']],
  [
    'a target that only names a Region inside',
    ['arn:{partition}:lambda:us-east-1:{account}:function:{primary}:sample'],
  ],
];

/** The sovereign partition's documents have no room for some denials. */
const DEPLOYER: Partial<Request> = { as: 'deployer', in: inAws };

/** What starts instances or makes what they need, in a subnet. */
const IN_SUBNETS = [
  'ec2:CreateFleet',
  'ec2:CreateNetworkInterface',
  'ec2:RequestSpotFleet',
  'ec2:RequestSpotInstances',
  'ec2:RunInstances',
];

const SNAPSHOTS = ['ec2:CreateSnapshot', 'ec2:CreateSnapshots'];

/** Where the same request is inside or outside by one value of a key: each has both. */
export const EDGE_ROWS: readonly Row[] = [
  ...denied(
    'casablanca',
    ...[...IN_SUBNETS, 'ec2:ImportInstance', 'ec2:ModifyFleet', 'ec2:ModifySpotFleetRequest'].map((action) =>
      one(
        `calls ${action} in a subnet in Casablanca`,
        action,
        SUBNET,
        { 'ec2:AvailabilityZone': '{primary}-cmn-wlz-1a' },
        { boundary: 'either' },
      ),
    ),
    ...['ec2:CopyVolumes', 'ec2:ImportVolume'].map((action) =>
      one(`calls ${action} in a Local Zone`, action, VOLUME, { 'ec2:AvailabilityZone': '{primary}-ist-1a' }),
    ),
    ...SNAPSHOTS.map((action) =>
      one(
        `the pipeline makes a local snapshot by ${action}`,
        action,
        SNAPSHOT,
        { 'ec2:Location': 'local', 'ec2:OutpostArn': ABSENT },
        DEPLOYER,
      ),
    ),
    ...[...SNAPSHOTS, 'ec2:CopySnapshot', 'ec2:CreateImage'].map((action) =>
      one(
        `the pipeline calls ${action} on an Outpost`,
        action,
        SNAPSHOT,
        { 'ec2:OutpostArn': OUTPOST, ...(SNAPSHOTS.includes(action) && { 'ec2:Location': ABSENT }) },
        DEPLOYER,
      ),
    ),
    one(
      'makes a directory bucket in a Local Zone',
      's3express:CreateBucket',
      DIRECTORY,
      { 's3express:LocationName': 'euc1-ist1-az1' },
      { in: inAws },
    ),
    ...['outposts:CreateOrder', 'snowball:CreateJob'].map(
      (action): Request => ({ name: `the pipeline calls ${action}`, action, as: 'deployer' }),
    ),
    one('makes a volume in a Local Zone', 'ec2:CreateVolume', VOLUME, { 'ec2:AvailabilityZone': '{primary}-ist-1a' }),
    one('makes a volume in a Local Zone, by the ID of the zone', 'ec2:CreateVolume', VOLUME, {
      'ec2:AvailabilityZone': ABSENT,
      'ec2:AvailabilityZoneId': 'euc1-ist1-az1',
    }),
    one(
      'starts an instance in a Local Zone as the pipeline',
      'ec2:RunInstances',
      SUBNET,
      { 'ec2:AvailabilityZone': '{primary}-ist-1a' },
      { as: 'deployer' },
    ),
  ),
  ...allowed(
    'own regions',
    one('makes a subnet', 'ec2:CreateSubnet', SUBNET, {}),
    ...IN_SUBNETS.map((action) =>
      one(`calls ${action} in a zone of the Region`, action, SUBNET, { 'ec2:AvailabilityZone': '{primary}a' }),
    ),
    ...SNAPSHOTS.flatMap((action) => [
      one(`calls ${action} in the Region`, action, SNAPSHOT, { 'ec2:Location': 'regional', 'ec2:OutpostArn': ABSENT }),
      one(`calls ${action} in no Local Zone`, action, SNAPSHOT, { 'ec2:Location': ABSENT, 'ec2:OutpostArn': ABSENT }),
    ]),
    ...['ec2:CopySnapshot', 'ec2:CreateImage'].map((action) =>
      one(`calls ${action} in the Region`, action, SNAPSHOT, { 'ec2:OutpostArn': ABSENT }),
    ),
    one('makes a directory bucket in the Region', 's3express:CreateBucket', DIRECTORY.replace('-ist1', ''), {
      's3express:LocationName': 'euc1-az1',
    }),
    one('makes a volume in a zone of the Region', 'ec2:CreateVolume', VOLUME, { 'ec2:AvailabilityZone': '{primary}b' }),
    one('replaces the root volume of an instance', 'ec2:CreateReplaceRootVolumeTask', VOLUME, {}),
  ),
  ...denied(
    'copies',
    ...TARGETS.map(([where, targets]) =>
      one(
        `the pipeline sends the events of a rule to ${where}`,
        'events:PutTargets',
        RULE,
        { 'events:TargetArn': targets },
        { as: 'deployer' },
      ),
    ),
    one('sends the events of a rule to another account', 'events:PutTargets', RULE, {
      'events:TargetArn': ['arn:{partition}:events:{primary}:999988887777:event-bus/default'],
    }),
  ),
  ...allowed(
    'copies',
    one(
      'the pipeline sends the events of a rule to a Region inside',
      'events:PutTargets',
      RULE,
      { 'events:TargetArn': [bus('{primary}'), 'arn:{partition}:lambda:{primary}:{account}:function:sample'] },
      { as: 'deployer' },
    ),
  ),
  ...denied(
    'edge',
    ...['apigateway:POST', 'apigateway:PUT'].map((action) =>
      one(
        `makes an API at the edge by ${action}`,
        action,
        APIS,
        { 'apigateway:Request/EndpointType': ['EDGE'] },
        action === 'apigateway:PUT' ? { isUnlisted: true } : {},
      ),
    ),
    one('moves an API to the edge', 'apigateway:PATCH', `${APIS}/sample`, {
      'apigateway:Request/EndpointType': ['EDGE'],
    }),
    one(
      'stores a value at the edge',
      'cloudfront-keyvaluestore:PutKey',
      'arn:{partition}:cloudfront::{account}:key-value-store/sample',
      {},
    ),
    one('copies a function to the edge', 'lambda:EnableReplication', FUNCTION, {}),
  ),
  ...allowed(
    'edge',
    one('makes an API in the Region', 'apigateway:POST', APIS, { 'apigateway:Request/EndpointType': ['REGIONAL'] }),
  ),
  ...denied(
    'access point',
    ...['s3:GetObject', 's3:PutObject'].map((action) =>
      one(
        `calls ${action} through a Multi-Region access point`,
        action,
        `${MRAP}/object/key`,
        { 's3:x-amz-acl': ABSENT },
        { isUnlisted: true, as: 'deployer', boundary: 'either' },
      ),
    ),
    one('changes the routes of a Multi-Region access point', 's3:SubmitMultiRegionAccessPointRoutes', MRAP, {}),
  ),
  ...denied(
    'opt-in',
    one('opts in to Virginia', 'account:EnableRegion', 'arn:{partition}:account::{account}:account', {
      'account:TargetRegion': 'us-east-1',
    }),
  ),
  ...allowed('opt-in', {
    ...one('opts in to a Region inside', 'account:EnableRegion', 'arn:{partition}:account::{account}:account', {
      'account:TargetRegion': '{primary}',
    }),
  }),
  ...denied(
    'copies',
    ...['secretsmanager:CreateSecret', 'secretsmanager:ReplicateSecretToRegions'].map((action) =>
      one(`copies a secret to Virginia by ${action}`, action, SECRET, {
        'secretsmanager:AddReplicaRegions': ['{primary}', 'us-east-1'],
      }),
    ),
  ),
  ...allowed(
    'copies',
    one('copies a secret to a Region inside', 'secretsmanager:ReplicateSecretToRegions', SECRET, {
      'secretsmanager:AddReplicaRegions': ['{primary}'],
    }),
  ),
  ...denied(
    'sharing',
    ...['public-read', 'public-read-write', 'authenticated-read'].flatMap((acl) =>
      (['s3:PutObject', 's3:PutObjectAcl'] as const).map((action) =>
        one(
          `opens an object by ${acl} and ${action}`,
          action,
          'arn:{partition}:s3:::sample/key',
          { 's3:x-amz-acl': acl },
          action === 's3:PutObject' ? { boundary: 'either' } : {},
        ),
      ),
    ),
    ...['public-read', 'public-read-write', 'authenticated-read'].flatMap((acl) =>
      Object.entries({
        's3:CreateAccessPoint': 'arn:{partition}:s3:{region}:{account}:accesspoint/sample',
        's3:CreateBucket': 'arn:{partition}:s3:::sample',
        's3:PutBucketAcl': 'arn:{partition}:s3:::sample',
        's3:PutObjectAcl': 'arn:{partition}:s3:::sample/key',
        's3:PutObjectVersionAcl': 'arn:{partition}:s3:::sample/key',
      }).map(([action, on]) =>
        one(`the pipeline opens by ${acl} and ${action}`, action, on, { 's3:x-amz-acl': acl }, { as: 'deployer' }),
      ),
    ),
    ...['999988887777', 'apigateway.amazonaws.com'].map((who) =>
      one(`lets ${who} call a function`, 'lambda:AddPermission', FUNCTION, {
        'lambda:FunctionUrlAuthType': ABSENT,
        'lambda:Principal': who,
      }),
    ),
    ...['s3:PutObjectAcl', 's3:PutObjectVersionAcl', 's3:PutBucketAcl'].map((action) =>
      one(
        `opens by a grant and ${action}`,
        action,
        /Object/.test(action) ? 'arn:{partition}:s3:::sample/key' : 'arn:{partition}:s3:::sample',
        { 's3:x-amz-acl': ABSENT, 's3:x-amz-grant-read': 'uri="http://acs.amazonaws.com/groups/global/AllUsers"' },
      ),
    ),
    ...['lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionUrlConfig', 'lambda:AddPermission'].map((action) =>
      one(
        `opens a function as the pipeline by ${action}`,
        action,
        FUNCTION,
        { 'lambda:FunctionUrlAuthType': 'NONE', 'lambda:Principal': '111122223333' },
        { as: 'deployer', isGeneral: true },
      ),
    ),
  ),
  ...allowed(
    'sharing',
    one(
      'the pipeline lets a service call a function',
      'lambda:AddPermission',
      FUNCTION,
      { 'lambda:FunctionUrlAuthType': ABSENT, 'lambda:Principal': 'apigateway.amazonaws.com' },
      { as: 'deployer' },
    ),
    one('makes an address of a function for principals', 'lambda:CreateFunctionUrlConfig', FUNCTION, {
      'lambda:FunctionUrlAuthType': 'AWS_IAM',
    }),
    one(
      'the pipeline makes an object private',
      's3:PutObjectAcl',
      'arn:{partition}:s3:::sample/key',
      { 's3:x-amz-acl': 'private' },
      { as: 'deployer' },
    ),
    {
      name: 'shares resources in the organization',
      action: 'ram:CreateResourceShare',
      context: { 'ram:RequestedAllowsExternalPrincipals': 'false' },
    },
  ),
  ...denied(
    'egress',
    ...['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'].map((action) =>
      one(`${action} makes a function outside the VPC`, action, FUNCTION, { 'lambda:VpcIds': ABSENT }),
    ),
    ...[
      'ec2:AcceptTransitGatewayPeeringAttachment',
      'ec2:CreateLocalGatewayRouteTableVpcAssociation',
      'ec2:CreateVpcEndpointServiceConfiguration',
    ].map((action): Request => ({ name: `the pipeline calls ${action}`, action, as: 'deployer' })),
  ),
  ...allowed(
    'deployer',
    ...['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'].map((action) =>
      one(
        `the pipeline makes a function outside the VPC by ${action}`,
        action,
        FUNCTION,
        { 'lambda:VpcIds': ABSENT },
        { as: 'deployer' },
      ),
    ),
    one('an administrator changes a function in the VPC', 'lambda:UpdateFunctionConfiguration', FUNCTION, {
      'lambda:VpcIds': 'vpc-0123456789abcdef0',
    }),
    { name: 'the pipeline accepts to peer', action: 'ec2:AcceptVpcPeeringConnection', as: 'deployer' },
  ),
];
