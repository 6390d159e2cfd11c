import { ABSENT } from '../../calls/row';
import type { Request } from '../row';

/** What `eu-residency` calls with a person's credentials: the commands of its code, by their names in the SDK, or the function that signs. */
export const COMMANDS: Readonly<Record<string, Omit<Request, 'name'>>> = {
  AssumeRole: { action: 'sts:AssumeRole', on: 'arn:{partition}:iam::{account}:role/exemple-projects-KeysManager' },
  DescribeAddresses: { action: 'ec2:DescribeAddresses' },
  DescribeKey: {
    action: 'kms:DescribeKey',
    on: 'arn:{partition}:kms:{region}:{account}:key/sample',
    context: { 'kms:ViaService': ABSENT },
  },
  DescribeNatGateways: { action: 'ec2:DescribeNatGateways' },
  DescribePolicy: { action: 'organizations:DescribePolicy', region: 'us-east-1' },
  DescribeRegions: { action: 'ec2:DescribeRegions' },
  DescribeResourcePolicies: { action: 'logs:DescribeResourcePolicies' },
  DescribeSecret: { action: 'secretsmanager:DescribeSecret' },
  DescribeStacks: { action: 'cloudformation:DescribeStacks' },
  DescribeSubnets: { action: 'ec2:DescribeSubnets' },
  DescribeTrails: { action: 'cloudtrail:DescribeTrails' },
  DescribeVpcEndpointServices: { action: 'ec2:DescribeVpcEndpointServices' },
  DescribeVpcEndpoints: { action: 'ec2:DescribeVpcEndpoints' },
  DescribeVpcs: { action: 'ec2:DescribeVpcs' },
  GetAccount: { action: 'apigateway:GET' },
  GetAccountDataRetention: { action: 'bedrock:GetAccountDataRetention' },
  GetAccountSummary: { action: 'iam:GetAccountSummary', region: 'us-east-1' },
  GetCallerIdentity: { action: 'sts:GetCallerIdentity' },
  GetFoundationModel: { action: 'bedrock:GetFoundationModel' },
  GetFoundationModelAvailability: { action: 'bedrock:GetFoundationModelAvailability' },
  GetGuardrail: { action: 'bedrock:GetGuardrail' },
  GetInferenceProfile: { action: 'bedrock:GetInferenceProfile' },
  GetKeyPolicy: { action: 'kms:GetKeyPolicy' },
  GetObject: { action: 's3:GetObject', on: 'arn:{partition}:s3:::sample/key' },
  GetParameter: { action: 'ssm:GetParameter' },
  GetPolicy: { action: 'iam:GetPolicy', region: 'us-east-1' },
  GetPolicyVersion: { action: 'iam:GetPolicyVersion', region: 'us-east-1' },
  GetPublicKey: { action: 'kms:GetPublicKey' },
  GetRole: { action: 'iam:GetRole', region: 'us-east-1' },
  GetServiceQuota: { action: 'servicequotas:GetServiceQuota' },
  GetUseCaseForModelAccess: { action: 'bedrock:GetUseCaseForModelAccess' },
  Invoke: { action: 'lambda:InvokeFunction', on: 'arn:{partition}:lambda:{region}:{account}:function:sample' },
  ListAliases: { action: 'kms:ListAliases' },
  ListFirewalls: { action: 'network-firewall:ListFirewalls' },
  ListGrants: { action: 'kms:ListGrants' },
  ListKeys: { action: 'kms:ListKeys' },
  ListParents: { action: 'organizations:ListParents', region: 'us-east-1' },
  ListPolicies: { action: 'organizations:ListPolicies', region: 'us-east-1' },
  ListPublicKeys: { action: 'cloudtrail:ListPublicKeys' },
  ListRoles: { action: 'iam:ListRoles', region: 'us-east-1' },
  ListRoots: { action: 'organizations:ListRoots', region: 'us-east-1' },
  ListServiceQuotas: { action: 'servicequotas:ListServiceQuotas' },
  ListStackResources: { action: 'cloudformation:ListStackResources' },
  ListTables: { action: 'dynamodb:ListTables' },
  ListTargetsForPolicy: { action: 'organizations:ListTargetsForPolicy', region: 'us-east-1' },
  Sign: { action: 'kms:Sign' },
  SimulatePrincipalPolicy: { action: 'iam:SimulatePrincipalPolicy', region: 'us-east-1' },
  // The API of open projects, which IAM authorises.
  askSigned: {
    action: 'execute-api:Invoke',
    on: 'arn:{partition}:execute-api:{region}:{account}:a1b2c3d4e5/v1/GET/projects',
  },
};

/** Commands whose actions AWS's service reference doesn't have yet, so the evaluator can't be asked about them. */
export const UNLISTED: readonly string[] = ['GetAccountDataRetentionStorage', 'ListTrustedAccessPrograms'];

export const commandRequests = (): Request[] =>
  Object.entries(COMMANDS).map(([command, one]) => ({ ...one, name: `a command of a person calls ${command}` }));
