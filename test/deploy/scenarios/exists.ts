import { GetDomainNameCommand, GetRestApiCommand } from '@aws-sdk/client-api-gateway';
import { GetTrailCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeResourcePoliciesCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeFlowLogsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { DescribeRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, ListAliasesCommand } from '@aws-sdk/client-kms';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { GetBucketPolicyCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { GetWebACLCommand } from '@aws-sdk/client-wafv2';
import type { Aws } from '../harness/aws';
import type { Resource } from '../harness/deployed';
import { logGroups } from '../read-back/logs';

/** Whether a resource of a type still exists. */
export type Probe = (aws: Aws, resource: Resource) => Promise<boolean>;

/** Whether a service returns the resource; only its "not found" error means that the resource is deleted. */
const found = async (answer: Promise<unknown>, is: (answer: never) => boolean = () => true): Promise<boolean> => {
  try {
    return is((await answer) as never);
  } catch (error) {
    const { name } = error as Error;
    if (/NotFound|NoSuch|Nonexistent|NonExistent|DoesNotExist/.test(name)) return false;
    throw error;
  }
};

/** How to look up each type. Other types are deleted with their parent: a route with its table, a policy with its role. */
export const PROBES: Readonly<Record<string, Probe>> = {
  'AWS::ApiGateway::DomainName': (aws, { physicalId }) =>
    found(aws.apiGateway.send(new GetDomainNameCommand({ domainName: physicalId }))),
  'AWS::ApiGateway::RestApi': (aws, { physicalId }) =>
    found(aws.apiGateway.send(new GetRestApiCommand({ restApiId: physicalId }))),
  'AWS::CloudTrail::Trail': (aws, { physicalId }) =>
    found(aws.cloudTrail.send(new GetTrailCommand({ Name: physicalId }))),
  'AWS::CloudWatch::Alarm': async (aws, { physicalId }) => {
    const { MetricAlarms } = await aws.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [physicalId] }));
    return MetricAlarms?.length === 1;
  },
  'AWS::Cognito::UserPool': (aws, { physicalId }) =>
    found(aws.cognito.send(new DescribeUserPoolCommand({ UserPoolId: physicalId }))),
  'AWS::DynamoDB::GlobalTable': (aws, { physicalId }) =>
    found(aws.dynamodb.send(new DescribeTableCommand({ TableName: physicalId }))),
  'AWS::EC2::FlowLog': async (aws, { physicalId }) => {
    const { FlowLogs } = await aws.ec2.send(new DescribeFlowLogsCommand({}));
    return FlowLogs?.some(({ FlowLogId }) => FlowLogId === physicalId) ?? false;
  },
  'AWS::EC2::RouteTable': async (aws, { physicalId }) => {
    const { RouteTables } = await aws.ec2.send(new DescribeRouteTablesCommand({}));
    return RouteTables?.some(({ RouteTableId }) => RouteTableId === physicalId) ?? false;
  },
  'AWS::EC2::SecurityGroup': async (aws, { physicalId }) => {
    const { SecurityGroups } = await aws.ec2.send(new DescribeSecurityGroupsCommand({}));
    return SecurityGroups?.some(({ GroupId }) => GroupId === physicalId) ?? false;
  },
  'AWS::EC2::Subnet': async (aws, { physicalId }) => {
    const { Subnets } = await aws.ec2.send(new DescribeSubnetsCommand({}));
    return Subnets?.some(({ SubnetId }) => SubnetId === physicalId) ?? false;
  },
  'AWS::EC2::VPC': async (aws, { physicalId }) => {
    const { Vpcs } = await aws.ec2.send(new DescribeVpcsCommand({}));
    return Vpcs?.some(({ VpcId }) => VpcId === physicalId) ?? false;
  },
  'AWS::EC2::VPCEndpoint': async (aws, { physicalId }) => {
    const { VpcEndpoints } = await aws.ec2.send(new DescribeVpcEndpointsCommand({}));
    return VpcEndpoints?.some(({ VpcEndpointId }) => VpcEndpointId === physicalId) ?? false;
  },
  'AWS::Events::Rule': (aws, { physicalId }) => found(aws.events.send(new DescribeRuleCommand({ Name: physicalId }))),
  'AWS::IAM::Role': (aws, { physicalId }) => found(aws.iam.send(new GetRoleCommand({ RoleName: physicalId }))),
  'AWS::KMS::Alias': async (aws, { physicalId }) => {
    const { Aliases } = await aws.kms.send(new ListAliasesCommand({}));
    return Aliases?.some(({ AliasName }) => AliasName === physicalId) ?? false;
  },
  // A key that is pending deletion can no longer decrypt.
  'AWS::KMS::Key': (aws, { physicalId }) =>
    found(
      aws.kms.send(new DescribeKeyCommand({ KeyId: physicalId })),
      (answer: { KeyMetadata?: { KeyState?: string } }) => answer.KeyMetadata?.KeyState === 'Enabled',
    ),
  'AWS::Lambda::Function': (aws, { physicalId }) =>
    found(aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: physicalId }))),
  'AWS::Logs::LogGroup': async (aws, { physicalId }) =>
    (await logGroups(aws)).some(({ logGroupName }) => logGroupName === physicalId),
  'AWS::Logs::ResourcePolicy': async (aws, { properties }) => {
    const { resourcePolicies } = await aws.logs.send(new DescribeResourcePoliciesCommand({}));
    return resourcePolicies?.some(({ policyName }) => policyName === properties.PolicyName) ?? false;
  },
  'AWS::S3::Bucket': (aws, { physicalId }) => found(aws.s3.send(new HeadBucketCommand({ Bucket: physicalId }))),
  'AWS::SNS::Topic': (aws, { physicalId }) =>
    found(aws.sns.send(new GetTopicAttributesCommand({ TopicArn: physicalId }))),
  'AWS::StepFunctions::StateMachine': (aws, { physicalId }) =>
    found(aws.sfn.send(new DescribeStateMachineCommand({ stateMachineArn: physicalId }))),
  'AWS::WAFv2::WebACL': (aws, { physicalId }) => {
    const [Name, Id] = physicalId.split('|');
    return found(aws.waf.send(new GetWebACLCommand({ Name, Id, Scope: 'REGIONAL' })));
  },
};

/** Whether a bucket still has its policy. */
export const hasPolicy = (aws: Aws, Bucket: string): Promise<boolean> =>
  found(aws.s3.send(new GetBucketPolicyCommand({ Bucket })));
