import type { ModelJob } from '../model/jobs';
import { require } from '../violation';
import type { World } from '../world';
import { certificate } from './rows';

const DAY_MS = 86_400_000;

/** Longer than any job takes: a hand-over waits for three days, then seven for its release, and seven for its download. */
const LONGEST_MS = 30 * DAY_MS;

/** Checks that a job which isn't over isn't too old. A closure waits for as long as there are holds. */
export function requireProgress(world: World, { id, kind, at, view }: ModelJob): void {
  const holds = [...world.members.values()].flatMap((member) => member.holds.all);
  const lastHold =
    kind === 'close' ? Math.max(0, ...holds.map(({ releasedAt }) => releasedAt ?? Number.POSITIVE_INFINITY)) : 0;
  const isLate = Date.now() > Math.max(at, lastHold) + LONGEST_MS;
  require(!isLate, 'every accepted job ends', `${id} to end within 30 days`, `step ${view.step}`);
}

/** Checks that a closed workspace was closed rightfully, and that nothing in it can be read. */
export async function requireClosed(world: World): Promise<void> {
  const { stores } = world.deployment;
  const held = [...world.members.values()].find(({ holds }) => holds.active().length > 0);
  require(held === undefined, 'nothing under hold is lost', 'no closure during a hold', `a hold of ${held?.id}`);
  const erasure = world.openJobs().find(({ kind }) => kind === 'erase');
  require(erasure === undefined, 'every accepted job ends', 'no closure before a certificate', `${erasure?.id}`);
  for (const { id, kind, view } of world.jobs.values()) {
    if (kind !== 'close' || view.state !== 'closed') continue;
    const isCertified = certificate(stores, id) !== undefined && certificate(stores, `${id}-key`) !== undefined;
    require(isCertified, 'certified means gone', `both certificates of ${id}`, 'one or none');
  }
  // A gateway may have a key in memory for a minute.
  for (const gateway of world.deployment.gateways) gateway.recycle();
  const member = world.random.pick(
    world.activeMembers().filter(({ things }) => things.some(({ known }) => known === 'stored')),
  );
  if (member === undefined) return;
  const answer = await world.client.send(world.person(member), 'POST', '/v1/conversations', {
    metadata: { topic: 'x' },
  });
  require(!answer.isDone, 'a closed workspace stores nothing', 'a failure', `${answer.status}`);
}
