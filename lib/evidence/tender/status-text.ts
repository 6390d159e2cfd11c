import type { ProposalStatus } from './against';

/** How a status is printed. */
export const STATUS_TEXT: Readonly<Record<ProposalStatus, string>> = {
  provided: 'provided',
  inherited: 'inherited',
  customer: "customer's task",
  'not-applicable': 'not applicable',
  'not-met': 'not met',
  'to-check': 'to check',
  unanswered: 'unanswered',
};
