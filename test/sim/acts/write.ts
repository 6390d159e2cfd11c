import { isRefused } from '../checks/served';
import type { Answer } from '../client';
import type { ModelMember } from '../model/member';
import { deleted, newEntry, newThing, type Thing, written } from '../model/things';
import { require } from '../violation';
import type { World } from '../world';

const PROMISE = 'a request is answered as the documentation says';

/** Other requests change the same at the same time. */
const LOCKED = 'conversation_locked';

const MESSAGE = (text: string) => ({ role: 'user', content: text });

export function requireUsual(world: World, member: ModelMember, answer: Answer, ...further: readonly string[]): void {
  const isUsual =
    !answer.isSure ||
    answer.isDone ||
    [LOCKED, ...further].includes(`${answer.code}`) ||
    isRefused(world, member, answer);
  require(isUsual, PROMISE, 'success, or a usual refusal', `${answer.status} ${answer.code} ${answer.text.slice(0, 200)}`);
}

/** What an answer to a request that may meet the expiry of what it names can be. */
export const NOT_FOUND = ['conversation_not_found', 'item_not_found', 'file_not_found', 'prompt_not_found'];

export async function createConversation(world: World, member: ModelMember): Promise<void> {
  const thing = newThing('conversation', member.newMark(), Date.now());
  const entries = Array.from({ length: world.random.between(0, 3) }, () => newEntry(member.newMark(), Date.now()));
  thing.entries.push(...entries);
  member.things.push(thing);
  const items = entries.map(({ mark }) => MESSAGE(mark));
  const answer = await world.client.send(world.person(member), 'POST', '/v1/conversations', {
    metadata: { topic: thing.mark },
    items,
  });
  requireUsual(world, member, answer);
  if (answer.isDone) thing.id = answer.json.id;
  for (const one of [thing, ...entries]) written(one, answer.isSure, answer.isDone, Date.now());
}

export async function addItems(world: World, member: ModelMember, thing: Thing): Promise<void> {
  const entry = newEntry(member.newMark(), Date.now());
  thing.entries.push(entry);
  const path = `/v1/conversations/${thing.id}/items`;
  const answer = await world.client.send(world.person(member), 'POST', path, { items: [MESSAGE(entry.mark)] });
  added(world, member, thing, entry, answer);
}

/** A model's answer is stored with what was asked. */
export async function respond(world: World, member: ModelMember, thing: Thing): Promise<void> {
  const entry = newEntry(member.newMark(), Date.now());
  thing.entries.push(entry);
  repeated(thing);
  const body = { model: 'assistant', input: entry.mark, conversation: thing.id };
  const answer = await world.client.send(world.person(member), 'POST', '/v1/responses', body);
  added(world, member, thing, entry, answer);
}

/** The model repeats all that users wrote since its last answer, and so may an export after these items are deleted. */
export function repeated({ entries }: Thing): void {
  for (const one of entries) one.isInResponse = true;
}

function added(world: World, member: ModelMember, thing: Thing, entry: Thing['entries'][number], answer: Answer): void {
  requireUsual(world, member, answer, ...NOT_FOUND);
  const expected = member.presence(thing, answer.began, Date.now(), thing.id);
  if (answer.status === 404)
    require(expected !== 'there', 'every read returns what was written', `${thing.mark} to be there`, 'nothing');
  written(entry, answer.isSure, answer.isDone, Date.now());
  // The conversation expires with its newest item.
  prolong(thing, answer);
  if (answer.isDone && thing.known !== 'gone') thing.known = 'stored';
}

export async function createFile(world: World, member: ModelMember): Promise<void> {
  const thing = newThing('file', member.newMark(), Date.now());
  const entry = newEntry(member.newMark(), thing.at);
  thing.entries.push(entry);
  member.things.push(thing);
  const file = { name: `${thing.mark}.txt`, content: `${entry.mark}\n`.repeat(world.random.between(1, 5)) };
  const answer = await world.client.send(world.person(member), 'POST', '/v1/files', file);
  requireUsual(world, member, answer);
  if (answer.isDone) thing.id = answer.json.id;
  for (const one of [thing, entry]) written(one, answer.isSure, answer.isDone, Date.now());
}

export async function createPrompt(world: World, member: ModelMember): Promise<void> {
  const thing = newThing('prompt', member.newMark(), Date.now());
  const entry = newEntry(member.newMark(), thing.at);
  thing.entries.push(entry);
  member.things.push(thing);
  const answer = await world.client.send(world.person(member), 'POST', '/v1/prompts', {
    name: thing.mark,
    instructions: entry.mark,
  });
  requireUsual(world, member, answer);
  if (answer.isDone) thing.id = answer.json.id;
  for (const one of [thing, entry]) written(one, answer.isSure, answer.isDone, Date.now());
}

export async function addVersion(world: World, member: ModelMember, thing: Thing): Promise<void> {
  const entry = newEntry(member.newMark(), Date.now());
  thing.entries.push(entry);
  const answer = await world.client.send(world.person(member), 'POST', `/v1/prompts/${thing.id}/versions`, {
    instructions: entry.mark,
  });
  requireUsual(world, member, answer, ...NOT_FOUND);
  written(entry, answer.isSure, answer.isDone, Date.now());
  prolong(thing, answer);
}

function prolong(thing: Thing, { isDone, began }: Answer): void {
  thing.latest = Date.now();
  if (isDone) thing.at = Math.max(thing.at, began);
}

/** A user deletes something, which a hold prevents. */
export async function remove(world: World, member: ModelMember, thing: Thing): Promise<void> {
  const path = { conversation: '/v1/conversations', file: '/v1/files', prompt: '/v1/prompts' }[thing.kind];
  const within = thing.kind === 'conversation' ? thing.id : undefined;
  const item =
    thing.kind === 'conversation' && world.random.chance(0.5)
      ? world.random.pick(thing.entries.filter(({ id }) => id !== undefined))
      : undefined;
  const gone = item === undefined ? [thing, ...thing.entries] : [item];
  const before = new Map(gone.map((one) => [one, one.known]));
  for (const one of gone) if (one.known === 'stored') one.known = 'perhaps-gone';
  const answer = await world.client.send(
    world.person(member),
    'DELETE',
    `${path}/${thing.id}${item === undefined ? '' : `/items/${item.id}`}`,
  );
  requireUsual(world, member, answer, 'legal_hold', ...NOT_FOUND);
  const isHeld = member.holds.isOn(answer.began, within);
  require(!answer.isDone ||
    !isHeld, 'nothing under hold is lost', 'a refusal to delete', `${answer.status} for ${thing.mark}`);
  if (!answer.isSure) return;
  for (const one of gone) {
    if (answer.isDone) deleted(one, true, true, Date.now());
    else if (answer.status !== 404) one.known = before.get(one) ?? one.known;
  }
}
