import type { CheckAttributes, RetentionAttributes } from '../../contract/custom-resources';
import type { Outcome } from '../aws/custom-resource';
import { type CheckOptions, check } from './check';
import type { CheckFinding } from './finding';
import { type RegionOutcome, type RetentionOptions, requireNoRetention } from './retention';

/** Sets or verifies the retention modes at a deployment. */
export async function runRetention(
  options: RetentionOptions,
  log: (outcomes: readonly RegionOutcome[]) => void,
): Promise<Outcome> {
  const outcomes = await requireNoRetention(options);
  log(outcomes);
  const refused = outcomes.flatMap((outcome) => (outcome.result === 'refused' ? [outcome.problem] : []));
  if (refused.length > 0) {
    return { ok: false, reason: `Bedrock's retention doesn't meet the boundary: ${refused.join('. ')}` };
  }
  const unusable = outcomes.flatMap((outcome) => (outcome.result === 'unusable' ? [outcome.problem] : []));
  return { ok: true, data: { Unusable: textOf(unusable) } satisfies RetentionAttributes };
}

/** Checks at a deployment. A difference inside the boundary doesn't stop it, and neither does a model that ends or has ended. */
export async function runCheck(
  options: CheckOptions,
  log: (findings: readonly CheckFinding[]) => void,
): Promise<Outcome> {
  const findings = await check(options);
  log(findings);
  const of = (...kinds: CheckFinding['kind'][]) =>
    findings.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);
  const stops = of(
    'destination-outside',
    'admitted-differs',
    'admitted-expired',
    'logging-on',
    'retention-drift',
    'check-failed',
  );
  if (stops.length > 0) return { ok: false, reason: `Bedrock's settings don't meet the boundary: ${stops.join('. ')}` };
  return {
    ok: true,
    data: {
      Drift: textOf(of('destination-drift')),
      Unusable: textOf(of('unusable')),
    } satisfies CheckAttributes,
  };
}

/** A custom resource's answer is limited to 4,096 bytes, and a stack's output can't be empty. */
function textOf(texts: readonly string[]): string {
  const text = texts.join('. ') || 'none';
  return text.length > 1_000 ? `${text.slice(0, 999)}…` : text;
}
