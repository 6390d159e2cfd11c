import type { World } from '../world';
import { cancelJob, createBatch, readBatch } from './batches';
import { readLater, respondLater } from './later';
import { listAll, readOne, spy } from './read';
import { eraseOwn } from './rights';
import * as write from './write';

/** Weights of what a member does. */
const OF_MEMBERS = {
  createConversation: 4,
  addItems: 5,
  respond: 3,
  createFile: 2,
  createPrompt: 2,
  addVersion: 1,
  remove: 2,
  listAll: 5,
  readOne: 6,
  spy: 2,
  eraseOwn: 0.4,
};

/** The same, with jobs in the background. */
const OF_JOBS = { ...OF_MEMBERS, respondLater: 2.5, readLater: 3.5, createBatch: 2.5, readBatch: 4, cancelJob: 1 };

/** Something that a random member does. */
export async function actOfMember(world: World): Promise<void> {
  const { random } = world;
  const member = random.pick(world.activeMembers());
  if (member === undefined) return;
  const act: keyof typeof OF_JOBS = world.options.hasJobs ? random.weighted(OF_JOBS) : random.weighted(OF_MEMBERS);
  const known = member.things.filter(({ id, known }) => id !== undefined && known !== 'gone');
  const thing = random.pick(known);
  const conversation = random.pick(known.filter(({ kind }) => kind === 'conversation'));
  const prompt = random.pick(known.filter(({ kind }) => kind === 'prompt'));
  if (act === 'createConversation' || (act === 'addItems' && conversation === undefined))
    return write.createConversation(world, member);
  if (act === 'addItems' && conversation !== undefined) return write.addItems(world, member, conversation);
  if (act === 'respond' && conversation !== undefined) return write.respond(world, member, conversation);
  if (act === 'respondLater' && conversation !== undefined) return respondLater(world, member, conversation);
  const later = act === 'readLater' ? random.pick(member.later) : undefined;
  if (later !== undefined) return readLater(world, member, later);
  const batch = act === 'readBatch' ? random.pick(member.batches) : undefined;
  if (batch !== undefined) return readBatch(world, member, batch);
  if (act === 'createBatch') return createBatch(world, member);
  if (act === 'cancelJob') return cancelJob(world, member);
  if (act === 'createFile') return write.createFile(world, member);
  if (act === 'createPrompt') return write.createPrompt(world, member);
  if (act === 'addVersion' && prompt !== undefined) return write.addVersion(world, member, prompt);
  if (act === 'remove' && thing !== undefined) return write.remove(world, member, thing);
  if (act === 'readOne' && thing !== undefined) return readOne(world, member, thing);
  if (act === 'listAll')
    return listAll(world, member, random.pick(['conversation', 'file', 'prompt'] as const) ?? 'file');
  const other = random.pick(world.activeMembers());
  if (act === 'spy' && other !== undefined) return spy(world, member, other);
  if (act === 'eraseOwn') return eraseOwn(world, member);
}
