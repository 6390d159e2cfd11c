import { ContentTable } from '../../workspace/store/table';
import { statusKey } from '../../workspace/store/user-status';
import type { StepsOf } from '../jobs/step-actors';
import { STARTED, started, unannounced } from '../store/erasure-marks';
import type { PartsOf } from './parts';

/** The steps that end the wait of an erasure that another person than the user requested. */
export function erasureWaitSteps({
  table,
  now,
}: PartsOf['eraser']): Pick<StepsOf<'eraser'>['erase'], 'delay' | 'second-person'> {
  const content = new ContentTable(table.client, table.name, now);
  return {
    delay: async (job) => {
      const status = await content.get(statusKey(job.user));
      // Placed meanwhile. An administrator can request the erasure again once the hold is released.
      if (Number(status?.holds?.N ?? 0) > 0) return { state: 'held', step: 'done', also: [unannounced(job)] };
      return { ...STARTED, also: [started(job)] };
    },
    'second-person': async (job) => ({ state: 'expired', step: 'done', also: [unannounced(job)] }),
  };
}
