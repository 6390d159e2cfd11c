import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideGuardrail, type Guardrail } from '../../boundary/guardrail';
import { requireArnInside } from '../shared/require-inside';

/** A guardrail of Bedrock, in any version. */
export interface GuardrailReference {
  /** Its ID, or its ARN in the account of the stack. */
  readonly id: string;

  /**
   * The Region of the guardrail, which is the source Region of the calls that it checks.
   *
   * @default - the Region of the stack
   */
  readonly region?: string;

  /**
   * The ID of its guardrail profile, such as `eu.guardrail.v1:0`. It evaluates content in each Region of the profile, so
   * each must be inside the boundary. A guardrail with an undeclared profile can't be applied, so requests fail.
   *
   * @default - none: it evaluates content in its own Region only
   */
  readonly profile?: string;
}

/** A guardrail of Bedrock in one version, which checks prompts and answers of calls in one source Region. */
export interface InferenceGuardrail extends GuardrailReference {
  /** The number of its version. `DRAFT` is refused, because it changes without a deployment. */
  readonly version: string;

  /**
   * The ARN of the customer managed key that encrypts it, in its Region. The key's policy must permit IAM policies.
   *
   * @default - none: AWS's own key
   */
  readonly encryptionKeyArn?: string;
}

/** A guardrail inside the boundary. */
export interface DecidedGuardrail extends Guardrail {
  readonly encryptionKeyArn?: string;
}

/** Takes the place of an ID or a version that is known only at deployment. */
const UNKNOWN = '1';

/**
 * Decides each guardrail.
 *
 * @throws at the first that may evaluate content outside the boundary
 */
export function decideGuardrails(
  scope: Construct,
  boundary: ResidencyBoundary,
  guardrails: readonly (GuardrailReference | InferenceGuardrail)[],
): DecidedGuardrail[] {
  const { region: own, account } = Stack.of(scope);
  const known = (text: string) => (Token.isUnresolved(text) ? UNKNOWN : text);
  return guardrails.map((named) => {
    const { id, region = own, profile } = named;
    const { version = UNKNOWN, encryptionKeyArn } = named as Partial<InferenceGuardrail>;
    const decision = decideGuardrail(
      boundary,
      { id: known(id), version: known(version), region, ...(profile !== undefined && { profile }) },
      Token.isUnresolved(account) ? undefined : account,
    );
    if (!decision.inside) {
      throw new Error(
        `${scope.node.path}: 'guardrails' must check content inside ${boundary.label}, got one in '${region}': ${decision.detail}`,
      );
    }
    requireKey(scope, boundary, region, encryptionKeyArn);
    const { guardrail } = decision;
    return {
      ...guardrail,
      id: Token.isUnresolved(id) ? id : guardrail.id,
      version,
      ...(encryptionKeyArn !== undefined && { encryptionKeyArn }),
    };
  });
}

function requireKey(scope: Construct, boundary: ResidencyBoundary, region: string, arn: string | undefined): void {
  // The key of a guardrail is always in the guardrail's Region, so an ARN that is known only at deployment is inside.
  if (arn === undefined || Token.isUnresolved(arn)) return;
  const found = requireArnInside(scope, boundary, 'encryptionKeyArn', arn);
  if (found === region) return;
  throw new Error(
    `${scope.node.path}: 'encryptionKeyArn' must be in ${region}, the Region of its guardrail, got a key in '${found}'; pass the ` +
      "guardrail's own key",
  );
}
