import { listen, type Server } from '../../runtime/gateway/support/serve';
import type { FunctionAnswer } from './functions';

/** A step of a job that Step Functions would run. */
interface NextStep {
  readonly job: string;
  readonly actor?: string;
  readonly notBefore?: string;
}

/** More steps than any job has. */
const MOST_STEPS = 200;

/** How often Step Functions repeats a step that failed. */
const MOST_REPEATS = 8;

/** On a busy machine the stores, which are in this process, can answer later than a function waits. */
const isLate = ({ error = '' }: FunctionAnswer): boolean => error.endsWith(': TimeoutError');

/** Runs the steps of jobs as Step Functions does, when the caller says so. */
export class StateMachine {
  private readonly steps: NextStep[] = [];

  /**
   * @param call calls the function of an actor
   * @param now the time of the deployment in Unix milliseconds
   */
  constructor(
    private readonly call: (actor: string, event: object) => Promise<FunctionAnswer>,
    private readonly now: () => number,
  ) {}

  /** Listens for the jobs that functions start. */
  public serve(): Promise<Server> {
    return listen(async (incoming, outgoing) => {
      let body = '';
      for await (const chunk of incoming) body += chunk;
      if (incoming.headers['x-amz-target'] === 'AWSStepFunctions.StartExecution')
        this.steps.push(JSON.parse(JSON.parse(body).input));
      outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      outgoing.end(JSON.stringify({ executionArn: 'arn', startDate: 1, executions: [] }));
    });
  }

  /** Runs every job until it is over or waits. */
  public async settle(): Promise<void> {
    const waiting: NextStep[] = [];
    for (let step = this.steps.shift(); step !== undefined; step = this.steps.shift()) {
      const last = await this.run(step);
      if (last.actor !== undefined) waiting.push(last);
    }
    this.steps.push(...waiting);
  }

  /** Runs a job until it is over or waits, and returns what is next. */
  private async run(first: NextStep): Promise<NextStep> {
    let next = first;
    for (let nth = 0; next.actor !== undefined && !(Date.parse(next.notBefore ?? '') > this.now()); nth++) {
      if (nth === MOST_STEPS) throw new Error(`job ${next.job} isn't over after ${nth} steps: it is at ${next.actor}`);
      const { result, error } = await this.step(next.actor, { job: next.job });
      if (error !== undefined) throw new Error(error);
      next = result as NextStep;
    }
    return next;
  }

  private async step(actor: string, event: object): Promise<FunctionAnswer> {
    let answer = await this.call(actor, event);
    for (let again = 0; again < MOST_REPEATS && isLate(answer); again++) answer = await this.call(actor, event);
    return answer;
  }
}
