import type { MemberRole } from '@/lib/contract/roles';
import type { Person } from '../deployment/people';
import type { ModelMember } from '../model/member';
import { require } from '../violation';
import type { World } from '../world';

/** The documented time until every process refuses who was disabled. */
const BLOCKED_MS = 60_000;

const MEMBERS = '/admin/v1/members';

const anAdmin = (world: World): Person => world.random.pick(world.admins()) as Person;

function noteGiven(world: World, person: string, by: Person, began: number): void {
  world.given.set(person, Math.max(world.given.get(person) ?? 0, began));
  world.givers.set(person, (world.givers.get(person) ?? new Set()).add(by.id));
}

/** An administrator adds a person with a role. */
export async function join(world: World, role: MemberRole): Promise<void> {
  const by = anAdmin(world);
  const name = world.newName();
  const answer = await world.client.send(by, 'POST', MEMBERS, { name, roles: [role] });
  const person = world.deployment.people.everyone().find((one) => one.name === name);
  if (person === undefined) return;
  if (answer.isDone) noteGiven(world, person.id, by, answer.began);
  if (role === 'member') world.admit(person);
}

/** An administrator disables a member, or enables one again. */
export async function block(world: World, member: ModelMember, isBlocked: boolean): Promise<void> {
  const path = `${MEMBERS}/${member.id}/${isBlocked ? 'disable' : 'enable'}`;
  world.blocked.add(member.id);
  world.interruptedAt.set(member.id, Date.now());
  world.blockedSince.delete(member.id);
  const answer = await world.client.send(anAdmin(world), 'POST', path, {});
  world.interruptedAt.set(member.id, Date.now());
  if (answer.isDone && isBlocked) world.blockedSince.set(member.id, Date.now());
  if (answer.isDone && !isBlocked) world.blocked.delete(member.id);
}

/** A blocked member tries to read with a token that is valid still. */
export async function tryBlocked(world: World, member: ModelMember): Promise<void> {
  const answer = await world.client.send(world.person(member), 'GET', '/v1/conversations');
  const since = world.blockedSince.get(member.id) ?? Number.POSITIVE_INFINITY;
  const isBlocked = answer.began > since + BLOCKED_MS;
  require(!answer.isDone || !isBlocked, 'a blocked member is refused', 'a refusal', `${answer.status}`);
}

/** An erased user tries to read and to write. */
export async function tryErased(world: World, member: ModelMember): Promise<void> {
  const { generation } = member;
  const [method, path, body] = world.random.pick([
    ['GET', '/v1/conversations', undefined],
    ['GET', '/v1/files', undefined],
    ['GET', '/v1/prompts', undefined],
    ['GET', '/v1/exports', undefined],
    ['POST', '/v1/conversations', {}],
    ['POST', '/v1/responses', { model: 'assistant', input: 'again' }],
    ['POST', '/v1/chat/completions', { model: 'assistant', messages: [{ role: 'user', content: 'again' }] }],
  ] as const) as [string, string, object | undefined];
  const answer = await world.client.send(world.person(member), method, path, body);
  const mayBeReadmitted = world.hasLostRequest || world.hasOpenJob(member.id, 'readmit');
  const isErased = member.state === 'erased' && member.generation === generation && !mayBeReadmitted;
  require(!answer.isDone ||
    !isErased, 'an erased user is refused everywhere', 'a refusal', `${answer.status} for ${method} ${path}`);
}
