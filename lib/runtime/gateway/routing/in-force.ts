import { factsOf } from '../../../boundary/facts-of';
import type { AnyDestination } from '../../../boundary/server';
import { type AdmittedPolicy, endedText } from '../policy/admitted-policy';

/**
 * The policy of a request, without the destinations that served until a day that has come: their model has ended, or the row that admits
 * them has expired, since the gateway started.
 */
export function inForce(policy: AdmittedPolicy, now: Date): AdmittedPolicy {
  if (now.getTime() < firstEndOf(policy)) return policy;
  const today = now.toISOString().slice(0, 10);
  const isOver = (destination: AnyDestination) => (destination.until ?? '9999') <= today;
  const models = new Map<string, readonly AnyDestination[]>();
  const ended = new Map(policy.ended);
  for (const [name, destinations] of policy.models) {
    const left = destinations.filter((destination) => !isOver(destination));
    if (left.length > 0 || destinations.length === 0) models.set(name, left);
    else
      ended.set(
        name,
        endedText(
          name,
          destinations.map((destination) => causeOf(policy, destination)),
        ),
      );
  }
  return { ...policy, models, ended };
}

/** When the first destination of each policy ends, in milliseconds, so that a request before it looks at no destination. */
const firstEnds = new WeakMap<AdmittedPolicy, number>();

function firstEndOf(policy: AdmittedPolicy): number {
  const known = firstEnds.get(policy);
  if (known !== undefined) return known;
  const days = [...policy.models.values()].flat().map(({ until }) => until);
  const first = Math.min(...days.map((day) => (day === undefined ? Number.POSITIVE_INFINITY : Date.parse(day))));
  firstEnds.set(policy, first);
  return first;
}

function causeOf({ boundary }: AdmittedPolicy, destination: AnyDestination): string {
  const { until } = destination;
  if (destination.provider !== 'bedrock') return `the check result of '${destination.id}' expired on ${until}`;
  return factsOf(boundary).model(destination.modelId)?.endsAt === until
    ? `'${destination.id}' ended on ${until}`
    : `the row that admits '${destination.id}' expired on ${until}`;
}
