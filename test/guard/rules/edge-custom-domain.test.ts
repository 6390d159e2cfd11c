import { edgeCustomDomain } from '@/lib/guard/rules/edge-custom-domain';
import { testRule } from './rule-tester';

testRule(edgeCustomDomain, {
  compliant: { 'a prefix domain': { Domain: 'login-example' } },
  violating: {
    'a custom domain': {
      properties: { Domain: 'login.example.de', CustomDomainConfig: { CertificateArn: 'x' } },
      found: ['/Properties/CustomDomainConfig'],
    },
  },
});
