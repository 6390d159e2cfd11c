import { createHash } from 'node:crypto';
import { download } from './acts/exports';
import { block, join, tryBlocked, tryErased } from './acts/people';
import { listAll, readOne, spy } from './acts/read';
import * as rights from './acts/rights';
import * as write from './acts/write';
import { requireClosed, requireProgress } from './checks/jobs';
import { requireNoKey, requireUnreadable } from './checks/certified';
import { observe, observeJob } from './checks/observe';
import { ciphertexts } from './checks/rows';
import type { Random } from './engine/random';
import type { VirtualTime } from './engine/virtual-time';
import type { ModelMember } from './model/member';
import { Weather } from './stores/weather';
import { World } from './world';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface SimulationOptions {
  readonly days: number;
  readonly members: number;
  /** Whether much more happens on each day than usually. */
  readonly isBusy: boolean;
}

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

export class Simulation {
  private world: World;
  private readonly weather: Weather;
  private readonly hash = createHash('sha256');
  private readonly recent: string[] = [];
  public day = 0;
  public requests = 0;

  constructor(
    private readonly options: SimulationOptions,
    private readonly time: VirtualTime,
    private readonly random: Random,
    private readonly print: (text: string) => void,
  ) {
    this.weather = new Weather(random);
    this.world = this.newWorld();
  }

  /** The last lines of the log. */
  public get lastLines(): readonly string[] {
    return this.recent;
  }

  /** Simulates all days. Returns a digest of every line of the log and of every store. */
  public async run(): Promise<string> {
    const begin = this.time.now;
    for (this.day = 1; this.day <= this.options.days; this.day++) {
      await this.runDay(begin + (this.day - 1) * DAY_MS);
    }
    this.hash.update(this.world.deployment.stores.digest());
    return this.hash.digest('hex');
  }

  private newWorld(): World {
    const { time, random, weather, options } = this;
    const afterStep = (job: string) => observeJob(this.world, job);
    return new World({ time, random, weather, members: options.members, log: (text) => this.log(text), afterStep });
  }

  private log(text: string): void {
    const line = `${new Date().toISOString()} ${text}`;
    this.hash.update(`${line}\n`);
    this.recent.push(line);
    if (this.recent.length > 40) this.recent.shift();
    this.print(line);
  }

  private async runDay(start: number): Promise<void> {
    const { random, weather, time } = this;
    weather.newDay();
    const events = this.options.isBusy ? random.between(6, 9) : random.between(2, 3);
    for (let nth = 0; nth < events; nth++) {
      time.jumpTo(start + Math.floor(((nth + random.fraction()) / events) * DAY_MS));
      await this.event();
    }
    time.jumpTo(start + DAY_MS - HOUR_MS);
    const { world } = this;
    await world.deployment.tendJobs().catch((error: Error) => this.log(`tending ${error.name}`));
    await world.deployment.machine.runDue();
    if (random.chance(0.5)) world.deployment.stores.forgetExpired();
    if (random.chance(0.5)) world.deployment.stores.expireObjects(world.retentionDays);
    world.deployment.recycle();
    observe(world);
    if (!(await this.endClosed())) await this.checkDay();
  }

  private async event(): Promise<void> {
    const { random, world } = this;
    const acts = [this.actOfMember()];
    const { isBusy } = this.options;
    if (random.chance(isBusy ? 0.4 : 0.25)) acts.push(this.actOfMember());
    if (random.chance(isBusy ? 0.7 : 0.35)) acts.push(this.actOfRights());
    this.requests += acts.length;
    await Promise.all([...acts, world.deployment.machine.runDue()]);
    observe(world);
    await this.endClosed();
  }

  /** After a closure there is nothing left to do in a workspace: another one begins. */
  private async endClosed(): Promise<boolean> {
    const { world } = this;
    if (![...world.jobs.values()].some(({ view }) => view.state === 'closed')) return false;
    await requireClosed(world);
    this.log(`closed ${world.deployment.stores.digest()}`);
    world.deployment.stores.close();
    this.world = this.newWorld();
    return true;
  }

  private async actOfMember(): Promise<void> {
    const { random, world } = this;
    const member = random.pick(world.activeMembers());
    if (member === undefined) return;
    const act = random.weighted(OF_MEMBERS);
    const known = member.things.filter(({ id, known }) => id !== undefined && known !== 'gone');
    const thing = random.pick(known);
    const conversation = random.pick(known.filter(({ kind }) => kind === 'conversation'));
    const prompt = random.pick(known.filter(({ kind }) => kind === 'prompt'));
    if (act === 'createConversation' || (act === 'addItems' && conversation === undefined)) return write.createConversation(world, member);
    if (act === 'addItems' && conversation !== undefined) return write.addItems(world, member, conversation);
    if (act === 'respond' && conversation !== undefined) return write.respond(world, member, conversation);
    if (act === 'createFile') return write.createFile(world, member);
    if (act === 'createPrompt') return write.createPrompt(world, member);
    if (act === 'addVersion' && prompt !== undefined) return write.addVersion(world, member, prompt);
    if (act === 'remove' && thing !== undefined) return write.remove(world, member, thing);
    if (act === 'readOne' && thing !== undefined) return readOne(world, member, thing);
    if (act === 'listAll') return listAll(world, member, random.pick(['conversation', 'file', 'prompt'] as const) ?? 'file');
    const other = random.pick(world.activeMembers());
    if (act === 'spy' && other !== undefined) return spy(world, member, other);
    if (act === 'eraseOwn') return rights.eraseOwn(world, member);
  }

  private async actOfRights(): Promise<void> {
    const { random, world } = this;
    const member = random.pick(world.activeMembers());
    const erased = random.pick(this.erased());
    const blocked = random.pick([...world.blocked].flatMap((id) => world.members.get(id) ?? []));
    const jobs = world.openJobs();
    const handOver = random.pick(jobs.filter(({ kind, view }) => kind === 'export' && view.figures.recipient !== undefined));
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

  private erased(): ModelMember[] {
    return [...this.world.members.values()].filter(({ state }) => state === 'erased');
  }

  private async checkDay(): Promise<void> {
    const { world, random } = this;
    for (const job of world.openJobs()) requireProgress(world, job);
    const certified = this.erased().filter(({ id }) => [...world.jobs.values()].some((job) => job.user === id && job.view.state === 'certified'));
    const settled = certified.filter(({ id }) => !world.hasOpenJob(id, 'erase', 'readmit'));
    for (const member of settled) requireNoKey(world, member);
    const one = random.pick(settled);
    if (one !== undefined) await requireUnreadable(world, one);
    const sample = random.pick(world.activeMembers());
    if (sample !== undefined) sample.copies = [...sample.copies, ...ciphertexts(world.deployment.stores, sample.id).slice(0, 1)].slice(-6);
  }
}
