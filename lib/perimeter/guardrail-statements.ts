import type { Guardrail } from '../boundary/guardrail';
import type { PolicyScope, Statement } from './statement';

/** The account and partition of the statements, and the guardrails that they allow. */
export interface GuardrailScope extends PolicyScope {
  readonly guardrails: readonly (Guardrail & { readonly encryptionKeyArn?: string })[];
}

/**
 * The permissions that a role needs to apply these guardrails, and no others. A guardrail with a profile is also checked against the
 * profile in every Region to which it routes.
 */
export function guardrailStatements(scope: GuardrailScope): Statement[] {
  const { partition, account, guardrails } = scope;
  if (guardrails.length === 0) return [];
  const profiles = guardrails.flatMap(({ profile }) =>
    profile === undefined
      ? []
      : profile.regions.map(
          (region) => `arn:${partition}:bedrock:${region}:${account}:guardrail-profile/${profile.id}`,
        ),
  );
  const Resource = [...new Set([...guardrails.map((guardrail) => guardrailArn(scope, guardrail)), ...profiles])];
  return [{ Sid: 'Guardrails', Effect: 'Allow', Action: ['bedrock:ApplyGuardrail'], Resource }];
}

/** The permission to decrypt guardrails under a customer managed key. */
export function guardrailKeyStatements({ guardrails }: Pick<GuardrailScope, 'guardrails'>): Statement[] {
  const Resource = [...new Set(guardrails.flatMap(({ encryptionKeyArn }) => encryptionKeyArn ?? []))];
  return Resource.length === 0 ? [] : [{ Sid: 'GuardrailKeys', Effect: 'Allow', Action: ['kms:Decrypt'], Resource }];
}

/** Denies a role each call to which none of these guardrails is applied. A call without a guardrail has no value, so it is denied too. */
export const onlyGuarded = (scope: GuardrailScope): Statement => ({
  Sid: 'OnlyWithGuardrail',
  Effect: 'Deny',
  Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
  Resource: ['*'],
  Condition: {
    StringNotEquals: { 'bedrock:GuardrailIdentifier': scope.guardrails.map((one) => versionArn(scope, one)) },
  },
});

/** The ARN of a guardrail. */
export const guardrailArn = ({ partition, account }: PolicyScope, { region, id }: Guardrail): string =>
  `arn:${partition}:bedrock:${region}:${account}:guardrail/${id}`;

/** A guardrail and its version, as conditions of IAM and the variable `GUARDRAILS` name them. */
export const versionArn = (scope: PolicyScope, guardrail: Guardrail): string =>
  `${guardrailArn(scope, guardrail)}:${guardrail.version}`;
