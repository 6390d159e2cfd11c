import type { Statement } from './statement';

/** The counts and sources of a statement, as pairs for a table. */
export const summaryOf = (statement: Statement): [string, string][] => {
  const { from, to, boundary, requests, calls, findingCount } = statement;
  return [
    ['period', `${from} to ${to}, in UTC`],
    ['boundary', `${boundary.name}, as the ${boundary.from} states`],
    ['requests', `${requests}`],
    ['calls inside', `${calls.inside}`],
    ['calls outside', `${calls.outside}`],
    ['unaccounted', `${calls.unaccounted}`],
    ['not joinable', `${calls.notJoinable}`],
    ['findings', `${findingCount}`],
    ...verifiedOf(statement),
  ];
};

/** By what a statement was verified. */
export function verifiedOf({ verified: { ledger, trail, fetchedAt } }: Statement): [string, string][] {
  const keys = trail.keys.map(({ region, fetchedAt: at }) => `${region} at ${at}`).join(', ');
  return [
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
