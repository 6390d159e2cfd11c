import { isRefused, mayHaveEnded } from '../checks/served';
import type { Later } from '../model/later';
import type { ModelMember } from '../model/member';
import { type Entry, newEntry, type Thing } from '../model/things';
import { require } from '../violation';
import type { World } from '../world';
import { NOT_FOUND, repeated, requireUsual } from './write';

const PROMISE = 'a job in the background is answered once, or says why not';

const DAY_MS = 86_400_000;

/** A job that is queued longer has no worker: the queue is read several times a day. */
const MOST_MS = 3 * DAY_MS;

const WAITING = ['queued', 'in_progress'];

/** A member asks for an answer in the background, in a conversation. What they asked is in it once the worker has answered. */
export async function respondLater(world: World, member: ModelMember, thing: Thing): Promise<void> {
  const entry: Entry = { ...newEntry(member.newMark(), Date.now()), isLater: true };
  thing.entries.push(entry);
  repeated(thing);
  const body = { model: 'assistant', input: entry.mark, conversation: thing.id, background: true };
  const answer = await world.client.send(world.person(member), 'POST', '/v1/responses', body);
  requireUsual(world, member, answer, 'rate_limit_exceeded', ...NOT_FOUND);
  if (answer.isDone) {
    member.later.push({ id: answer.json.id, thing, entry, sentAt: answer.began, isCancelled: false });
  } else if (answer.isSure) {
    entry.known = 'gone';
    entry.since = Date.now();
  }
}

/** Whatever waits may be written now, and a conversation expires with its newest item. */
export function noteWorking(world: World): void {
  for (const { things } of world.members.values()) {
    for (const thing of things) {
      const waiting = thing.entries.filter(({ isLater, known }) => isLater && known === 'perhaps-stored');
      for (const one of [...waiting, ...(waiting.length > 0 ? [thing] : [])]) one.latest = Date.now();
    }
  }
}

/** A member asks what became of a job. */
export async function readLater(world: World, member: ModelMember, one: Later): Promise<void> {
  const { id, thing, entry, sentAt } = one;
  const answer = await world.client.send(world.person(member), 'GET', `/v1/responses/${id}`);
  if (!answer.isSure || isRefused(world, member, answer) || member.state !== 'served') return;
  if (answer.status === 404) {
    const isOld = Date.now() - sentAt > world.retentionDays * DAY_MS - DAY_MS;
    // A conversation takes its responses with it.
    require(isOld ||
      thing.known !== 'stored', 'every read returns what was written', `the response of ${entry.mark}`, 'nothing');
    return;
  }
  const { status } = answer.json;
  if (WAITING.includes(status)) {
    require(answer.began - sentAt < MOST_MS, PROMISE, `an end of the job of ${entry.mark}`, status);
    return;
  }
  const isAnswered = status === 'completed';
  const isExcused =
    world.faultAt >= sentAt ||
    thing.known !== 'stored' ||
    one.isCancelled ||
    member.later.length > 1 ||
    mayHaveEnded(world, member, sentAt);
  require(isAnswered || isExcused, PROMISE, `an answer to ${entry.mark}`, status);
  if (isAnswered) require(answer.text.includes(entry.mark), PROMISE, `what was asked by ${entry.mark}`, answer.text);
  if (entry.known === 'perhaps-stored') {
    entry.known = isAnswered ? 'stored' : 'gone';
    entry.since = Date.now();
  }
  member.later = member.later.filter((other) => other !== one);
}
