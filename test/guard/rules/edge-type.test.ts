import { edgeType } from '@/lib/guard/rules/edge-type';
import { testTypes } from './type-rows';

testTypes(
  edgeType,
  {
    'AWS::CloudFront::Distribution': 'block',
    'AWS::GlobalAccelerator::Accelerator': 'block',
    'AWS::AppSync::DomainName': 'block',
    'AWS::Amplify::App': 'block',
    'AWS::GroundStation::MissionProfile': 'block',
  },
  ['AWS::ApiGateway::RestApi', 'AWS::Cognito::UserPoolDomain', 'AWS::AppSync::GraphQLApi', 'AWS::WAFv2::WebACL'],
);
