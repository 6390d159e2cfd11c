import type { Json } from '../../guard/template/parse';
import {
  alarm,
  type Counted,
  checkMetrics,
  each,
  endpoints,
  firewallEndpoints,
  hourly,
  listedNames,
  webAcl,
} from './counted';

/** How AWS bills the resources of a type. */
export type Billing =
  /** By the month, whether they are used or not. */
  | { readonly kind: 'fixed'; readonly count: (properties: Json) => readonly Counted[] }
  /** By use alone. */
  | { readonly kind: 'use'; readonly by: string }
  /** Not at all: what they contain or cause is billed elsewhere. */
  | { readonly kind: 'free' };

const fixed = (count: (properties: Json) => readonly Counted[]): Billing => ({ kind: 'fixed', count });
const use = (by: string): Billing => ({ kind: 'use', by });

const FREE = [
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::Bedrock::GuardrailVersion',
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::LambdaHook',
  'AWS::CloudFormation::Stack',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolIdentityProvider',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Logs::ResourcePolicy',
  'AWS::NetworkFirewall::FirewallPolicy',
  'AWS::NetworkFirewall::LoggingConfiguration',
  'AWS::NetworkFirewall::RuleGroup',
  'AWS::Route53::RecordSet',
  'AWS::Route53Resolver::FirewallConfig',
  'AWS::Route53Resolver::FirewallRuleGroup',
  'AWS::Route53Resolver::FirewallRuleGroupAssociation',
  'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
  'Custom::BedrockRetention',
  'Custom::ContentRetention',
  'Custom::KeySet',
  'Custom::VpcRestrictDefaultSG',
];

/** Every type that the package deploys. A type that isn't here has an unknown price. */
export const BILLING: Readonly<Record<string, Billing>> = {
  'AWS::CloudWatch::Alarm': fixed(alarm),
  'AWS::CloudWatch::CompositeAlarm': fixed(each('composite alarms', 'alarm-composite')),
  'AWS::CloudWatch::Dashboard': fixed(each('dashboards', 'dashboard')),
  'AWS::EC2::EIP': fixed(hourly('public addresses', 'public-address')),
  // Only an egress network has one, with a firewall's endpoint in its path.
  'AWS::EC2::NatGateway': fixed(hourly('NAT gateways behind firewalls', 'nat-behind-firewall')),
  'AWS::EC2::VPCEndpoint': fixed(endpoints),
  'AWS::KMS::Key': fixed(each('KMS keys', 'kms-key')),
  'AWS::KMS::ReplicaKey': fixed(each('KMS keys', 'kms-key')),
  'AWS::NetworkFirewall::Firewall': fixed(firewallEndpoints),
  'AWS::Route53Resolver::FirewallDomainList': fixed(listedNames),
  'AWS::Route53::HostedZone': fixed(each('hosted zones', 'hosted-zone')),
  'AWS::SecretsManager::Secret': fixed(each('secrets', 'secret')),
  'AWS::WAFv2::WebACL': fixed(webAcl),
  'Custom::DestinationCheck': fixed(checkMetrics),
  'AWS::ApiGateway::RestApi': use('requests'),
  'AWS::Bedrock::Guardrail': use('text that it checks'),
  'AWS::CloudTrail::Trail': use('data events; the first copy of management events is free'),
  'AWS::Cognito::UserPool': use('users who sign in during the month'),
  'AWS::DynamoDB::GlobalTable': use('reads, writes, storage, backups and replicated writes'),
  'AWS::DynamoDB::Table': use('reads, writes, storage and backups'),
  'AWS::EC2::FlowLog': use('volume of the log'),
  'AWS::EC2::VPCPeeringConnection': use('data between zones and Regions'),
  'AWS::Lambda::Function': use('requests and time'),
  'AWS::Logs::LogGroup': use('volume of the log'),
  'AWS::Logs::MetricFilter': use('one metric, in the hours in which the filter finds something'),
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': use('volume of the log'),
  'AWS::S3::Bucket': use('storage and requests'),
  'AWS::SNS::Topic': use('notifications'),
  'AWS::StepFunctions::StateMachine': use('state transitions'),
  ...Object.fromEntries(FREE.map((type): [string, Billing] => [type, { kind: 'free' }])),
};

/** How AWS bills a type; none if nothing is known. */
export const billingOf = (type: string): Billing | undefined =>
  Object.hasOwn(BILLING, type) ? BILLING[type] : undefined;
