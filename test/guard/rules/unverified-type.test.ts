import { unverifiedType } from '@/lib/guard/rules/unverified-type';
import { testTypes } from './type-rows';

testTypes(
  unverifiedType,
  {
    'AWS::QBusiness::Application': 'unresolved',
    'AWS::AIOps::InvestigationGroup': 'unresolved',
    'AWS::Wisdom::AIAgent': 'unresolved',
    'AWS::Outposts::Outpost': 'unresolved',
    'AWS::DeviceFarm::Project': 'block',
  },
  ['AWS::Wisdom::Assistant', 'AWS::Bedrock::Agent', 'AWS::StorageGateway::NFSFileShare'],
);
