import { MANAGED_POLICIES } from '../../facts/generated/managed-policies';

/** Names of policies that suggest calls to models or agents, or everything. */
const SUSPECT = /Bedrock|AgentCore|SageMaker|Administrator|PowerUser/i;

/** Whether the name of an AWS managed policy suggests that it allows calls to models or agents. */
export const mayReach = (name: string): boolean => SUSPECT.test(name);

/** What a policy in the facts allows outside the boundary, in words. */
const ALLOWS = {
  bedrock: 'allows Bedrock in every Region',
  sagemaker: 'allows calls to SageMaker endpoints in every Region',
  place: 'allows access to resources outside the boundary',
} as const;

const REACH = new Map(
  Object.entries(ALLOWS).flatMap(([reach, words]) =>
    MANAGED_POLICIES[reach as keyof typeof ALLOWS].split(' ').map((name): [string, string] => [name, words]),
  ),
);
const NARROW = new Set(MANAGED_POLICIES.narrow.split(' '));

/** A managed policy that reaches outside the boundary, or that may. */
export interface WidePolicy {
  readonly name: string;
  /** What it allows; no full stop. */
  readonly allows: string;
}

/**
 * Looks an AWS managed policy up by its ARN or, as SAM accepts it, by its bare name. A policy that is newer than the facts and
 * whose name suggests calls to models counts as wide.
 */
export function widePolicy(text: string): WidePolicy | undefined {
  const [, name = text] = /:policy\/(?:[\w-]+\/)*([\w+=,.@-]+)$/.exec(text) ?? [];
  const allows = REACH.get(name);
  if (allows !== undefined) return { name, allows };
  const isOfAws = !text.includes(':') || /:iam::aws:policy\/(?!aws-service-role\/)/.test(text);
  if (!isOfAws || !mayReach(name) || NARROW.has(name)) return undefined;
  return {
    name,
    allows: `isn't in the facts of ${MANAGED_POLICIES.asOf}, and its name suggests that it allows calls to models`,
  };
}
