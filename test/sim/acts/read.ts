import { isRefused } from '../checks/served';
import type { Answer } from '../client';
import { marksIn } from '../model/marks';
import type { ModelMember } from '../model/member';
import { type Entry, type Kind, seen, type Thing } from '../model/things';
import { require } from '../violation';
import type { World } from '../world';

const PROMISE = 'every read returns what was written';

/** Reads a whole list in small pages; undefined if a page had no answer. */
async function readList(
  world: World,
  member: ModelMember,
  path: string,
): Promise<{ began: number; data: Answer['json'][] } | undefined> {
  const began = Date.now();
  const data: Answer['json'][] = [];
  const limit = world.random.between(1, 4);
  for (let after: string | undefined; ; ) {
    const cursor: string = after === undefined ? '' : `&after=${after}`;
    const answer = await world.client.send(world.person(member), 'GET', `${path}?order=asc&limit=${limit}${cursor}`);
    if (!answer.isSure || isRefused(world, member, answer) || answer.status === 404) return undefined;
    require(answer.isDone, PROMISE, 'a page of a list', `${answer.status} ${answer.code} for ${path}`);
    data.push(...answer.json.data);
    if (answer.json.has_more !== true) return { began, data };
    after = answer.json.data.at(-1)?.id;
  }
}

/** Compares what an answer shows with what the model knows. */
function compare(
  member: ModelMember,
  entries: readonly Entry[],
  shown: ReadonlySet<string>,
  began: number,
  where: string,
  withinOf: (one: Entry) => string | undefined,
): void {
  for (const one of entries) {
    const isThere = shown.has(one.mark);
    const within = withinOf(one);
    const expected = member.presence(one, began, Date.now(), within);
    const promise = expected === 'there' && member.holds.isOn(one.at, within) ? 'nothing under hold is lost' : PROMISE;
    require(expected !== 'there' ||
      isThere, promise, `${one.mark} of ${new Date(one.at).toISOString()} in ${where}`, 'nothing');
    require(expected !== 'absent' ||
      !isThere, 'what was deleted or expired is gone', `no ${one.mark} in ${where}`, 'it');
    seen(one, isThere, began);
  }
}

const PATHS: Readonly<Record<Kind, string>> = {
  conversation: '/v1/conversations',
  file: '/v1/files',
  prompt: '/v1/prompts',
};

/** The text of a listed thing that has its mark. */
const textOf = (kind: Kind, one: Answer['json']): string =>
  kind === 'conversation' ? (one.metadata.topic ?? '') : kind === 'file' ? one.filename : (one.name ?? '');

/** A user lists all of one kind. */
export async function listAll(world: World, member: ModelMember, kind: Kind): Promise<void> {
  const read = await readList(world, member, PATHS[kind]);
  if (read === undefined || member.state !== 'served') return;
  const shown = new Map<string, string>();
  for (const one of read.data) {
    // The results of batches, whose names have no marks.
    if (one.purpose === 'batch_output') continue;
    const [mark] = marksIn(textOf(kind, one));
    require(mark !== undefined &&
      !shown.has(mark), PROMISE, `each ${kind} once`, `${one.id} without a mark of its own`);
    shown.set(mark, one.id);
  }
  const things = member.thingsOf(kind);
  for (const [mark, id] of shown) {
    const thing = things.find((known) => known.mark === mark);
    require(thing !== undefined, PROMISE, `a ${kind} that was written`, mark);
    thing.id ??= id;
  }
  compare(member, things, new Set(shown.keys()), read.began, PATHS[kind], (one) =>
    kind === 'conversation' ? one.id : undefined,
  );
}

/** A user reads all items of a conversation. */
export async function readItems(world: World, member: ModelMember, thing: Thing): Promise<void> {
  if (thing.id === undefined) return;
  const path = `${PATHS.conversation}/${thing.id}/items`;
  const read = await readList(world, member, path);
  if (member.state !== 'served') return;
  if (read === undefined) return requireReadable(world, member, thing);
  const marks: string[] = [];
  for (const { id, role, content } of read.data) {
    const [mark] = marksIn(JSON.stringify(content));
    if (role !== 'user' || mark === undefined) continue;
    require(!marks.includes(mark), PROMISE, 'each item once', `${mark} twice`);
    marks.push(mark);
    const entry = thing.entries.find((known) => known.mark === mark);
    require(entry !== undefined, PROMISE, `an item that was written to ${thing.id}`, mark);
    entry.id ??= id;
  }
  compare(member, thing.entries, new Set(marks), read.began, path, () => thing.id);
  requireOrder(thing, marks);
}

/** Items of requests that didn't overlap are in the order of the requests. */
const OVERLAP_MS = 600_000;

function requireOrder(thing: Thing, marks: readonly string[]): void {
  const inTurn = marks.flatMap((mark) => thing.entries.find((entry) => entry.mark === mark) ?? []);
  const times = inTurn.filter(({ isLater }) => !isLater).map(({ at }) => at);
  const wrong = times.findIndex((at, nth) => nth > 0 && at < Number(times[nth - 1]) - OVERLAP_MS);
  require(wrong < 0, PROMISE, 'items in the order in which they were written', `${marks[wrong]} after a later one`);
}

/** A user reads one thing by its id. */
export async function readOne(world: World, member: ModelMember, thing: Thing): Promise<void> {
  if (thing.kind === 'conversation') return readItems(world, member, thing);
  return requireReadable(world, member, thing);
}

async function requireReadable(world: World, member: ModelMember, thing: Thing): Promise<void> {
  if (thing.id === undefined) return;
  const path = `${PATHS[thing.kind]}/${thing.id}${{ conversation: '', file: '/content', prompt: '/versions' }[thing.kind]}`;
  const answer = await world.client.send(world.person(member), 'GET', path);
  if (!answer.isSure || isRefused(world, member, answer) || member.state !== 'served') return;
  const within = thing.kind === 'conversation' ? thing.id : undefined;
  const shown = new Set(marksIn(answer.text));
  compare(member, [thing], new Set(answer.isDone ? [thing.mark] : []), answer.began, path, () => within);
  if (!answer.isDone || thing.kind === 'conversation') return;
  compare(member, thing.entries, shown, answer.began, path, () => within);
}

/** A user tries to read what is another user's. */
export async function spy(world: World, member: ModelMember, other: ModelMember): Promise<void> {
  const thing = world.random.pick(other.things.filter(({ id }) => id !== undefined));
  if (thing === undefined || other === member) return;
  const answer = await world.client.send(world.person(member), 'GET', `${PATHS[thing.kind]}/${thing.id}`);
  require(!answer.isDone, 'no answer has content of other people', 'a refusal', `${answer.status} for ${thing.kind} of another user`);
}
