import { noteJob } from '../checks/observe';
import type { Answer } from '../client';
import type { Person } from '../deployment/people';
import type { ModelHold } from '../model/holds';
import type { ModelJob } from '../model/jobs';
import type { ModelMember } from '../model/member';
import { require } from '../violation';
import type { World } from '../world';

const RIGHTS = '/admin/v1/rights';
const PROMISE = 'a request about rights is answered as the documentation says';

/** Sends a request about rights. A lost answer may hide a job. */
async function ask(world: World, by: Person, method: string, path: string, body?: object): Promise<Answer> {
  const answer = await world.client.send(by, method, `${RIGHTS}${path}`, body);
  if (!answer.isSure) world.hasLostRequest = true;
  const isUsual = !answer.isSure || answer.isDone || answer.status === 409;
  require(isUsual, PROMISE, 'success, or a refusal with 409', `${answer.status} ${answer.code} for ${method} ${path}`);
  return answer;
}

const anAdmin = (world: World): Person => world.random.pick(world.admins()) as Person;

export async function placeHold(world: World, member: ModelMember): Promise<void> {
  const { random } = world;
  const conversation = random.chance(0.4)
    ? random.pick(member.thingsOf('conversation').filter(({ id }) => id !== undefined))?.id
    : undefined;
  const tag = `case-${random.bytes(4).toString('hex')}`;
  const hold: ModelHold = { tag, user: member.id, conversation, from: Date.now() };
  member.holds.all.push(hold);
  const answer = await ask(world, anAdmin(world), 'POST', '/holds', { user: member.id, reason: tag, conversation });
  if (!answer.isSure) return;
  if (answer.isDone) {
    hold.id = answer.json.id;
    hold.placedAt = Date.now();
    // The answer names no job: it is the youngest of the user.
    world.hasLostRequest = true;
  } else {
    member.holds.all = member.holds.all.filter((one) => one !== hold);
  }
}

export async function releaseHold(world: World, member: ModelMember): Promise<void> {
  const hold = world.random.pick(member.holds.active().filter(({ id }) => id !== undefined));
  if (hold === undefined) return;
  hold.releaseFrom = Date.now();
  const answer = await ask(world, anAdmin(world), 'DELETE', `/holds/${hold.id}`);
  world.hasLostRequest = true;
  if (answer.isSure) hold.releasedAt = Date.now();
}

/** What an export of a user that is requested now has to have. */
function expectedOf(member: ModelMember): ModelJob['expected'] {
  const now = Date.now();
  const all = member.things.flatMap((thing) => {
    const within = thing.kind === 'conversation' ? thing.id : undefined;
    const isGone = thing.known !== 'stored';
    return thing.entries.map((entry) => ({
      mark: entry.mark,
      presence: isGone ? 'either' : member.presence(entry, now, now, within),
      isGone: entry.known === 'gone' && entry.since < now && entry.isInResponse !== true,
    }));
  });
  return {
    owner: member.owner,
    there: all.filter(({ presence }) => presence === 'there').map(({ mark }) => mark),
    gone: all.filter(({ isGone }) => isGone).map(({ mark }) => mark),
  };
}

export async function requestExport(world: World, member: ModelMember, recipient?: ModelMember): Promise<void> {
  const expected = expectedOf(member);
  const handOver = recipient && { recipient: recipient.id, reason: 'they have left' };
  const { state } = member;
  const answer = await ask(world, anAdmin(world), 'POST', '/exports', { user: member.id, ...handOver });
  if (answer.isDone) {
    require(state !== 'erased', PROMISE, 'no export of an erased user', answer.json.id);
    noteJob(world, answer.json.id, expected);
  }
}

/** An administrator, or an operator, tries to release a hand-over: also too early, and by people who may not. */
export async function release(world: World, job: ModelJob): Promise<void> {
  const { random, deployment } = world;
  if (random.chance(0.15)) return confirmAsOperator(world, job);
  const by = random.chance(0.3) ? (deployment.people.person(job.by) as Person) : anAdmin(world);
  await ask(world, by, 'POST', `/exports/${job.id}/release`, {});
}

/** Another person's erasure waits. Half of them get the confirmation that they may need. */
export async function erase(world: World, member: ModelMember): Promise<void> {
  const answer = await ask(world, anAdmin(world), 'POST', '/erasures', { user: member.id });
  if (answer.isDone) noteJob(world, answer.json.id);
}

export async function confirmErasure(world: World, job: ModelJob): Promise<void> {
  if (world.random.chance(0.2)) return confirmAsOperator(world, job);
  await ask(world, anAdmin(world), 'POST', `/erasures/${job.id}/confirm`, {});
}

async function confirmAsOperator(world: World, { id }: ModelJob): Promise<void> {
  // Whatever it throws, the operator sees no answer: the state of the job tells.
  await world.deployment.confirm(id).catch((error: Error) => world.options.log(`operator ${id} ${error.name}`));
}

export async function eraseOwn(world: World, member: ModelMember): Promise<void> {
  const isHeld = member.holds.isOn(Date.now());
  member.state = 'perhaps-erased';
  const answer = await ask(world, world.person(member), 'POST', '/own/erasures', {});
  require(!answer.isDone || !isHeld, 'nothing under hold is lost', 'a refusal to erase', `${answer.status}`);
  if (answer.isDone) noteJob(world, answer.json.id);
  else if (answer.isSure && member.state === 'perhaps-erased') member.state = 'served';
}

export async function cancel(world: World, job: ModelJob): Promise<void> {
  await ask(world, anAdmin(world), 'DELETE', `/jobs/${job.id}`);
}

export async function readmit(world: World, member: ModelMember): Promise<void> {
  const answer = await ask(world, anAdmin(world), 'POST', '/readmissions', { user: member.id });
  if (answer.isDone) noteJob(world, answer.json.id);
}

export async function close(world: World): Promise<void> {
  const answer = await ask(world, anAdmin(world), 'POST', '/closures', { workspace: 'sciences', days: 7 });
  if (answer.isDone) noteJob(world, answer.json.id);
}
