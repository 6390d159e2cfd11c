import { createHash } from 'node:crypto';
import { noteWorking } from './acts/later';
import { actOfMember } from './acts/of-members';
import { actOfRights } from './acts/of-rights';
import { requireNoKey, requireUnreadable } from './checks/certified';
import { requireClosed, requireProgress } from './checks/jobs';
import { observe, observeJob } from './checks/observe';
import { ciphertexts } from './checks/rows';
import type { Random } from './engine/random';
import type { VirtualTime } from './engine/virtual-time';
import { Weather } from './stores/weather';
import { World } from './world';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface SimulationOptions {
  readonly days: number;
  readonly members: number;
  /** Whether much more happens on each day than usually. */
  readonly isBusy: boolean;
  /** Whether members ask for answers in the background. */
  readonly hasJobs: boolean;
}

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
    return new World({
      time,
      random,
      weather,
      members: options.members,
      hasJobs: options.hasJobs,
      log: (text) => this.log(text),
      afterStep,
    });
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
    await world.deployment.resumeJobs().catch((error: Error) => this.log(`resuming ${error.name}`));
    await world.deployment.machine.runDue();
    if (random.chance(0.5)) world.deployment.stores.forgetExpired();
    if (random.chance(0.5)) world.deployment.stores.expireObjects(world.retentionDays);
    world.deployment.recycle();
    observe(world);
    if (!(await this.endClosed())) await this.checkDay(start);
  }

  private async event(): Promise<void> {
    const { random, world } = this;
    const acts = [actOfMember(world)];
    const { isBusy } = this.options;
    if (random.chance(isBusy ? 0.4 : 0.25)) acts.push(actOfMember(world));
    if (random.chance(isBusy ? 0.7 : 0.35)) acts.push(actOfRights(world));
    this.requests += acts.length;
    const { hasJobs } = this.options;
    const working = hasJobs ? [world.deployment.runQueued()] : [];
    if (hasJobs) noteWorking(world);
    await Promise.all([...acts, world.deployment.machine.runDue(), ...working]);
    // The others wait for the next event, some hours later.
    if (hasJobs && random.chance(0.3)) await world.deployment.runQueued();
    if (hasJobs) noteWorking(world);
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

  private async checkDay(start: number): Promise<void> {
    const { world, random, options } = this;
    if (options.hasJobs) world.calls.requireCharged(start);
    for (const job of world.openJobs()) requireProgress(world, job);
    const certified = world
      .erasedMembers()
      .filter(({ id }) => [...world.jobs.values()].some((job) => job.user === id && job.view.state === 'certified'));
    const settled = certified.filter(({ id }) => !world.hasOpenJob(id, 'erase', 'readmit'));
    for (const member of settled) requireNoKey(world, member);
    const one = random.pick(settled);
    if (one !== undefined) await requireUnreadable(world, one);
    const sample = random.pick(world.activeMembers());
    if (sample !== undefined)
      sample.copies = [...sample.copies, ...ciphertexts(world.deployment.stores, sample.id).slice(0, 1)].slice(-6);
  }
}
