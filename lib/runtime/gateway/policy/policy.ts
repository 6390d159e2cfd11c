import type * as z from 'zod/mini';
import type { GatewayPolicy } from '../../../contract/policies/gateway-policy';
import { gatewaySchema, NAME } from '../../../contract/schemas/gateway-schema';

/**
 * Reads the text of a `policy.json`. It checks the form only; `admitPolicy` decides whether every destination is inside.
 *
 * @throws if it isn't JSON, or hasn't exactly this form: a key that the gateway doesn't know is one it wouldn't honour
 */
export function parsePolicy(text: string): GatewayPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('policy.json is not JSON; deploy the gateway again so that it is written anew');
  }
  const result = gatewaySchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `'${issue.path.join('.')}' ${wrong(issue)}`);
  throw new Error(
    `policy.json has not the form that this gateway reads: ${problems.join('; ')}; ` +
      'deploy the gateway and its policy from one version of the package',
  );
}

function wrong(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be of type ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'too_small':
      return issue.origin === 'array' ? `must have at least ${issue.minimum} entry` : 'must be a positive whole number';
    case 'invalid_format':
      return `must match ${NAME.source}`;
    case 'unrecognized_keys':
      return `holds keys that are not known: ${issue.keys.join(', ')}`;
    default:
      return `is wrong (${issue.code})`;
  }
}
