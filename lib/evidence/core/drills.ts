import { isPassed, type ProviderDrillReport } from '../../report/provider-drill';
import type { DrillRow, ModelRow } from './evidence';
import { idOf, rowOf, statedOf, type Verdict } from './row';

/** Each drill once, the newest first. */
export function drillRows(drills: readonly ProviderDrillReport[], models: readonly ModelRow[]): DrillRow[] {
  // In another Region, or over another API, a destination's row says so after its ID.
  const known = new Set(models.map(({ destination }) => destination.split(' ')[0]));
  const each = new Map(drills.map((drill) => [JSON.stringify(drill), drill]));
  return [...each.values()]
    .sort((a, b) => compare(b.at, a.at) || compare(JSON.stringify(a), JSON.stringify(b)))
    .map((drill) => {
      const { provider, model, at, outAfterSeconds, backAfterSeconds, requests, answers } = drill;
      const stated = statedOf([failoverVerdict(drill), otherVerdict(drill, known)]);
      return {
        ...rowOf(idOf('drill', provider, model, at), stated, {}, { date: at.slice(0, 10) }),
        provider,
        model,
        at,
        ...(outAfterSeconds !== undefined && { outAfterSeconds }),
        ...(backAfterSeconds !== undefined && { backAfterSeconds }),
        requests,
        answers,
      };
    });
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const basisOf = ({ at }: ProviderDrillReport): Verdict['basis'] => ({
  kind: 'claimed',
  by: 'eu-residency drill',
  asOf: at.slice(0, 10),
  stale: false,
});

function failoverVerdict(drill: ProviderDrillReport): Verdict {
  const { provider, outAfterSeconds: out, backAfterSeconds: back, requests } = drill;
  const reason = [
    out === undefined
      ? `No other destination answered within a minute after ${provider} was taken out of use.`
      : `Other destinations answered ${out} s after ${provider} was taken out of use.`,
    back === undefined
      ? 'It did not answer within a minute after its readmission.'
      : `It answered again ${back} s after its readmission.`,
    `${requests.failed} of ${requests.sent} requests failed.`,
  ].join(' ');
  return {
    criterion: 'drill.failover',
    status: isPassed(drill) ? 'ok' : 'failed',
    reason,
    remedy: isPassed(drill) ? '' : 'Find the cause, and drill again.',
    basis: basisOf(drill),
  };
}

/** A drill of another deployment shows nothing of this one. */
function otherVerdict(drill: ProviderDrillReport, known: ReadonlySet<string | undefined>): Verdict | undefined {
  const others = Object.keys(drill.answers).filter((destination) => !known.has(destination));
  if (others.length === 0) return undefined;
  return {
    criterion: 'drill.failover',
    status: 'attention',
    reason: `No gateway of these templates calls ${others.join(', ')}, which answered the drill.`,
    remedy: 'Name the report of a drill of this deployment, made since its models changed.',
    basis: basisOf(drill),
  };
}
