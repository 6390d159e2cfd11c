import { OPERATOR } from '@/lib/runtime/rights/decisions/operator';
import type { JobView } from '../model/jobs';
import { require } from '../violation';
import type { World } from '../world';

const PROMISE = "no person alone reads another's content";

/** Checks that the people of a hand-over decided rightfully, by what surely is known of them. */
export function requireRightful(world: World, { id, by, user, at, figures }: JobView): void {
  const recipient = `${figures.recipient}`;
  const releaser = `${figures.releasedBy}`;
  const earliest = at + world.deployment.rules.handOverMs;
  require(Number(figures.releasedAt) >=
    earliest, 'nothing is released before its time', `${id} not before ${iso(earliest)}`, iso(
    Number(figures.releasedAt),
  ));
  require(recipient !== user && recipient !== by, PROMISE, `another recipient of ${id}`, recipient);
  const people = releaser === OPERATOR ? [recipient] : [by, releaser, recipient];
  require(new Set(people).size === people.length, PROMISE, `different people for ${id}`, people.join(', '));
  for (const one of people) {
    const since = world.given.get(one) ?? 0;
    require(since < at, PROMISE, `roles from before ${id}`, `${one} was given one at ${iso(since)}`);
  }
  const counted = new Set<string>();
  for (const one of people) {
    for (const origin of originsOf(world, one)) {
      require(!counted.has(origin), PROMISE, `independent people for ${id}`, `${origin} had a part in two of them`);
      counted.add(origin);
    }
  }
}

/** A person, those who gave them a role, those who gave those one, and so on. */
function originsOf(world: World, person: string): ReadonlySet<string> {
  const found = new Set([person]);
  for (const one of found) for (const giver of world.givers.get(one) ?? []) found.add(giver);
  return found;
}

const iso = (time: number): string => new Date(time).toISOString();
