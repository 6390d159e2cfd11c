import type { Audited } from '../join/audit-bundle';
import type { CallRow } from '../join/rows';
import type { Finding } from '../shared/finding';
import { OPERATIONS } from '../trail/bedrock-call';

/** What an audit states, for people and for programs. */
export interface Statement {
  /** The version of this form. Fields are only added within one. */
  readonly format: 1;
  readonly from: string;
  readonly to: string;
  /** Whether the auditor gave the period or the bundle states it. */
  readonly periodFrom: 'auditor' | 'bundle';
  /** Its name, such as `the EU`, and whether the auditor gave it or the bundle states it. */
  readonly boundary: { readonly name: string; readonly from: 'auditor' | 'bundle' };
  /** Nothing is missing, and nothing contradicts. Calls outside the boundary are possible. */
  readonly complete: boolean;
  readonly conclusion: string;
  readonly requests: number;
  readonly calls: Readonly<Record<CallClass, number>>;
  /** The calls of each class but the first; at most the first 10,000. */
  readonly named: Readonly<Record<Exclude<CallClass, 'inside'>, readonly CallRow[]>>;
  /** The number of findings, of which at most the first 10,000 are listed. */
  readonly findingCount: number;
  readonly findings: readonly Finding[];
  readonly verified: Verified;
}

/** Where a call was served, as far as records and trail show it. */
export type CallClass = 'inside' | 'outside' | 'unaccounted' | 'notJoinable';

/** By what the statement was verified. */
export interface Verified {
  /** When the files were fetched; absent if the bundle doesn't say. */
  readonly fetchedAt?: string;
  readonly ledger: {
    /** The ledger's name; absent without a checkpoint. */
    readonly origin?: string;
    readonly checkpoints: number;
    /** Signatures were verified with the key that the auditor gave. */
    readonly signed: boolean;
    readonly hours: number;
    readonly leaves: number;
  };
  readonly trail: {
    readonly digests: number;
    readonly files: number;
    readonly events: number;
    readonly repeatedEvents: number;
    /** Regions with a verified chain of digests. */
    readonly regions: readonly string[];
    /** Regions that the auditor says the account hasn't enabled. */
    readonly notEnabled: readonly string[];
    /** Whether the auditor gave CloudTrail's public keys or the bundle states them. */
    readonly keysFrom: 'auditor' | 'bundle';
    /** The Regions of the public keys, and when the bundle says that they were fetched. */
    readonly keys: readonly { readonly region: string; readonly fetchedAt?: string }[];
  };
}

/** The statement of an audit. */
export function statementOf(audited: Audited): Statement {
  const { from, to, periodFrom, boundary, boundaryFrom } = audited;
  const { join, findings, manifest, checkpoints, hours, trail, keys, isSigned } = audited;
  const { inside, outside, unaccounted, notJoinable, requests } = join;
  const calls = {
    inside,
    outside: outside.count,
    unaccounted: unaccounted.count,
    notJoinable: notJoinable.count,
  };
  const complete = isSigned && findings.count === 0 && unaccounted.count === 0 && notJoinable.count === 0;
  return {
    format: 1,
    from,
    to,
    periodFrom,
    boundary: { name: boundary.label, from: boundaryFrom },
    complete,
    conclusion: `${conclusionOf(calls, requests, { complete, isSigned, findings: findings.count })} ${scopeOf(audited)}`,
    requests,
    calls,
    named: { outside: outside.shown, unaccounted: unaccounted.shown, notJoinable: notJoinable.shown },
    findingCount: findings.count,
    findings: findings.shown,
    verified: {
      fetchedAt: manifest?.fetchedAt,
      ledger: {
        origin: checkpoints.origin,
        checkpoints: checkpoints.count,
        signed: isSigned,
        hours: hours.count,
        leaves: hours.leaves,
      },
      trail: {
        digests: trail.digests,
        files: trail.hashes.size,
        events: trail.events,
        repeatedEvents: join.repeatedEvents,
        regions: [...trail.regions].sort(),
        notEnabled: audited.notEnabled,
        keysFrom: keys.from,
        keys: keys.fetched,
      },
    },
  };
}

/** What the conclusion is about, and what of it isn't verified. */
function scopeOf(audited: Audited): string {
  const stated = statedByBundle(audited);
  return [
    `Calls are those of operations whose names begin with ${OPERATIONS.join(', ')}.`,
    ...(stated.length > 0 ? [`As the bundle states: ${stated.join(', ')}.`] : []),
  ].join(' ');
}

/** What an audit takes from a bundle without a signature of it. */
export const statedByBundle = ({ periodFrom, boundaryFrom, keys }: Audited): string[] => [
  ...(periodFrom === 'bundle' ? ['the period'] : []),
  ...(boundaryFrom === 'bundle' ? ['the boundary'] : []),
  ...(keys.from === 'bundle' ? ["CloudTrail's public keys"] : []),
];

function conclusionOf(
  { inside, outside, unaccounted, notJoinable }: Statement['calls'],
  requests: number,
  {
    complete,
    isSigned,
    findings,
  }: { readonly complete: boolean; readonly isSigned: boolean; readonly findings: number },
): string {
  const total = inside + outside;
  if (complete && outside === 0) {
    return total === 0
      ? `No model was called in ${counted(requests, 'request')}.`
      : `All of ${counted(total, 'call')} of models in ${counted(requests, 'request')} were served inside the boundary.`;
  }
  const served = `${counted(inside, 'call')} of models served inside the boundary, ${outside} outside.`;
  if (complete) return served;
  const reasons = [
    ...(unaccounted > 0 ? [`${counted(unaccounted, 'call')} unaccounted for`] : []),
    ...(notJoinable > 0 ? [`${counted(notJoinable, 'call')} not joinable with the trail`] : []),
    ...(findings > 0 ? [`${counted(findings, 'finding')} about the files`] : []),
    ...(isSigned ? [] : ['no public key of the ledger given, so no checkpoint verified']),
  ];
  return `${served} This statement is incomplete: ${reasons.join(', ')}.`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
