import type { CheckAttributes, RetentionAttributes } from '../../contract/custom-resources';
import type { Outcome } from '../aws/custom-resource';
import { type CheckFinding, type CheckOptions, check } from './check';
import { type RegionOutcome, type RetentionOptions, requireNothingKept } from './retention';

/** Sets or verifies the retention modes at a deployment. */
export async function runRetention(
  options: RetentionOptions,
  log: (outcomes: readonly RegionOutcome[]) => void,
): Promise<Outcome> {
  const outcomes = await requireNothingKept(options);
  log(outcomes);
  const refused = outcomes.flatMap((outcome) => (outcome.result === 'refused' ? [outcome.problem] : []));
  if (refused.length > 0) {
    return { ok: false, reason: `what Bedrock keeps isn't as the boundary needs it: ${refused.join('. ')}` };
  }
  const unusable = outcomes.flatMap((outcome) => (outcome.result === 'unusable' ? [outcome.problem] : []));
  return { ok: true, data: { Unusable: textOf(unusable) } satisfies RetentionAttributes };
}

/** Checks at a deployment; a difference that stays inside doesn't stop it. */
export async function runCheck(
  options: CheckOptions,
  log: (findings: readonly CheckFinding[]) => void,
): Promise<Outcome> {
  const findings = await check(options);
  log(findings);
  const of = (...kinds: CheckFinding['kind'][]) =>
    findings.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);
  const stops = of('destination-outside', 'logging-on', 'retention-drift', 'check-failed');
  if (stops.length > 0) return { ok: false, reason: `Bedrock isn't as the boundary needs it: ${stops.join('. ')}` };
  return {
    ok: true,
    data: {
      Drift: textOf(of('destination-drift')),
      Unusable: textOf(of('unusable')),
    } satisfies CheckAttributes,
  };
}

/** An answer of a custom resource holds 4,096 bytes, and an output of a stack must hold something. */
function textOf(texts: readonly string[]): string {
  const text = texts.join('. ') || 'none';
  return text.length > 1_000 ? `${text.slice(0, 999)}…` : text;
}
