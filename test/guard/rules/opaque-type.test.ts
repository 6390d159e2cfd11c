import { opaqueType } from '@/lib/guard/rules/opaque-type';
import { testTypes } from './type-rows';

testTypes(
  opaqueType,
  {
    'AWS::CloudFormation::Macro': 'unresolved',
    'AWS::CloudFormation::TypeActivation': 'unresolved',
    'AWS::Serverless::Application': 'unresolved',
    'AWS::ServiceCatalog::CloudFormationProvisionedProduct': 'unresolved',
  },
  ['AWS::CloudFormation::Stack', 'AWS::CloudFormation::CustomResource', 'AWS::CloudFormation::WaitCondition'],
);
