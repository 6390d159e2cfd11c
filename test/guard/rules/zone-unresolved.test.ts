import { zoneUnresolved } from '@/lib/guard/rules/zone-unresolved';
import { findingsOf } from './rule-tester';

const rows = {
  type: 'AWS::EC2::Subnet',
  template: { Parameters: { Zone: { Type: 'AWS::EC2::AvailabilityZone::Name' } } },
};

test('a zone given at deploy is worth knowing, and blocks nothing', () => {
  expect(
    findingsOf(zoneUnresolved, { AvailabilityZone: { Ref: 'Zone' } }, rows).map((finding) => finding.level),
  ).toEqual(['info']);
});

test.each([['eu-central-1a'], [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }]])('passes %j', (AvailabilityZone) => {
  expect(findingsOf(zoneUnresolved, { AvailabilityZone }, rows)).toEqual([]);
});
