import type { KeyAccess } from '../../report/access/key-access';
import type { DoctorLine, DoctorState } from '../../report/doctor/doctor-line';
import type { Basis } from '../../report/inventory-line';
import type { EvidenceStatus, LiveRow } from './evidence';
import { accessVerdict } from './key-verdict';
import { idOf, rowOf, type Verdict, withUniqueIds } from './row';

/** Something that was read from the account, with the time at which it was, in ISO 8601. */
export interface Read<T> {
  readonly readAt: string;
  readonly value: T;
}

const STATUS: Readonly<Record<DoctorState, EvidenceStatus>> = {
  ok: 'ok',
  soon: 'attention',
  missing: 'failed',
  'not-visible': 'unknown',
};

/** What the account has now: the checks of `doctor`, and the principals that can decrypt with each key. */
export function liveRows(lines: readonly Read<DoctorLine>[], keys: readonly Read<KeyAccess>[]): LiveRow[] {
  const checks = lines.map(({ readAt, value: { check, state, region = '', found, fix = '' } }) => {
    const criterion = `live.${check.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    const reason = `${found}${region === '' ? '' : ` in ${region}`}.`;
    const verdict = { criterion, status: STATUS[state], reason, remedy: fix, basis: readOn(readAt) };
    return liveRow(idOf('live', check, region), verdict, readAt);
  });
  const access = keys.map(({ readAt, value }) => {
    const verdict = { ...accessVerdict(value), criterion: 'live.key-access', basis: readOn(readAt) };
    const readers = value.entries.filter(({ can }) => can === 'decrypt').map(({ who }) => who);
    const reason = `${value.key} in ${value.region}. ${verdict.reason} Read: ${[...new Set(readers)].join(', ') || 'none'}.`;
    return liveRow(idOf('live', 'key', value.region, value.key), { ...verdict, reason }, readAt);
  });
  return withUniqueIds([...checks, ...access]);
}

const liveRow = (id: string, verdict: Verdict, readAt: string): LiveRow => ({
  ...rowOf(id, verdict, {}, { date: readAt.slice(0, 10) }),
  readAt,
});

const readOn = (readAt: string): Basis => ({ kind: 'claimed', by: 'AWS', asOf: readAt.slice(0, 10), stale: false });
