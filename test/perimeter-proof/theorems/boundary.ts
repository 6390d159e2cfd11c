import { actionIn } from '../encoding/variables';
import { type Theorem, theorem } from './theorem';

export const BOUNDARY_THEOREMS: readonly Theorem[] = [
  theorem(
    'no role under the permissions boundary manages identities, accounts or its own limits',
    'permissions-boundary',
    () =>
      actionIn([
        'iam:*',
        'organizations:*',
        'account:*',
        'sso:*',
        'identitystore:*',
        'sts:AssumeRole*',
        'sts:TagSession',
      ]),
  ),
  theorem(
    'no role under the permissions boundary shares, copies or exposes a resource in a listed way, but log groups by policies and objects by replication',
    'permissions-boundary',
    () =>
      actionIn([
        'ram:*',
        'kms:CreateGrant',
        'kms:PutKeyPolicy',
        'kms:ReplicateKey',
        'lambda:AddPermission',
        'lambda:*FunctionUrlConfig',
        's3:PutBucketAcl',
        's3:PutBucketPolicy',
        's3:PutBucketPublicAccessBlock',
        's3:PutReplicationConfiguration',
        's3:CreateMultiRegionAccessPoint',
        'dynamodb:CreateTableReplica',
        'dynamodb:ExportTableToPointInTime',
        'dynamodb:PutResourcePolicy',
        'secretsmanager:PutResourcePolicy',
        'secretsmanager:ReplicateSecretToRegions',
        'ec2:CreateInternetGateway',
        'ec2:ModifyImageAttribute',
        'ec2:ModifySnapshotAttribute',
        'ec2:CreateVpc',
        'ec2:CreateVpcPeeringConnection',
        'cloudformation:*',
      ]),
  ),
];
