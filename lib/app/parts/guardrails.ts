import type { GuardrailConfig } from '../../config/model/config';
import type { InferenceGuardrail } from '../../constructs/guardrails/inference-guardrail';

/** The guardrails of the file as props of a tenant or of the foundation. */
export const guardrailsOf = (guardrails: readonly GuardrailConfig[] = []): InferenceGuardrail[] =>
  guardrails.map(({ key: encryptionKeyArn, ...guardrail }) => ({
    ...guardrail,
    ...(encryptionKeyArn !== undefined && { encryptionKeyArn }),
  }));
