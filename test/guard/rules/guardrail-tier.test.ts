import { guardrailTier } from '@/lib/guard/rules/guardrail-tier';
import { testRule } from './rule-tester';

const content = (TierName: unknown, others = {}) => ({
  ContentPolicyConfig: { ContentFiltersTierConfig: { TierName } },
  ...others,
});
const profile = {
  CrossRegionConfig: {
    GuardrailProfileArn: 'arn:aws:bedrock:eu-central-1:111122223333:guardrail-profile/eu.guardrail.v1:0',
  },
};
const POINTER = '/Properties/ContentPolicyConfig/ContentFiltersTierConfig/TierName';

testRule(guardrailTier, {
  template: { Parameters: { Open: { Type: 'String' } } },
  compliant: {
    'the default tier': {},
    'the CLASSIC tier': content('CLASSIC'),
    'the STANDARD tier with a profile': content('STANDARD', profile),
  },
  violating: {
    'the STANDARD tier alone': { properties: content('STANDARD'), found: ['STANDARD'] },
    'a topic tier': {
      properties: { TopicPolicyConfig: { TopicsTierConfig: { TierName: 'STANDARD' } } },
      found: ['STANDARD'],
    },
    'a tier known only at deployment': { properties: content({ Ref: 'Open' }), found: [POINTER], level: 'unresolved' },
    'a profile that is absent in one branch': {
      properties: content('STANDARD', {
        CrossRegionConfig: {
          GuardrailProfileArn: {
            'Fn::If': ['X', profile.CrossRegionConfig.GuardrailProfileArn, { Ref: 'AWS::NoValue' }],
          },
        },
      }),
      found: ['STANDARD'],
    },
    'a profile in one branch only': {
      properties: content('STANDARD', {
        CrossRegionConfig: { 'Fn::If': ['X', profile.CrossRegionConfig, { Ref: 'AWS::NoValue' }] },
      }),
      found: ['STANDARD'],
    },
  },
});
