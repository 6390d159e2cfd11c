import type { Finding } from '../finding';
import { metaFinding } from '../rule/meta-rules';
import { stackRegion } from '../rules/stack-region';
import type { Declarations } from './declarations';
import {
  type CheckedStack,
  concerns,
  covers,
  type DeclaredException,
  isAllowance,
  isExpired,
  missingParts,
  notListed,
} from './declared-exception';

/** The context in which declarations are applied. */
export interface ApplyContext {
  readonly now: Date;
  /** Every checked template, to distinguish an unused exception from one about another template. */
  readonly checked: readonly CheckedStack[];
  /**
   * Whether everything that the declarations cover was checked, as in an app; then an exception that matches nothing also blocks.
   *
   * @default false
   */
  readonly complete?: boolean;
}

/** An exception that permitted at least one finding. */
export interface UsedException extends DeclaredException {
  /** Number of findings it permitted. */
  readonly findings: number;
}

export interface Applied {
  /** The remaining findings, and problems with the declarations themselves. */
  readonly findings: readonly Finding[];
  readonly used: readonly UsedException[];
}

/** Removes the findings that exceptions permit, and adds problems with the exceptions themselves. */
export function applyDeclarations(
  findings: readonly Finding[],
  { exceptions }: Declarations,
  { now, checked, complete = false }: ApplyContext,
): Applied {
  const valid = exceptions.filter((row) => missingParts(row).length === 0 && !isExpired(row.expires, now));
  const used = new Map<DeclaredException, number>();
  const passes = (finding: Finding) => {
    const row = valid.find((candidate) => covers(candidate, finding));
    if (row !== undefined) used.set(row, (used.get(row) ?? 0) + 1);
    return row;
  };

  const remaining = findings.flatMap((finding) => {
    const row = passes(finding);
    if (row === undefined) return [finding];
    if (!isAllowance(row)) return [];
    // The exception permits only a stack whose resources are known; its list, then the other exceptions, decide on each of them.
    return unlistedResources(row, finding, checked).filter((left) => left === finding || !passes(left));
  });
  const wrong = exceptions.flatMap((row): Finding[] => {
    const text = problemWith(row, now, used);
    if (text === undefined) return [];
    const [rule, detail] = text;
    const blocks = complete || checked.some((stack) => concerns(row, stack)) || (row.stack ?? row.file) === undefined;
    return [metaFinding(rule, blocks ? 'unresolved' : 'info', detail, placeOf(row))];
  });
  return {
    findings: [...remaining, ...wrong],
    used: [...used].map(([row, count]) => ({ ...row, findings: count })),
  };
}

function unlistedResources(row: DeclaredException, finding: Finding, checked: readonly CheckedStack[]): Finding[] {
  const stack = checked.find((candidate) => candidate.stack === finding.stack && candidate.file === finding.file);
  if (stack === undefined) return [finding];
  return notListed(row, stack).map(([logicalId, type]) => ({
    ...finding,
    level: 'block',
    logicalId,
    type,
    message:
      `the exception for '${finding.stack}', which is outside the boundary, permits only ${row.types?.join(', ') || 'nothing'} in it, ` +
      `found '${type}'. ${stackRegion.why}`,
    fix: 'Move the resource to a stack inside the boundary, or add its type to the exception.',
  }));
}

function problemWith(
  row: DeclaredException,
  now: Date,
  used: ReadonlyMap<DeclaredException, number>,
): [rule: string, detail: string] | undefined {
  const missing = missingParts(row);
  if (missing.length > 0) return ['exception-incomplete', `${nameOf(row)} lacks ${missing.join(' and ')}`];
  if (isExpired(row.expires, now)) {
    return [
      'exception-expired',
      `${nameOf(row)} was valid until ${row.expires}; ${row.approver} approved it: ${row.reason}`,
    ];
  }
  return used.has(row) ? undefined : ['exception-unused', `${nameOf(row)} permits nothing: it matches no finding`];
}

/** An exception's name in messages: its rule and its scope. */
export function nameOf(row: DeclaredException): string {
  const { rule, stack, file, logicalId, type, property, value } = row;
  const parts = Object.entries({ stack, file, logicalId, type, property, value }).filter(
    ([, part]) => part !== undefined,
  );
  return `the exception to '${rule}' (${parts.map(([key, part]) => `${key} ${part}`).join(', ') || 'for nothing'})`;
}

function placeOf({ declaredAt, stack, file }: DeclaredException) {
  if (declaredAt === undefined) return { stack: stack ?? file ?? '' };
  return { stack: declaredAt.file, file: declaredAt.file, source: `${declaredAt.file}:${declaredAt.line}` };
}
