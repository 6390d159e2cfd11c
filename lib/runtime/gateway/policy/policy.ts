import * as z from 'zod/mini';
import { identityPolicy } from './workspace-policy';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
const name = z.string().check(z.regex(NAME));

const limit = z.optional(z.int().check(z.positive()));
const modelName = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/));
const bedrock = z.strictObject({
  region: z.string(),
  id: z.string(),
  /** Regions that the provider itself named beyond those of the facts. */
  furtherRegions: z.optional(z.array(z.string()).check(z.minLength(1))),
});
const openai = z.strictObject({ openai: modelName });
const server = z.strictObject({
  server: z.string(),
  model: modelName,
  kind: z.enum(['text', 'embedding']),
  addresses: z.optional(z.array(z.string()).check(z.minLength(1))),
  region: z.string(),
});

const schema = z.strictObject({
  boundary: z.string(),
  /** What the owner has said of OpenAI; none where it isn't called. */
  openai: z.optional(z.strictObject({ reason: z.string(), zeroRetention: z.boolean(), schemasMayLeave: z.boolean() })),
  keepsContent: z.boolean(),
  tenant: z.strictObject({ kind: z.enum(['project', 'workspace']), ids: z.array(name).check(z.minLength(1)) }),
  models: z
    .array(
      z.strictObject({
        id: name,
        destinations: z.array(z.union([bedrock, openai, server])).check(z.minLength(1)),
      }),
    )
    .check(z.minLength(1)),
  /** None for projects. */
  identity: z.optional(identityPolicy),
  /** What the members of a workspace may use; projects have their own. */
  limits: z.optional(
    z.strictObject({
      tokensPerMemberPerDay: limit,
      tokensPerDay: limit,
      requestsPerMinute: limit,
      /** Estimated tokens that a model is sent of a conversation. */
      windowTokens: limit,
    }),
  ),
  /** Pages of which sites may read answers, by their origins. */
  corsOrigins: z.optional(z.array(z.string())),
  /** How old the reading of a Region's settings may be before nothing is served from it. */
  maxReadingAgeHours: z.optional(z.int().check(z.positive())),
  projects: z.optional(
    z
      .array(
        z.strictObject({
          id: name,
          models: z.array(name).check(z.minLength(1)),
          limits: z.strictObject({ requestsPerMinute: limit, tokensPerDay: limit }),
        }),
      )
      .check(z.minLength(1)),
  ),
});

/** What a deployment writes beside the bundle as `policy.json`: whom it serves, and where each model may be processed. */
export type GatewayPolicy = z.infer<typeof schema>;

/**
 * Reads the text of a `policy.json`. It checks the form only; {@link admit} decides whether every destination is inside.
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
  const result = schema.safeParse(value);
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
