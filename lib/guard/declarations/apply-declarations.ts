import type { Finding } from '../finding';
import { ownFinding } from '../rule/own-rules';
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

/** What declarations are applied with. */
export interface ApplyContext {
  readonly now: Date;
  /** Every template that was judged, so that a row can be told apart that was needless from one about something else. */
  readonly checked: readonly CheckedStack[];
  /**
   * Whether all that the declarations are about was judged, as in an app: a row about nothing in it then blocks as well.
   *
   * @default false
   */
  readonly complete?: boolean;
}

/** An exception that let something pass. */
export interface UsedException extends DeclaredException {
  /** How many findings it let pass. */
  readonly findings: number;
}

export interface Applied {
  /** What remains, and what is wrong with the declarations themselves. */
  readonly findings: readonly Finding[];
  readonly used: readonly UsedException[];
}

/** Takes out the findings that an owner lets pass, and adds what is wrong with the exceptions. */
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
    // A stack outside passes as an empty shell; each resource in it is judged by the list, then by the other exceptions.
    return strangers(row, finding, checked).filter((stranger) => passes(stranger) === undefined);
  });
  const wrong = exceptions.flatMap((row): Finding[] => {
    const text = mistakeOf(row, now, used);
    if (text === undefined) return [];
    const [rule, detail] = text;
    const blocks = complete || checked.some((stack) => concerns(row, stack)) || (row.stack ?? row.file) === undefined;
    return [ownFinding(rule, blocks ? 'unresolved' : 'info', detail, placeOf(row))];
  });
  return {
    findings: [...remaining, ...wrong],
    used: [...used].map(([row, count]) => ({ ...row, findings: count })),
  };
}

function strangers(row: DeclaredException, finding: Finding, checked: readonly CheckedStack[]): Finding[] {
  const stack = checked.find((candidate) => candidate.stack === finding.stack && candidate.file === finding.file);
  if (stack === undefined) return [finding];
  return notListed(row, stack).map(([logicalId, type]) => ({
    ...finding,
    level: 'block',
    logicalId,
    type,
    message:
      `the exception for '${finding.stack}' outside lets it hold only ${row.types?.join(', ') || 'nothing'}, ` +
      `found '${type}'. ${stackRegion.why}`,
    fix: 'Move the resource to a stack inside, or add its type to the exception.',
  }));
}

function mistakeOf(
  row: DeclaredException,
  now: Date,
  used: ReadonlyMap<DeclaredException, number>,
): [rule: string, detail: string] | undefined {
  const missing = missingParts(row);
  if (missing.length > 0) return ['exception-incomplete', `${nameOf(row)} lacks ${missing.join(' and ')}`];
  if (isExpired(row.expires, now)) {
    return [
      'exception-expired',
      `${nameOf(row)} held until ${row.expires}; ${row.approver} approved it: ${row.reason}`,
    ];
  }
  return used.has(row) ? undefined : ['exception-unused', `${nameOf(row)} lets nothing pass: nothing was found there`];
}

/** An exception as messages name it: its rule and what it is narrowed to. */
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
