/** Performs steps of a job in the recovery Region. */
export type RecoveryActor = 'recovery-witness' | 'recovery-eraser';

/** Performs steps of a job, each with permissions that the others don't have. */
export type RightsActor = 'witness' | 'eraser' | 'exporter' | 'closer' | RecoveryActor;

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
