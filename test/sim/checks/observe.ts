import type { JobView, ModelJob } from '../model/jobs';
import { require } from '../violation';
import type { World } from '../world';
import { requireCertified } from './certified';
import { requireRightful } from './independence';
import { ciphertexts, ciphertextsOfJobs, hasKey, holdRows, jobRow, jobRows } from './rows';

const WAITING = ['delay', 'second-person'];
const ENDED_WAITING = ['called-off', 'expired', 'held'];

/** Notes a job that was accepted, or found. */
export function noteJob(world: World, id: string, expected?: ModelJob['expected']): void {
  const view = jobRow(world.deployment.stores, id);
  require(view !== undefined, 'every accepted job ends', `a row of ${id}`, 'nothing');
  if (!world.jobs.has(id)) {
    const { kind, user, by, at } = view;
    const first: JobView = { ...view, step: 'requested', state: 'requested' };
    world.jobs.set(id, { id, kind, user, by, at, view: first, expected });
  }
  observeJob(world, id);
}

/** Compares a job's row with what it was before, and checks that the change was right. */
export function observeJob(world: World, id: string): void {
  const job = world.jobs.get(id);
  if (job === undefined) {
    world.hasLostRequest = true;
    return;
  }
  const view = jobRow(world.deployment.stores, id);
  require(view !== undefined, 'every accepted job ends', `a row of ${id}`, 'nothing');
  const before = job.view;
  if (before.step === view.step && before.state === view.state) return;
  job.view = view;
  world.options.log(`job ${id} ${before.step} -> ${view.step} ${view.state}`);
  if (job.kind === 'erase') observeErasure(world, job, before);
  if (job.kind === 'export') observeExport(world, job, before);
  if (job.kind === 'readmit' && view.state === 'readmitted') readmitted(world, job);
  if (job.kind === 'retain') observeRetention(world, job);
}

function observeErasure(world: World, { view, user, by, at }: ModelJob, before: JobView): void {
  const member = world.members.get(user);
  if (member === undefined) return;
  const hadBegun = ![...WAITING, 'requested'].includes(before.step);
  const hasBegun = !WAITING.includes(view.step) && !ENDED_WAITING.includes(view.state);
  if (hasBegun && !hadBegun) {
    const isAgreed = user === by || view.figures.confirmedBy !== undefined;
    const { erasureMs, erasureOfOthers } = world.deployment.rules;
    const mayBegin = isAgreed || (erasureOfOthers === 'delay' && Date.now() >= at + erasureMs);
    require(mayBegin, 'nothing is erased before its time', `${view.id} to wait`, `step ${view.step}`);
    const [hold] = member.holds.active();
    require(hold === undefined, 'nothing under hold is lost', `no erasure during hold ${hold?.tag}`, view.id);
    const { stores } = world.deployment;
    const copies = [...member.copies, ...ciphertexts(stores, user)].slice(-6);
    member.copies = [...copies, ...ciphertextsOfJobs(stores, user)];
    member.erase();
  }
  if (view.state === 'certified') requireCertified(world, member, view);
}

function observeExport(world: World, job: ModelJob, before: JobView): void {
  const { view } = job;
  if (view.figures.recipient === undefined) return;
  const isReleased = before.step !== 'hand-over' && (view.step === 'hand-over' || view.state === 'ready');
  if (isReleased) requireRightful(world, view);
  if (view.state === 'ready') job.readable = { by: `${view.figures.recipient}`, until: Number(view.figures.until) };
}

function readmitted(world: World, { user }: ModelJob): void {
  const member = world.members.get(user);
  if (member !== undefined) member.state = 'served';
}

function observeRetention(world: World, { id, user, view }: ModelJob): void {
  const hold = world.members.get(user)?.holds.all.find(({ job }) => job === id);
  if (hold !== undefined && ['tags-again', 'again', 'done'].includes(view.step)) hold.appliedAt ??= Date.now();
}

/** Reads what happened since: jobs, keys that are being erased, and what became of requests without an answer. */
export function observe(world: World): void {
  world.calls.raise();
  const { stores } = world.deployment;
  for (const { id } of world.openJobs()) observeJob(world, id);
  for (const member of world.members.values()) {
    if (member.state === 'erased' && hasKey(stores, member.id)) member.keySeenAt = Date.now();
  }
  if (!world.hasLostRequest) return;
  world.hasLostRequest = false;
  for (const { id } of jobRows(stores)) if (!world.jobs.has(id)) noteJob(world, id);
  const holds = holdRows(stores);
  for (const member of world.members.values()) {
    // The erasure would have been found.
    if (member.state === 'perhaps-erased') member.state = 'served';
    member.holds.all = member.holds.all.filter(({ tag }) => holds.has(tag));
    for (const hold of member.holds.all) {
      const row = holds.get(hold.tag);
      hold.id ??= row?.id;
      hold.placedAt ??= Date.now();
      if (row?.isReleased === true) hold.releasedAt ??= Date.now();
      else hold.releaseFrom = undefined;
    }
  }
}
