import type { NextStep, RightsActor } from '../../../contract/rights';
import type { Change, Job, JobKind } from './job';

/** A role that runs steps. Each has permissions that no other has. */
export type Actor = RightsActor;

/**
 * The steps of each kind of job, with the actor that runs each. They are in their usual order; which step follows another is decided by
 * the step. Steps of the recovery Region run only where there is one.
 */
export const STEP_ACTORS = {
  erase: {
    delay: 'eraser',
    'second-person': 'eraser',
    canary: 'witness',
    'count-rows': 'eraser',
    'count-objects': 'eraser',
    'count-days': 'eraser',
    rows: 'eraser',
    objects: 'eraser',
    days: 'eraser',
    // Last of what is deleted at once, so that an erasure that stopped shows either content or its end.
    key: 'eraser',
    'recovery-read': 'recovery-witness',
    'recovery-content': 'recovery-eraser',
    'recovery-key': 'recovery-eraser',
    late: 'eraser',
    'recovery-late': 'recovery-eraser',
    test: 'witness',
    'recovery-test': 'recovery-witness',
    certificate: 'witness',
  },
  export: {
    announce: 'exporter',
    // Only the eraser reaches the counts of members.
    usage: 'eraser',
    read: 'exporter',
    manifest: 'exporter',
    delay: 'eraser',
    unreleased: 'eraser',
    'hand-over': 'exporter',
    remove: 'eraser',
  },
  close: {
    users: 'eraser',
    exports: 'eraser',
    fetched: 'eraser',
    certificate: 'closer',
    key: 'closer',
  },
  readmit: {
    readmit: 'eraser',
    'recovery-readmit': 'recovery-eraser',
    'readmit-here': 'eraser',
  },
  retain: {
    tags: 'eraser',
    sweep: 'eraser',
    'tags-again': 'eraser',
    again: 'eraser',
  },
} as const satisfies Readonly<Record<JobKind, Readonly<Record<string, Actor>>>>;

type StepActors = typeof STEP_ACTORS;

/** Performs a bounded part of a job, and returns what it changes. It may be repeated after an interruption at any point. */
export type Step = (job: Job) => Promise<Change>;

/** Steps by the kind of their job and their name. */
export type Steps = Readonly<Partial<Record<JobKind, Readonly<Record<string, Step>>>>>;

/** All steps of one actor, and no others. */
export type StepsOf<A extends Actor> = {
  readonly [K in JobKind as A extends StepActors[K][keyof StepActors[K]] ? K : never]: {
    readonly [S in keyof StepActors[K] as StepActors[K][S] extends A ? S : never]: Step;
  };
};

/** What an orchestrator does next with a job. */
export type Next = NextStep;

/** What is next for a job. */
export function nextOf({ id, kind, step, notBefore }: Job, now: Date): Next {
  const actors: Readonly<Record<string, Actor>> = STEP_ACTORS[kind];
  const actor = actors[step];
  const isEarly = notBefore !== undefined && notBefore > now.getTime();
  return {
    job: id,
    actor,
    notBefore: actor !== undefined && isEarly ? new Date(notBefore).toISOString() : undefined,
  };
}
