import type { ModelJob } from '../model/jobs';
import { marksIn } from '../model/marks';
import { require } from '../violation';
import type { World } from '../world';

/** Someone tries to download an export: its user, the recipient of a hand-over, or another member. */
export async function download(world: World, job: ModelJob): Promise<void> {
  const { random, deployment, members } = world;
  const isHandOver = job.view.figures.recipient !== undefined;
  const reader = isHandOver ? `${job.view.figures.recipient}` : job.user;
  const who = random.chance(0.8) ? reader : random.pick(world.activeMembers())?.id;
  const person = deployment.people.person(who ?? '');
  const member = members.get(person?.id ?? '');
  if (person === undefined || member === undefined) return;
  const mayRead = job.readable?.by === person.id && Date.now() < job.readable.until;
  // If the answer to its request was lost, only the job's user is known.
  const owner = job.expected?.owner ?? members.get(job.user)?.owner;
  const owners = mayRead && owner !== undefined ? [owner] : [];
  const answer = await world.client.send(person, 'GET', `/v1/exports/${job.id}`, undefined, owners);
  if (!answer.isDone || job.expected === undefined || member.state !== 'served') return;
  const shown = new Set(marksIn(answer.text));
  const missing = job.expected.there.find((mark) => !shown.has(mark) && isStill(world, job, mark));
  require(missing === undefined, 'an export has all of a user', `${missing} in ${job.id}`, 'nothing');
  const extra = job.expected.gone.find((mark) => shown.has(mark));
  require(extra === undefined, 'what was deleted or expired is gone', `no ${extra} in ${job.id}`, 'it');
}

/** Whether something surely was there from the request until now. */
function isStill(world: World, { user }: ModelJob, mark: string): boolean {
  const member = world.members.get(user);
  const now = Date.now();
  return (
    member?.things.some(
      (thing) =>
        thing.known === 'stored' &&
        thing.entries.some(
          (entry) =>
            entry.mark === mark &&
            member.presence(entry, now, now, thing.kind === 'conversation' ? thing.id : undefined) === 'there',
        ),
    ) === true
  );
}
