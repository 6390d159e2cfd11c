import type { OperatorEvent } from '../../../contract/rights';
import { jobObject } from '../api/answers';
import type { RightsDecisions } from '../decisions/rights-decisions';
import { isJobId, type Job } from '../jobs/job';

/** What the operator's function is made of. */
export interface OperatorOptions {
  readonly rights: Pick<RightsDecisions, 'confirmAsOperator' | 'find'>;
  /** Sees that the next steps of a confirmed job run. */
  readonly begin: (job: Job) => Promise<void>;
  readonly log: (line: object) => void;
}

/** Shows an operator a job, and confirms it in the place of a second administrator. IAM alone decides who may run it. */
export function operatorHandler({ rights, begin, log }: OperatorOptions): (event: unknown) => Promise<object> {
  return async (event) => {
    const { job: id, confirm } = event as { readonly [Field in keyof OperatorEvent]?: unknown };
    const isKnown = typeof id === 'string' && isJobId(id);
    if (!isKnown) throw new Error("the event must name a 'job' by its id; 'eu-residency rights status' shows it");
    const found = await (confirm === true ? rights.confirmAsOperator(id) : rights.find(id));
    if (found === undefined) throw new Error("there is no such job; 'eu-residency rights status' shows all");
    if (confirm === true) {
      await begin(found);
      log({ event: 'operator-confirmed', job: id });
    }
    return jobObject(found);
  };
}
