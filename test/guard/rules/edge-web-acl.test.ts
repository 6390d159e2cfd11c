import { edgeWebAcl } from '@/lib/guard/rules/edge-web-acl';
import { testRule } from './rule-tester';

testRule(edgeWebAcl, {
  template: { Parameters: { Scope: { Type: 'String' } } },
  compliant: { 'a regional one': { Scope: 'REGIONAL' } },
  violating: {
    'one for CloudFront': { properties: { Scope: 'CLOUDFRONT' }, found: ['CLOUDFRONT'] },
    'one branch': { properties: { Scope: { 'Fn::If': ['X', 'REGIONAL', 'CLOUDFRONT'] } }, found: ['CLOUDFRONT'] },
    'a scope known only at deployment': {
      properties: { Scope: { Ref: 'Scope' } },
      found: ['/Properties/Scope'],
      level: 'unresolved',
    },
  },
});
