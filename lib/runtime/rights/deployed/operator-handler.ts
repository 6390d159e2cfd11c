import type { OperatorEvent } from '../../../contract/rights';
import { jobObject } from '../api/answers';
import { CODES } from '../api/refusals';
import type { RightsDecisions } from '../decisions/rights-decisions';
import { isJobId, type Job } from '../jobs/job';

/** What the operator's function is made of. */
export interface OperatorOptions {
  readonly rights: Pick<RightsDecisions, 'cancelAsOperator' | 'confirmAsOperator' | 'find' | 'obstacle'>;
  /** Sees that the next steps of a confirmed job run. */
  readonly begin: (job: Job) => Promise<void>;
  readonly log: (line: object) => void;
}

/** Shows an operator a job, confirms it in the place of a second administrator, or cancels it. IAM alone decides who may run it. */
export function operatorHandler({ rights, begin, log }: OperatorOptions): (event: unknown) => Promise<object> {
  return async (event) => {
    const { job: id, confirm, cancel } = event as { readonly [Field in keyof OperatorEvent]?: unknown };
    const isKnown = typeof id === 'string' && isJobId(id);
    if (!isKnown) throw new Error("the event must name a 'job' by its id; 'eu-residency rights status' shows it");
    const act = actOf(confirm, cancel);
    const found = await (act === undefined ? rights.find(id) : rights[act](id));
    if (found === undefined) throw new Error("there is no such job; 'eu-residency rights status' shows all");
    if (act !== undefined) {
      await begin(found);
      log({ event: act === 'cancelAsOperator' ? 'operator-cancelled' : 'operator-confirmed', job: id });
    }
    const obstacle = act === undefined ? await rights.obstacle(found) : undefined;
    return { ...jobObject(found), ...(obstacle !== undefined && { obstacle: CODES[obstacle] }) };
  };
}

/** Of an event that asks for both, the cancellation counts: the job can be requested again. */
function actOf(confirm: unknown, cancel: unknown): 'cancelAsOperator' | 'confirmAsOperator' | undefined {
  if (cancel === true) return 'cancelAsOperator';
  return confirm === true ? 'confirmAsOperator' : undefined;
}
