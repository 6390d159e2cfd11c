import type { ResourceRule } from '../rule/rule';
import { knownText } from '../template/resource';

export const guardrailTier: ResourceRule = {
  id: 'guardrail-tier',
  title: 'A guardrail evaluates prompts inside the boundary',
  why: 'The STANDARD tier evaluates prompts and answers in any Region of its guardrail profile.',
  fix: "Use the CLASSIC tier, or set a guardrail profile that stays inside the boundary, such as 'eu.guardrail.v1:0', in 'CrossRegionConfig'.",
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-tiers.html',
  appliesTo: ['AWS::Bedrock::Guardrail'],

  *check(resource) {
    // The value scan checks a profile wherever it is named, by every Region that it routes to.
    if (!resource.mayLack('CrossRegionConfig') && !resource.mayLack('CrossRegionConfig', 'GuardrailProfileArn')) return;
    for (const path of [
      ['ContentPolicyConfig', 'ContentFiltersTierConfig', 'TierName'],
      ['TopicPolicyConfig', 'TopicsTierConfig', 'TierName'],
    ]) {
      for (const { path: pointer, value } of resource.select(...path)) {
        const tier = knownText(value);
        if (tier === undefined)
          yield {
            path: pointer,
            level: 'unresolved',
            detail: 'the tier is known only at deployment and may be STANDARD',
          };
        else if (tier !== 'CLASSIC')
          yield {
            path: pointer,
            value: tier,
            detail: `the tier is '${tier}', without a guardrail profile that stays inside the boundary`,
          };
      }
    }
  },
};
