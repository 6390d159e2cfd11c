import type { Statement } from './statement';

/** The counts and sources of a statement, as pairs for a table. */
export const summaryOf = (statement: Statement): [string, string][] => {
  const { boundary, requests, calls, findingCount } = statement;
  return [
    periodOf(statement),
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

/** The days, and who names them. */
export const periodOf = ({ from, to, periodFrom }: Statement): [string, string] => [
  'period',
  `${from} to ${to}, in UTC, as the ${periodFrom} states`,
];

/** By what a statement was verified. */
export function verifiedOf({ verified: { ledger, trail, fetchedAt } }: Statement): [string, string][] {
  const keys = trail.keys.map(({ region, fetchedAt: at }) => (at === undefined ? region : `${region} at ${at}`));
  return [
    ['ledger', ledger.origin ?? 'none'],
    ['checkpoints', `${ledger.checkpoints}, ${ledger.signed ? 'signatures verified' : 'signatures not verified'}`],
    ['hours', `${ledger.hours} with ${ledger.leaves} leaves`],
    [
      'trail',
      `${trail.digests} digests, ${trail.files} files, ${trail.events} events, ${trail.repeatedEvents} repeated`,
    ],
    ['Regions of the trail', listed(trail.regions)],
    [
      'Regions not enabled',
      trail.notEnabled.length === 0 ? 'none' : `${listed(trail.notEnabled)}, as the auditor states`,
    ],
    ["CloudTrail's keys", `as the ${trail.keysFrom} states: ${listed(keys)}`],
    ['files', fetchedAt === undefined ? 'no date' : `fetched at ${fetchedAt}`],
  ];
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

/** The classes of calls that a statement names, in the order of their weight. */
export const NAMED = [
  ['outside', 'Calls served outside'],
  ['unaccounted', 'Calls unaccounted for'],
  ['notJoinable', 'Calls not joinable'],
] as const;
