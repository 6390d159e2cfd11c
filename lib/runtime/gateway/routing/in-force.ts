import { factsOf } from '../../../boundary/facts-of';
import type { AnyDestination } from '../../../boundary/server';
import { type AdmittedPolicy, endedText } from '../policy/admitted-policy';

/**
 * The policy of a request, without the destinations that served until a day that has come: their model has ended, or the row that admits
 * them has expired, since the gateway started.
 */
export function inForce(policy: AdmittedPolicy, now: Date): AdmittedPolicy {
  const today = now.toISOString().slice(0, 10);
  const isOver = (destination: AnyDestination) => (untilOf(destination) ?? '9999') <= today;
  if (![...policy.models.values()].some((destinations) => destinations.some(isOver))) return policy;
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

const untilOf = (destination: AnyDestination) => (destination.provider === 'bedrock' ? destination.until : undefined);

function causeOf({ boundary }: AdmittedPolicy, destination: AnyDestination): string {
  const until = untilOf(destination);
  return factsOf(boundary).model(destination.modelId)?.endsAt === until
    ? `'${destination.id}' ended on ${until}`
    : `the row that admits '${destination.id}' expired on ${until}`;
}
