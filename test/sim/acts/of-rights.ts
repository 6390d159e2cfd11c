import type { World } from '../world';
import { download } from './exports';
import { block, join, tryBlocked, tryErased } from './people';
import * as rights from './rights';

/** Weights of what administrators do, and others about rights. */
const OF_RIGHTS = {
  placeHold: 3,
  releaseHold: 2,
  requestExport: 2,
  handOver: 2,
  release: 3,
  erase: 1.5,
  confirmErasure: 1.5,
  cancel: 0.8,
  readmit: 1.5,
  join: 1,
  joinAdmin: 0.2,
  block: 0.8,
  enable: 0.8,
  download: 5,
  tryErased: 2,
  tryBlocked: 1,
  close: 0.05,
};

/** Something that administrators do, or others about rights. */
export async function actOfRights(world: World): Promise<void> {
  const { random } = world;
  const member = random.pick(world.activeMembers());
  const erased = random.pick(world.erasedMembers());
  const blocked = random.pick([...world.blocked].flatMap((id) => world.members.get(id) ?? []));
  const jobs = world.openJobs();
  const handOver = random.pick(
    jobs.filter(({ kind, view }) => kind === 'export' && view.figures.recipient !== undefined),
  );
  const erasure = random.pick(jobs.filter(({ view }) => view.step === 'second-person'));
  const act = random.weighted(OF_RIGHTS);
  if (act === 'join') return join(world, 'member');
  if (act === 'joinAdmin') return join(world, 'admin');
  if (act === 'close') return rights.close(world);
  if (act === 'readmit' && erased !== undefined) return rights.readmit(world, erased);
  if (act === 'tryErased' && erased !== undefined) return tryErased(world, erased);
  if (act === 'tryBlocked' && blocked !== undefined) return tryBlocked(world, blocked);
  if (act === 'enable' && blocked !== undefined) return block(world, blocked, false);
  if (act === 'release' && handOver !== undefined) return rights.release(world, handOver);
  if (act === 'confirmErasure' && erasure !== undefined) return rights.confirmErasure(world, erasure);
  if (act === 'cancel') {
    const job = random.pick(jobs.filter(({ kind }) => kind !== 'retain'));
    return job === undefined ? undefined : rights.cancel(world, job);
  }
  if (act === 'download') {
    const job = random.pick(jobs.filter(({ kind }) => kind === 'export'));
    return job === undefined ? undefined : download(world, job);
  }
  if (member === undefined) return;
  if (act === 'placeHold') return rights.placeHold(world, member);
  if (act === 'releaseHold') {
    const held = random.pick([...world.members.values()].filter(({ holds }) => holds.active().length > 0));
    return held === undefined ? undefined : rights.releaseHold(world, held);
  }
  if (act === 'requestExport') return rights.requestExport(world, member);
  if (act === 'handOver') return rights.requestExport(world, member, random.pick(world.activeMembers()));
  if (act === 'erase') return rights.erase(world, member);
  if (act === 'block') return block(world, member, true);
}
