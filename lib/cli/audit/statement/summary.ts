import type { Statement } from './statement';

/** The counts and sources of a statement, as pairs for a table. */
export function summaryOf({
  from,
  to,
  boundary,
  requests,
  calls,
  findingCount,
  verified,
}: Statement): [string, string][] {
  const { ledger, trail, fetchedAt } = verified;
  const keys = trail.keys.map(({ region, fetchedAt: at }) => `${region} at ${at}`).join(', ');
  return [
    ['period', `${from} to ${to}, in UTC`],
    ['boundary', `${boundary.name}, as the ${boundary.from} states`],
    ['requests', `${requests}`],
    ['calls inside', `${calls.inside}`],
    ['calls outside', `${calls.outside}`],
    ['unaccounted', `${calls.unaccounted}`],
    ['not joinable', `${calls.notJoinable}`],
    ['findings', `${findingCount}`],
    ['ledger', ledger.origin ?? 'none'],
    ['checkpoints', `${ledger.checkpoints}, ${ledger.signed ? 'signatures verified' : 'signatures not verified'}`],
    ['hours', `${ledger.hours} with ${ledger.leaves} leaves`],
    [
      'trail',
      `${trail.digests} digests, ${trail.files} files, ${trail.events} events, ${trail.repeatedEvents} repeated`,
    ],
    ["CloudTrail's keys", keys === '' ? 'none' : `fetched for ${keys}`],
    ['files', fetchedAt === undefined ? 'no date' : `fetched at ${fetchedAt}`],
  ];
}

/** The classes of calls that a statement names, in the order of their weight. */
export const NAMED = [
  ['outside', 'Calls served outside'],
  ['unaccounted', 'Calls unaccounted for'],
  ['notJoinable', 'Calls not joinable'],
] as const;
