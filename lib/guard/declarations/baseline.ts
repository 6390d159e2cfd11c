import { blocks, type Finding } from '../finding';
import { isOwnRule, ownFinding } from '../rule/own-rules';
import { isExpired } from './declared-exception';
import { type Fingerprint, fingerprintOf, keyOf } from './fingerprint';

/** A finding of the day on which the guard was adopted. */
export interface BaselineRow extends Fingerprint {
  /**
   * How many findings look the same.
   *
   * @default 1
   */
  readonly count?: number;
  /**
   * Why it is still there.
   *
   * @default - not said
   */
  readonly reason?: string;
  /**
   * The last day on which it is let pass.
   *
   * @default - until it is mended
   */
  readonly expires?: string;
}

/** The findings that were there already; only what isn't among them blocks. */
export interface Baseline {
  /** The file, as messages name it. */
  readonly file: string;
  readonly rows: readonly BaselineRow[];
}

/** What remains of findings once those of a baseline are taken out, and how many those were. */
export interface AfterBaseline {
  readonly findings: readonly Finding[];
  readonly known: number;
}

const mayBeKnown = (finding: Finding) => blocks(finding) && !isOwnRule(finding.rule);

/** Takes out the findings that a baseline holds; a row for what is no longer found is reported. */
export function applyBaseline(findings: readonly Finding[], baseline: Baseline, now: Date): AfterBaseline {
  const expired = baseline.rows.filter((row) => row.expires !== undefined && isExpired(row.expires, now));
  const left = new Map(
    baseline.rows.filter((row) => !expired.includes(row)).map((row) => [keyOf(row), row.count ?? 1]),
  );
  let known = 0;
  const remaining = findings.filter((finding) => {
    const key = mayBeKnown(finding) ? keyOf(fingerprintOf(finding)) : '';
    const allowed = left.get(key) ?? 0;
    if (allowed === 0) return true;
    left.set(key, allowed - 1);
    known++;
    return false;
  });
  const { file } = baseline;
  const about = (rule: string, detail: string) => ownFinding(rule, 'info', detail, { stack: file, file });
  return {
    findings: [
      ...remaining,
      ...expired.map((row) => about('baseline-expired', `${nameOf(row)} was to be mended by ${row.expires}`)),
      ...baseline.rows
        .filter((row) => (left.get(keyOf(row)) ?? 0) > 0)
        .map((row) => about('baseline-unused', `${nameOf(row)} is no longer found`)),
    ],
    known,
  };
}

/** What a new baseline would hold. */
export interface BaselineChange {
  readonly rows: readonly BaselineRow[];
  /** Findings that the old one doesn't hold. */
  readonly added: readonly Finding[];
  /** How many findings of the old one are gone. */
  readonly removed: number;
}

/** Today's blocking findings as a baseline; reasons and last days of the old one are kept. */
export function newBaseline(findings: readonly Finding[], old: readonly BaselineRow[]): BaselineChange {
  const kept = new Map(old.map((row) => [keyOf(row), row]));
  const groups = new Map<string, Finding[]>();
  for (const finding of findings.filter(mayBeKnown)) {
    const key = keyOf(fingerprintOf(finding));
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const countBefore = (key: string) => (kept.has(key) ? (kept.get(key)?.count ?? 1) : 0);
  const countNow = (key: string) => groups.get(key)?.length ?? 0;
  return {
    rows: [...groups].sort(byKey).map(([key, [first, ...others]]) => {
      const { reason, expires } = kept.get(key) ?? {};
      return {
        ...fingerprintOf(first as Finding),
        ...(others.length > 0 && { count: others.length + 1 }),
        ...(reason !== undefined && { reason }),
        ...(expires !== undefined && { expires }),
      };
    }),
    added: [...groups].flatMap(([key, group]) => group.slice(countBefore(key))),
    removed: [...kept.keys()].reduce((sum, key) => sum + Math.max(0, countBefore(key) - countNow(key)), 0),
  };
}

// Sorted, so that two people who write it get the same file.
const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);

function nameOf({ rule, stack, id, path, value }: BaselineRow): string {
  return `the row '${rule}' of ${stack}${id ? ` ${id}` : ''}${path ?? ''}${value === undefined ? '' : ` (${value})`}`;
}
