import { REGIONS } from '@/lib/facts/generated/regions';
import { ABSENT, type Context } from '../../calls/row';
import { allowed, denied, inAws, type Request, type Row } from '../row';
import { type PerimeterSet, SETS } from '../sets';

const OBJECT: Context = { 's3:x-amz-acl': ABSENT, 's3:x-amz-grant-read': ABSENT };
const KEY: Context = { 'kms:MultiRegion': 'false', 'kms:MultiRegionKeyType': ABSENT, 'kms:ViaService': ABSENT };
const SECRET: Context = { 'secretsmanager:AddReplicaRegions': ABSENT };

/** A request that stores or moves content, for each kind of service that can. */
const CONTENT: readonly Request[] = [
  { name: 'makes a bucket', action: 's3:CreateBucket', on: 'arn:{partition}:s3:::sample', context: OBJECT },
  { name: 'stores an object', action: 's3:PutObject', on: 'arn:{partition}:s3:::sample/key', context: OBJECT },
  {
    name: 'makes a table',
    action: 'dynamodb:CreateTable',
    on: 'arn:{partition}:dynamodb:{region}:{account}:table/sample',
  },
  { name: 'makes a key', action: 'kms:CreateKey', context: KEY },
  {
    name: 'makes a function',
    action: 'lambda:CreateFunction',
    on: 'arn:{partition}:lambda:{region}:{account}:function:sample',
    context: { 'lambda:VpcIds': 'vpc-0123456789abcdef0' },
  },
  { name: 'makes a queue', action: 'sqs:CreateQueue', on: 'arn:{partition}:sqs:{region}:{account}:sample' },
  { name: 'makes a topic', action: 'sns:CreateTopic', on: 'arn:{partition}:sns:{region}:{account}:sample' },
  {
    name: 'copies a snapshot',
    action: 'ec2:CopySnapshot',
    on: 'arn:{partition}:ec2:{region}::snapshot/snap-0123456789abcdef0',
    context: { 'ec2:OutpostArn': ABSENT },
  },
  { name: 'copies an image', action: 'ec2:CopyImage', on: 'arn:{partition}:ec2:{region}::image/ami-0123456789abcdef0' },
  {
    name: 'copies a snapshot of a database',
    action: 'rds:CopyDBSnapshot',
    on: 'arn:{partition}:rds:{region}:{account}:snapshot:sample',
  },
  {
    name: 'makes a log group',
    action: 'logs:CreateLogGroup',
    on: 'arn:{partition}:logs:{region}:{account}:log-group:sample',
  },
  { name: 'makes a user pool', action: 'cognito-idp:CreateUserPool' },
  {
    name: 'makes an index',
    action: 'aoss:CreateCollection',
    on: 'arn:{partition}:aoss:{region}:{account}:collection/sample',
  },
  {
    name: 'makes a secret',
    action: 'secretsmanager:CreateSecret',
    on: 'arn:{partition}:secretsmanager:{region}:{account}:secret:sample-aB3dE6',
    context: SECRET,
  },
  {
    name: 'makes a backup vault',
    action: 'backup:CreateBackupVault',
    on: 'arn:{partition}:backup:{region}:{account}:backup-vault:sample',
  },
  {
    name: 'makes an endpoint of SageMaker',
    action: 'sagemaker:CreateEndpoint',
    on: 'arn:{partition}:sagemaker:{region}:{account}:endpoint/sample',
  },
  {
    name: 'translates a text',
    action: 'translate:TranslateText',
    on: 'arn:{partition}:translate:{region}:{account}:terminology/sample/LATEST',
  },
];

const codesOf = (partition: string): string[] =>
  REGIONS.filter((one) => one.partition === partition).map(({ code }) => code);

/** Each content request in each Region: denied in those outside, and allowed in those inside. */
const EVERYWHERE: readonly Row[] = SETS.filter(({ scope }) => scope.hasEgress).flatMap((set) => {
  const { partition } = set.scope;
  const inPartition = ({ scope }: PerimeterSet) => scope.partition === partition && !scope.hasEgress;
  const codes = [
    ...codesOf(partition),
    'unspecified',
    'me-west-1',
    'eu-west-9',
    'eu-isoe-west-1',
    partition === 'aws' ? 'eusc-de-east-1' : 'eu-central-1',
  ];
  return [...new Set(codes)].flatMap((region) =>
    CONTENT.map((one) => ({ ...one, name: `${one.name} in ${region}`, region, in: inPartition })).flatMap((one) =>
      set.regions.includes(region) ? allowed('own regions', one) : denied('other regions', one),
    ),
  );
});

const bucket = (name: string, more: Partial<Request>): Request => ({
  name,
  action: 's3:CreateBucket',
  on: 'arn:{partition}:s3:::sample',
  ...more,
  context: { ...OBJECT, ...more.context },
});

/** The requests that a list of Regions gets wrong most easily, in each partition. */
const NAMED: readonly Row[] = [
  ...denied(
    'london',
    bucket('makes a bucket in London', { region: 'eu-west-2' }),
    bucket('makes a bucket in London as the pipeline', { region: 'eu-west-2', as: 'deployer' }),
    bucket('makes a bucket in London as a workload', { region: 'eu-west-2', as: 'workload' }),
    bucket('makes a bucket in London as a user', { region: 'eu-west-2', as: 'user' }),
    bucket('makes a bucket in London in another account', { region: 'eu-west-2', as: 'neighbour', owner: 'tenant' }),
  ),
  ...denied('zurich', bucket('makes a bucket in Zurich', { region: 'eu-central-2' })),
  ...denied('classified region', bucket('makes a bucket in a classified Region', { region: 'eu-isoe-west-1' })),
  ...denied(
    'sovereign region',
    bucket('makes a bucket in the other partition', { region: 'eusc-de-east-1', in: inAws }),
  ),
  ...denied(
    'sovereign region',
    bucket('makes a bucket in Frankfurt', { region: 'eu-central-1', in: (set) => !inAws(set) }),
  ),
  ...allowed(
    'sovereign region',
    bucket('makes a bucket in the sovereign Region', { region: 'eusc-de-east-1', in: (set) => !inAws(set) }),
  ),
  ...denied(
    'new region',
    bucket('makes a bucket in Saudi Arabia', { region: 'me-west-1' }),
    bucket('makes a bucket in Chile', { region: 'sa-west-1' }),
    bucket('makes a bucket in eu-central-3', { region: 'eu-central-3' }),
    bucket('makes a bucket in a Region that only begins as one inside', { region: 'eu-west-10' }),
    bucket('makes a bucket in a Region that only ends as one inside', { region: 'xeu-west-1' }),
  ),
  ...denied(
    'no region',
    bucket('makes a bucket without a Region', { context: { 'aws:RequestedRegion': ABSENT } }),
    bucket('makes a bucket in no Region', { region: 'unspecified' }),
    bucket('makes a bucket in an empty Region', { context: { 'aws:RequestedRegion': '' } }),
  ),
  ...denied(
    'vpc',
    bucket('makes a bucket in London through an endpoint', { region: 'eu-west-2', via: 'vpc' }),
    bucket('makes a bucket in London through a service', { region: 'eu-west-2', via: 'service' }),
    {
      name: 'uses a key in London through an endpoint',
      action: 'kms:Decrypt',
      on: 'arn:{partition}:kms:{region}:{account}:key/sample',
      region: 'eu-west-2',
      via: 'vpc',
      context: { 'kms:ViaService': ABSENT, 'kms:CallerAccount': '111122223333' },
    },
  ),
  ...allowed(
    'vpc',
    bucket('makes a bucket inside through an endpoint', { via: 'vpc' }),
    bucket('makes a bucket inside through a service', { via: 'service' }),
  ),
];

export const REGION_ROWS: readonly Row[] = [...NAMED, ...EVERYWHERE];
