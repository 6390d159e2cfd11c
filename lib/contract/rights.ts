/** The deployed name of each actor. Roles, states and variables contain it, so it can't change. */
export const ACTORS = {
  verifier: 'witness',
  eraser: 'eraser',
  exporter: 'exporter',
  workspaceDeleter: 'closer',
  recoveryVerifier: 'recovery-witness',
  recoveryEraser: 'recovery-eraser',
} as const;

/** Performs steps of a job, each with permissions that the others don't have. */
export type RightsActor = (typeof ACTORS)[keyof typeof ACTORS];

/** Performs steps of a job in the recovery Region. */
export type RecoveryActor = (typeof ACTORS)['recoveryVerifier' | 'recoveryEraser'];

/** The deployed name of the function that resumes stalled jobs. */
export const RESUME_JOBS = 'tend';

/** What is next for a job: all that the state machine passes on, and so all that its history holds. */
export interface NextStep {
  readonly job: string;
  /** The actor of the next step; none once the job is over. */
  readonly actor?: RightsActor;
  /** The earliest time for the next step, in ISO 8601. */
  readonly notBefore?: string;
}

/** What an actor's function reads from the event. */
export type StepEvent = Pick<NextStep, 'job'>;

/** Days from the request for a hand-over until it can be released: the default, the least and the most. */
export const HAND_OVER_DAYS = { default: 3, min: 1, max: 30 } as const;

/** Days within which an export can be fetched, and within which a hand-over can be released. */
export const EXPORT_DAYS = 7;

/** Days after which the bucket deletes what an interrupted job left of an export: a day after the end of the longest hand-over. */
export const EXPORT_OBJECT_DAYS = HAND_OVER_DAYS.max + 2 * EXPORT_DAYS + 1;

/** What an erasure of another person's content waits for by default. */
export const DEFAULT_ERASURE_OF_OTHERS = 'delay';

/** The deployed name of the function by which an operator confirms. */
export const OPERATOR_CONFIRMS = 'confirm';

/** What the operator's function reads from its event. */
export interface OperatorEvent {
  readonly job: string;
  /** Whether to confirm the job, or only to return it. */
  readonly confirm: boolean;
  /** Whether to cancel the job instead. */
  readonly cancel?: boolean;
}
