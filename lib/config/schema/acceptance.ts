import { z } from 'zod';
import { line } from './fields';

/** Accepts a Europe that is wider than the boundary. */
export const acceptsWiderEurope = () =>
  z
    .strictObject(
      {
        reason: line('a reason').describe('The reason. Headers and every output repeat it.'),
        approver: line('the approver').optional().describe('The person or body that accepted it.'),
      },
      "a mapping with 'reason'",
    )
    .optional();
