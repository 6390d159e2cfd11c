import { contactDistribution } from '@/lib/guard/rules/contact-distribution';
import { testTypes } from './type-rows';

testTypes(contactDistribution, { 'AWS::Connect::TrafficDistributionGroup': 'block' }, [
  'AWS::Connect::Instance',
  'AWS::Connect::PhoneNumber',
]);
