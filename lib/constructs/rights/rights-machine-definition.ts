import type { NextStep, RightsActor, StepEvent } from '../../contract/rights';

/**
 * About twenty minutes of attempts. Then the execution fails, an alarm goes off, and a new execution starts within an
 * hour.
 */
const RETRY = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 5,
  BackoffRate: 2,
  MaxDelaySeconds: 600,
  MaxAttempts: 8,
  JitterStrategy: 'FULL',
};

/** The state for a step whose actor has no function. Users' alarms may match this name and its error, as in 0.1.0. */
const NO_ACTOR = 'Nobody';

const pathOf = (field: keyof NextStep) => `$.${field}` as const;

/** The event of an actor's function: a field that ends in `.$` is read from the input. */
const EVENT: { readonly [F in keyof StepEvent as `${F}.$`]: `$.${F}` } = { 'job.$': pathOf('job') as '$.job' };

/**
 * The state machine of a job, in Amazon States Language. Its input and each function's result are the next step of the
 * job: the job's ID, the actor, and the earliest time. Its history holds nothing else.
 */
export function rightsMachineDefinition(
  partition: string,
  functions: Readonly<Partial<Record<RightsActor, string>>>,
): object {
  const actors = Object.entries(functions);
  return {
    Comment: "Does the steps of one job of a workspace's rights, each by the function whose right it is",
    StartAt: 'Next',
    States: {
      Next: {
        Type: 'Choice',
        Choices: [{ Variable: pathOf('notBefore'), IsPresent: true, Next: 'Wait' }],
        Default: 'Whose',
      },
      Wait: { Type: 'Wait', TimestampPath: pathOf('notBefore'), Next: 'Whose' },
      Whose: {
        Type: 'Choice',
        Choices: [
          { Variable: pathOf('actor'), IsPresent: false, Next: 'Over' },
          ...actors.map(([actor]) => ({ Variable: pathOf('actor'), StringEquals: actor, Next: actor })),
        ],
        Default: NO_ACTOR,
      },
      ...Object.fromEntries(
        actors.map(([actor, functionArn]) => [
          actor,
          {
            Type: 'Task',
            Resource: `arn:${partition}:states:::lambda:invoke`,
            Parameters: { FunctionName: functionArn, Payload: EVENT },
            OutputPath: '$.Payload',
            // A little longer than the function's own timeout.
            TimeoutSeconds: 960,
            Retry: [RETRY],
            Next: 'Next',
          },
        ]),
      ),
      Over: { Type: 'Succeed' },
      [NO_ACTOR]: {
        Type: 'Fail',
        Error: 'NobodyDoesIt',
        Cause: "no function of this deployment does the next step; set 'regions.recovery' again until the job is over",
      },
    },
  };
}
