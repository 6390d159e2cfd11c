import type { Finding } from '../finding';
import type { PlanResource } from './plan-resource';

/** A finding in the terms of the plan: the provider's type, and the attribute's pointer. */
export function inSourceTerms(finding: Finding, resource: PlanResource): Finding {
  const { type, checkedAs, sensitive } = resource;
  const [first = '', ...steps] = (finding.path ?? '').split('/').slice(1);
  const path =
    first === 'Properties' ? resource.origins().of(steps) : finding.path === '/Type' ? '/type' : finding.path;
  const { value, written, ...rest } = finding;
  const isSecret = isSensitive(sensitive, path ?? '');
  return {
    ...rest,
    type,
    path,
    ...(value !== undefined && !isSecret && { value: value === checkedAs ? type : value }),
    ...(written !== undefined && !isSecret && { written }),
    message: finding.message.replaceAll(`'${checkedAs}'`, `'${type}'`),
  };
}

/** Whether a value, or one around it, is a secret. */
function isSensitive(sensitive: unknown, pointer: string): boolean {
  let node = sensitive;
  for (const step of pointer.split('/').slice(1)) {
    if (node === true) return true;
    node = typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[step] : undefined;
  }
  return node === true;
}
