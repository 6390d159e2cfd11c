import type * as z from 'zod/mini';
import type { GatewayPolicy } from '../../../contract/policies/gateway-policy';
import { gatewaySchema, NAME } from '../../../contract/schemas/gateway-schema';

/**
 * Reads the text of a `policy.json`. It checks the form only; `admitPolicy` decides whether every destination is inside the boundary.
 *
 * @throws if it isn't JSON of exactly this form: the gateway wouldn't honour a key that it doesn't know
 */
export function parsePolicy(text: string): GatewayPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('policy.json is not JSON; deploy the gateway again to replace it');
  }
  const result = gatewaySchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `'${issue.path.join('.')}' ${wrong(issue)}`);
  throw new Error(
    `policy.json doesn't have the form that this gateway reads: ${problems.join('; ')}; ` +
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
      return `contains unknown keys: ${issue.keys.join(', ')}`;
    default:
      return `is wrong (${issue.code})`;
  }
}
