import type { TenderStatus } from './model/answer';

/** How a status is printed. */
export const STATUS_TEXT: Readonly<Record<TenderStatus | 'unanswered', string>> = {
  provided: 'provided',
  inherited: 'inherited',
  customer: "customer's task",
  'not-met': 'not met',
  unanswered: 'unanswered',
};
