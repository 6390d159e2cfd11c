import { thirdPartyType } from '../../../lib/guard/rules/third-party-type';
import { testTypes } from './type-rows';

testTypes(
  thirdPartyType,
  {
    'AWS::Events::ApiDestination': 'block',
    'AWS::AppFlow::ConnectorProfile': 'block',
    'AWS::Chatbot::SlackChannelConfiguration': 'block',
    'AWS::AWSExternalAnthropic::Workspace': 'block',
    'AWS::Location::PlaceIndex': 'block',
    'AWS::SageMaker::PartnerApp': 'block',
    'Alexa::ASK::Skill': 'block',
  },
  ['AWS::Events::Rule', 'AWS::EC2::VPNGateway', 'AWS::SNS::Topic'],
);
