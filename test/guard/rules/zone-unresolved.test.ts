import { zoneUnresolved } from '@/lib/guard/rules/zone-unresolved';
import { findingsOf } from './rule-tester';

const rows = {
  type: 'AWS::EC2::Subnet',
  template: { Parameters: { Zone: { Type: 'AWS::EC2::AvailabilityZone::Name' } } },
};

test('a zone known only at deployment is informational', () => {
  expect(
    findingsOf(zoneUnresolved, { AvailabilityZone: { Ref: 'Zone' } }, rows).map((finding) => finding.level),
  ).toEqual(['info']);
});

test.each([['eu-central-1a'], [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }]])('%j passes', (AvailabilityZone) => {
  expect(findingsOf(zoneUnresolved, { AvailabilityZone }, rows)).toEqual([]);
});
