import { parseArn } from '../../boundary/arn-parts';
import type { ManagementDocument } from './document';
import type { PerimeterScope } from './scope';

const NONE = ['@@none'];

/** Organizations' AI services opt-out policy: no service uses content to improve itself, and no account can change that. */
export const AI_OPT_OUT: ManagementDocument = {
  kind: 'ai-opt-out',
  name: 'ai-opt-out',
  description:
    'Opts out of the use of content by AWS AI services for their improvement, which may store it in other Regions.',
  content: {
    services: {
      '@@operators_allowed_for_child_policies': NONE,
      default: {
        '@@operators_allowed_for_child_policies': NONE,
        opt_out_policy: { '@@operators_allowed_for_child_policies': NONE, '@@assign': 'optOut' },
      },
    },
  },
};

/** Organizations' Bedrock policy: every call of a model passes the organization's guardrail of its Region, whatever the call names. */
export function bedrockPolicies({ partition, guardrails = [] }: PerimeterScope): ManagementDocument[] {
  const own = guardrails.filter((arn) => parseArn(arn)?.partition === partition);
  if (own.length === 0) return [];
  const everything = { '@@assign': 'comprehensive' };
  const regions = own.map((arn) => [
    parseArn(arn)?.region,
    {
      residency: {
        identifier: { '@@assign': arn },
        // Otherwise a caller could mark what the guardrail looks at.
        selective_content_guarding: { system: everything, messages: everything },
      },
    },
  ]);
  return [
    {
      kind: 'bedrock-policy',
      name: 'bedrock-policy',
      description: "Enforces the organization's guardrails on every call of a model.",
      content: { bedrock: { guardrail_inference: Object.fromEntries(regions) } },
    },
  ];
}
