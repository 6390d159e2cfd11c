import { acceleration } from '@/lib/guard/rules/acceleration';
import { testRule } from './rule-tester';

const bucket = (AccelerationStatus: unknown) => ({ AccelerateConfiguration: { AccelerationStatus } });

testRule(acceleration, {
  type: 'AWS::S3::Bucket',
  template: { Parameters: { Open: { Type: 'String' } } },
  compliant: { 'none said': {}, suspended: bucket('Suspended') },
  violating: {
    enabled: { properties: bucket('Enabled'), found: ['Enabled'] },
    'given at deploy': {
      properties: bucket({ Ref: 'Open' }),
      found: ['/Properties/AccelerateConfiguration/AccelerationStatus'],
      level: 'unresolved',
    },
  },
});

testRule(acceleration, {
  type: 'AWS::EC2::VPNConnection',
  compliant: { off: { EnableAcceleration: false } },
  violating: { on: { properties: { EnableAcceleration: true }, found: ['true'] } },
});
