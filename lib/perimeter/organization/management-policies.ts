import { parseArn } from '../../boundary/arn-parts';
import type { ManagementDocument } from './document';
import type { PerimeterScope } from './scope';

/** What no policy further down may change; a restriction of one level doesn't reach those below it. */
const FINAL = { '@@operators_allowed_for_child_policies': ['@@none'] };

type Content = Readonly<Record<string, unknown>>;

/** A policy of which no level can be changed further down (docs.aws.amazon.com/organizations/latest/userguide/policy-operators.html). */
const final = (content: Content): Content =>
  Object.fromEntries(
    Object.entries(content).map(([key, value]) => [key, isLevel(value) ? { ...FINAL, ...final(value) } : value]),
  );

const isLevel = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Organizations' AI services opt-out policy: no service uses content to improve itself, and no account can change that. */
export const AI_OPT_OUT: ManagementDocument = {
  kind: 'ai-opt-out',
  name: 'ai-opt-out',
  description:
    'Opts out of the use of content by AWS AI services for their improvement, which may store it in other Regions.',
  content: final({ services: { default: { opt_out_policy: { '@@assign': 'optOut' } } } }),
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
      description:
        "Enforces the organization's guardrails on every call of a model, whatever policies further down say.",
      content: final({ bedrock: { guardrail_inference: Object.fromEntries(regions) } }),
    },
  ];
}
