import { daysUntil } from '../../boundary/lifecycle';
import type { FactLayer } from '../../facts/layers';
import type { CheckFinding } from './finding';

/** The days before the expiry of an admitted row from which the check warns of it: enough for a second person to approve. */
export const ADMITTED_WARNING_DAYS = 14;

/** The admitted rows of a policy that expire soon or have expired. */
export function checkAdmitted(layers: readonly FactLayer[], region: string, now: Date): CheckFinding[] {
  const today = now.toISOString().slice(0, 10);
  return layers.flatMap((layer): CheckFinding[] => {
    const { origin } = layer;
    if (origin.kind !== 'admitted') return [];
    const days = daysUntil(origin.expires, today);
    if (days > ADMITTED_WARNING_DAYS) return [];
    const ids = idsOf(layer);
    const renew =
      `admit it again ('eu-residency facts admit ${ids[0] ?? 'ID'}'), have the row approved, and deploy; or install a version of the ` +
      'package whose facts contain it; or remove it from residency.yaml';
    const subject = `the row that admits ${ids.map((id) => `'${id}'`).join(', ')} (approved by ${origin.approvedBy})`;
    return [
      days <= 0
        ? {
            kind: 'admitted-expired',
            region,
            profile: ids[0],
            text: `${subject} expired on ${origin.expires}, so it allows nothing; ${renew}`,
          }
        : {
            kind: 'admitted-expiring',
            region,
            profile: ids[0],
            text: `${subject} expires on ${origin.expires}, in ${days === 1 ? '1 day' : `${days} days`}; before then, ${renew}`,
          },
    ];
  });
}

/** What a layer admits: a profile, otherwise the models of its rows. */
function idsOf({ profiles = [], onDemandModels = [], models = [], modelRetention = [] }: FactLayer): string[] {
  const named = [
    profiles.map(({ id }) => id),
    ...[onDemandModels, models, modelRetention].map((rows) => rows.map(({ modelId }) => modelId)),
  ];
  return [...new Set(named.find((ids) => ids.length > 0) ?? [])];
}
