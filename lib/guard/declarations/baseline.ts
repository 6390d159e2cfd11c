import { blocks, type Finding } from '../finding';
import { isMetaRule, metaFinding } from '../rule/meta-rules';
import { isExpired } from './declared-exception';
import { type Fingerprint, fingerprintOf, keyOf } from './fingerprint';

/** A finding that existed when the guard was introduced. */
export interface BaselineRow extends Fingerprint {
  /**
   * Number of identical findings.
   *
   * @default 1
   */
  readonly count?: number;
  /**
   * The reason why it still exists.
   *
   * @default - none given
   */
  readonly reason?: string;
  /**
   * The expiry date: the last day on which the row permits the finding.
   *
   * @default - no expiry
   */
  readonly expires?: string;
}

/** Findings that already existed; only other findings block. */
export interface Baseline {
  /** The file, as messages name it. */
  readonly file: string;
  readonly rows: readonly BaselineRow[];
}

/** The findings that aren't in a baseline, and the number of those that are. */
export interface AfterBaseline {
  readonly findings: readonly Finding[];
  readonly known: number;
}

const canBeInBaseline = (finding: Finding) => blocks(finding) && !isMetaRule(finding.rule);

/** Removes the findings that a baseline contains, and reports rows that no longer match a finding. */
export function applyBaseline(findings: readonly Finding[], baseline: Baseline, now: Date): AfterBaseline {
  const expired = baseline.rows.filter((row) => row.expires !== undefined && isExpired(row.expires, now));
  const left = new Map(
    baseline.rows.filter((row) => !expired.includes(row)).map((row) => [keyOf(row), row.count ?? 1]),
  );
  let known = 0;
  const remaining = findings.filter((finding) => {
    const key = canBeInBaseline(finding) ? keyOf(fingerprintOf(finding)) : '';
    const allowed = left.get(key) ?? 0;
    if (allowed === 0) return true;
    left.set(key, allowed - 1);
    known++;
    return false;
  });
  const { file } = baseline;
  const about = (rule: string, detail: string) => metaFinding(rule, 'info', detail, { stack: file, file });
  return {
    findings: [
      ...remaining,
      ...expired.map((row) => about('baseline-expired', `${nameOf(row)} was to be fixed by ${row.expires}`)),
      ...baseline.rows
        .filter((row) => (left.get(keyOf(row)) ?? 0) > 0)
        .map((row) => about('baseline-unused', `${nameOf(row)} is no longer found`)),
    ],
    known,
  };
}

/** The content of a new baseline, compared with the old one. */
export interface BaselineChange {
  readonly rows: readonly BaselineRow[];
  /** Findings that the old one doesn't contain. */
  readonly added: readonly Finding[];
  /** Number of the old one's findings that no longer exist. */
  readonly removed: number;
}

/** The current blocking findings as a baseline, with the reasons and expiry dates of the old one. */
export function newBaseline(findings: readonly Finding[], old: readonly BaselineRow[]): BaselineChange {
  const oldRows = new Map(old.map((row) => [keyOf(row), row]));
  const groups = new Map<string, Finding[]>();
  for (const finding of findings.filter(canBeInBaseline)) {
    const key = keyOf(fingerprintOf(finding));
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const countBefore = (key: string) => (oldRows.has(key) ? (oldRows.get(key)?.count ?? 1) : 0);
  const countNow = (key: string) => groups.get(key)?.length ?? 0;
  return {
    rows: [...groups].sort(byKey).map(([key, [first, ...others]]) => {
      const { reason, expires } = oldRows.get(key) ?? {};
      return {
        ...fingerprintOf(first as Finding),
        ...(others.length > 0 && { count: others.length + 1 }),
        ...(reason !== undefined && { reason }),
        ...(expires !== undefined && { expires }),
      };
    }),
    added: [...groups].flatMap(([key, group]) => group.slice(countBefore(key))),
    removed: [...oldRows.keys()].reduce((sum, key) => sum + Math.max(0, countBefore(key) - countNow(key)), 0),
  };
}

// Sorted, so that every run writes the same file.
const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);

function nameOf({ rule, stack, id, path, value }: BaselineRow): string {
  return `the row '${rule}' of ${stack}${id ? ` ${id}` : ''}${path ?? ''}${value === undefined ? '' : ` (${value})`}`;
}
