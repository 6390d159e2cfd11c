import { AWS_DOCS, type Samples } from './leak';

/** Requests served at the edge, or connections to another Region. */
export const EDGE: Samples = {
  'a CloudFront distribution': {
    source: `${AWS_DOCS}/AmazonCloudFront/latest/DeveloperGuide/Introduction.html`,
    type: 'AWS::CloudFront::Distribution',
    properties: {
      DistributionConfig: {
        Enabled: true,
        PriceClass: 'PriceClass_100',
        DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only' },
      },
    },
  },
  'a CloudFront function': {
    source: `${AWS_DOCS}/AmazonCloudFront/latest/DeveloperGuide/cloudfront-functions.html`,
    type: 'AWS::CloudFront::Function',
    properties: { Name: 'rewrite', FunctionCode: 'function handler(e) { return e.request; }', FunctionConfig: {} },
  },
  'a CloudFront key-value store': {
    source: `${AWS_DOCS}/AmazonCloudFront/latest/DeveloperGuide/kvs-with-functions.html`,
    type: 'AWS::CloudFront::KeyValueStore',
    properties: { Name: 'routes' },
  },
  'a web ACL for CloudFront': {
    source: `${AWS_DOCS}/waf/latest/developerguide/how-aws-waf-works-resources.html`,
    type: 'AWS::WAFv2::WebACL',
    properties: { Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} }, VisibilityConfig: {} },
  },
  'a Global Accelerator': {
    source: `${AWS_DOCS}/global-accelerator/latest/dg/what-is-global-accelerator.html`,
    type: 'AWS::GlobalAccelerator::Accelerator',
    properties: { Name: 'front', Enabled: true },
  },
  'an endpoint group in Virginia': {
    source: `${AWS_DOCS}/global-accelerator/latest/dg/about-endpoint-groups.html`,
    type: 'AWS::GlobalAccelerator::EndpointGroup',
    properties: {
      ListenerArn: 'arn:aws:globalaccelerator::111122223333:accelerator/1/listener/1',
      EndpointGroupRegion: 'us-east-1',
    },
  },
  'Route 53 health checkers in Virginia': {
    source: `${AWS_DOCS}/Route53/latest/DeveloperGuide/dns-failover.html`,
    type: 'AWS::Route53::HealthCheck',
    properties: {
      HealthCheckConfig: { Type: 'HTTPS', FullyQualifiedDomainName: 'example.eu', Regions: ['us-east-1', 'eu-west-1'] },
    },
  },
  'a Route 53 record that routes to Virginia': {
    source: `${AWS_DOCS}/Route53/latest/DeveloperGuide/routing-policy-latency.html`,
    type: 'AWS::Route53::RecordSet',
    properties: {
      Name: 'api.example.eu',
      Type: 'CNAME',
      Region: 'us-east-1',
      SetIdentifier: 'us',
      ResourceRecords: ['lb-1.us-east-1.elb.amazonaws.com'],
    },
  },
  'Route 53 logs queries to Virginia': {
    source: `${AWS_DOCS}/Route53/latest/DeveloperGuide/query-logs.html`,
    type: 'AWS::Route53::HostedZone',
    properties: {
      Name: 'example.eu',
      QueryLoggingConfig: {
        CloudWatchLogsLogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/route53/example.eu',
      },
    },
  },
  'a domain name with a certificate in us-east-1': {
    source: `${AWS_DOCS}/apigateway/latest/developerguide/how-to-edge-optimized-custom-domain-name.html`,
    type: 'AWS::ApiGateway::DomainName',
    properties: {
      DomainName: 'api.example.eu',
      EndpointConfiguration: { Types: ['EDGE'] },
      CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1',
    },
  },
  'a REST API without an endpoint type, so at the edge': {
    source: `${AWS_DOCS}/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html`,
    type: 'AWS::ApiGateway::RestApi',
    properties: { Name: 'orders' },
  },
  'a REST API of type EDGE': {
    source: `${AWS_DOCS}/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html`,
    type: 'AWS::ApiGateway::RestApi',
    properties: { Name: 'orders', EndpointConfiguration: { Types: ['EDGE'] } },
  },
  "API Gateway calls a vendor's host": {
    source: `${AWS_DOCS}/apigateway/latest/developerguide/setup-http-integrations.html`,
    type: 'AWS::ApiGateway::Method',
    properties: {
      HttpMethod: 'POST',
      Integration: { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'POST', Uri: 'https://api.vendor.example/v1' },
    },
  },
  'an HTTP API calls a function in Virginia': {
    source: `${AWS_DOCS}/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html`,
    type: 'AWS::ApiGatewayV2::Integration',
    properties: {
      ApiId: 'a1b2',
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: 'arn:aws:lambda:us-east-1:111122223333:function:orders',
      PayloadFormatVersion: '2.0',
    },
  },
  "AppSync calls a vendor's host": {
    source: `${AWS_DOCS}/appsync/latest/devguide/tutorial-http-resolvers.html`,
    type: 'AWS::AppSync::DataSource',
    properties: { ApiId: 'a', Name: 'vendor', Type: 'HTTP', HttpConfig: { Endpoint: 'https://graph.vendor.example' } },
  },
  'AppSync reads a table in Virginia': {
    source: `${AWS_DOCS}/appsync/latest/devguide/attaching-a-data-source.html`,
    type: 'AWS::AppSync::DataSource',
    properties: {
      ApiId: 'a',
      Name: 'table',
      Type: 'AMAZON_DYNAMODB',
      DynamoDBConfig: { AwsRegion: 'us-east-1', TableName: 'orders' },
    },
  },
  'a custom Cognito domain': {
    source: `${AWS_DOCS}/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html`,
    type: 'AWS::Cognito::UserPoolDomain',
    properties: {
      UserPoolId: 'eu-central-1_abc',
      Domain: 'login.example.eu',
      CustomDomainConfig: { CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1' },
    },
  },
  'Cognito sends mail through Virginia': {
    source: `${AWS_DOCS}/cognito/latest/developerguide/user-pool-email.html`,
    type: 'AWS::Cognito::UserPool',
    properties: {
      EmailConfiguration: {
        EmailSendingAccount: 'DEVELOPER',
        SourceArn: 'arn:aws:ses:us-east-1:111122223333:identity/example.eu',
      },
    },
  },
  'Cognito sends text messages through Virginia': {
    source: `${AWS_DOCS}/cognito/latest/developerguide/cognito-user-pool-settings-sms.html`,
    type: 'AWS::Cognito::UserPool',
    properties: {
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms', SnsRegion: 'us-east-1' },
    },
  },
  'VPC peering to Virginia': {
    source: `${AWS_DOCS}/vpc/latest/peering/what-is-vpc-peering.html`,
    type: 'AWS::EC2::VPCPeeringConnection',
    properties: { VpcId: 'vpc-1', PeerVpcId: 'vpc-2', PeerRegion: 'us-east-1' },
  },
  'a transit gateway peered with Virginia': {
    source: `${AWS_DOCS}/vpc/latest/tgw/tgw-peering.html`,
    type: 'AWS::EC2::TransitGatewayPeeringAttachment',
    properties: {
      TransitGatewayId: 'tgw-1',
      PeerTransitGatewayId: 'tgw-2',
      PeerAccountId: '111122223333',
      PeerRegion: 'us-east-1',
    },
  },
  'Cloud WAN with an edge in Virginia': {
    source: `${AWS_DOCS}/network-manager/latest/cloudwan/cloudwan-policy-versions-view.html`,
    type: 'AWS::NetworkManager::CoreNetwork',
    properties: {
      GlobalNetworkId: 'global-network-1',
      PolicyDocument: {
        version: '2021.12',
        'core-network-configuration': {
          'asn-ranges': ['64512-65534'],
          'edge-locations': [{ location: 'eu-central-1' }, { location: 'us-east-1' }],
        },
      },
    },
  },
  'an interface endpoint for a service in Virginia': {
    source: `${AWS_DOCS}/vpc/latest/privatelink/privatelink-access-services-cross-region.html`,
    type: 'AWS::EC2::VPCEndpoint',
    properties: {
      VpcEndpointType: 'Interface',
      VpcId: 'vpc-1',
      ServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0',
      ServiceRegion: 'us-east-1',
    },
  },
  'an endpoint service for consumers in London': {
    source: `${AWS_DOCS}/vpc/latest/privatelink/configure-endpoint-service.html`,
    type: 'AWS::EC2::VPCEndpointService',
    properties: {
      NetworkLoadBalancerArns: ['arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/a/1'],
      SupportedRegions: ['eu-west-2'],
    },
  },
  'a subnet in the Local Zone of Istanbul': {
    source: `${AWS_DOCS}/local-zones/latest/ug/available-local-zones.html`,
    type: 'AWS::EC2::Subnet',
    properties: { VpcId: 'vpc-1', CidrBlock: '10.0.9.0/24', AvailabilityZone: 'eu-central-1-ist-1a' },
  },
  'a VPN with acceleration': {
    source: `${AWS_DOCS}/vpn/latest/s2svpn/accelerated-vpn.html`,
    type: 'AWS::EC2::VPNConnection',
    properties: { Type: 'ipsec.1', CustomerGatewayId: 'cgw-1', TransitGatewayId: 'tgw-1', EnableAcceleration: true },
  },
  'Amplify hosting': {
    source: `${AWS_DOCS}/amplify/latest/userguide/welcome.html`,
    type: 'AWS::Amplify::App',
    properties: { Name: 'site', Repository: 'https://github.com/exemple/site' },
  },
  'Lightsail distribution': {
    source: `${AWS_DOCS}/lightsail/latest/userguide/amazon-lightsail-content-delivery-network-distributions.html`,
    type: 'AWS::Lightsail::Distribution',
    properties: { DistributionName: 'd', BundleId: 'small_1_0', Origin: { Name: 'o', RegionName: 'us-east-1' } },
  },
};
