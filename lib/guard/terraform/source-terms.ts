import type { Finding } from '../finding';
import type { ResourceRule } from '../rule/rule';
import { iamReach } from '../rules/iam-reach';
import type { PlanResource } from './plan-resource';

/** A finding in the terms of the plan: the provider's type, and the attribute's pointer. */
export function inSourceTerms(finding: Finding, rule: ResourceRule, resource: PlanResource): Finding {
  const { type, checkedAs, sensitive } = resource;
  const [first = '', ...steps] = (finding.path ?? '').split('/').slice(1);
  const path =
    first === 'Properties' ? resource.origins().of(steps) : finding.path === '/Type' ? '/type' : finding.path;
  if (isSensitive(sensitive, path ?? '')) return withoutValue({ ...finding, type, path }, rule);
  const { value } = finding;
  return {
    ...finding,
    type,
    path,
    ...(value !== undefined && { value: value === checkedAs ? type : value }),
    ...(isUnreadPolicy(finding) && { fix: POLICY_FIX }),
    message: finding.message.replaceAll(`'${checkedAs}'`, `'${type}'`),
  };
}

/** A finding that says nothing about the value, parts of which are in the place, the message and some remedies. */
function withoutValue(
  { value: _, written: __, place: ___, ...rest }: Finding,
  { title, why, fix }: ResourceRule,
): Finding {
  return { ...rest, message: `a value marked as sensitive breaks this rule: ${title}. ${why}`, fix };
}

/** A policy whose text the plan doesn't contain, because it is built from attributes of new resources. */
const isUnreadPolicy = ({ rule, message }: Finding) =>
  rule === iamReach.id && message.startsWith("a policy can't be read");

const POLICY_FIX =
  'Write the policy with data "aws_iam_policy_document", whose statements a plan contains; or check a plan again after the apply, which then contains the text.';

/** Whether a value, or one around it, is a secret. */
function isSensitive(sensitive: unknown, pointer: string): boolean {
  let node = sensitive;
  for (const step of pointer.split('/').slice(1)) {
    if (node === true) return true;
    node = typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[step] : undefined;
  }
  return node === true;
}
