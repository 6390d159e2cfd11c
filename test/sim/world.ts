import { ModelCalls } from './checks/model-calls';
import { jobRows } from './checks/rows';
import { Client } from './client';
import { Deployment } from './deployment/deployment';
import type { Person } from './deployment/people';
import type { Random } from './engine/random';
import type { VirtualTime } from './engine/virtual-time';
import type { ModelJob } from './model/jobs';
import { ModelMember } from './model/member';
import type { Weather } from './stores/weather';

export interface WorldOptions {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly weather: Weather;
  readonly members: number;
  /** Whether the workspace answers in the background. */
  readonly hasJobs: boolean;
  readonly log: (text: string) => void;
  /** Called after each step of a job. */
  readonly afterStep: (job: string) => void;
}

/** Requests share reads of keys, so one may fail of a call that another has made before. */
const AFTER_FAULT_MS = 60_000;

/** The part of a worker's calls that end it. A batch has dozens. */
const WORKERS_KILLED = 0.01;

/** A deployment, its people, and what the reference model knows of them. */
export class World {
  public readonly deployment: Deployment;
  public readonly client: Client;
  public readonly random: Random;
  /** What models were asked. */
  public readonly calls = new ModelCalls(this);
  public readonly members = new Map<string, ModelMember>();
  public readonly jobs = new Map<string, ModelJob>();
  /** People whose access was taken away, or may have been. */
  public readonly blocked = new Set<string>();
  /** Those whose access surely was taken away, and since when. */
  public readonly blockedSince = new Map<string, number>();
  /** When people were blocked or enabled last, or may have been. */
  public readonly interruptedAt = new Map<string, number>();
  /** The people who surely gave each person a role. */
  public readonly givers = new Map<string, Set<string>>();
  /** Since when people surely don't hold the roles that they were given first. */
  public readonly given = new Map<string, number>();
  /** Whether a request about rights had no answer, so that its job may be unknown. */
  public hasLostRequest = false;
  /** How long content is stored. */
  public readonly retentionDays: number;
  private named = 0;

  constructor(public readonly options: WorldOptions) {
    const { time, random, weather, log, afterStep } = options;
    this.random = random;
    this.retentionDays = random.between(7, 30);
    const erasureOfOthers = random.chance(0.5) ? 'delay' : 'second-person';
    this.deployment = new Deployment({
      time,
      random,
      network: weather,
      networkOfWorkers: weather.rough(WORKERS_KILLED),
      retentionDays: this.retentionDays,
      hasJobs: options.hasJobs,
      erasureOfOthers,
      model: this.calls,
      log,
      afterStep,
    });
    this.client = new Client(
      this.deployment,
      random,
      ({ id }, began) => this.members.get(id)?.ownersAt(began) ?? [],
      log,
      (began) => weather.faultAt >= began - AFTER_FAULT_MS || this.isClosing(),
    );
    for (let nth = 0; nth < 3; nth++) this.deployment.people.put(`admin-${nth}`, ['admin']);
    for (let nth = 0; nth < options.members; nth++) this.admit(this.deployment.people.put(this.newName(), ['member']));
  }

  /** When a call failed last. */
  public get faultAt(): number {
    return this.options.weather.faultAt;
  }

  /** When an update was repeated last, because its answer was lost. */
  public get repeatedAt(): number {
    return this.options.weather.repeatedAt;
  }

  /** Whether a closure may have begun to delete the key. */
  private isClosing(): boolean {
    return jobRows(this.deployment.stores).some(
      ({ kind, state }) => kind === 'close' && /^(ending|closed)$/.test(state),
    );
  }

  public newName(): string {
    return `person-${this.named++}`;
  }

  /** Makes a person of the pool a user of the model. */
  public admit(person: Person): ModelMember {
    const member = new ModelMember(person.id, this.members.size, this.retentionDays);
    this.members.set(person.id, member);
    return member;
  }

  public person({ id }: Pick<ModelMember, 'id'>): Person {
    const person = this.deployment.people.person(id);
    if (person === undefined) throw new Error('a user of the model must be in the pool');
    return person;
  }

  public admins(): Person[] {
    return this.peopleWith('admin');
  }

  /** Users who can store content now. */
  public activeMembers(): ModelMember[] {
    return this.peopleWith('member').flatMap(({ id }) => {
      const member = this.members.get(id);
      return member?.state === 'served' ? [member] : [];
    });
  }

  public erasedMembers(): ModelMember[] {
    return [...this.members.values()].filter(({ state }) => state === 'erased');
  }

  public openJobs(): ModelJob[] {
    return [...this.jobs.values()].filter((job) => job.view.step !== 'done');
  }

  public hasOpenJob(user: string, ...kinds: readonly ModelJob['kind'][]): boolean {
    return this.openJobs().some((job) => job.user === user && kinds.includes(job.kind));
  }

  private peopleWith(role: 'admin' | 'member'): Person[] {
    return this.deployment.people.everyone().filter(({ id, roles }) => roles.includes(role) && !this.blocked.has(id));
  }
}
