import { nameOf } from '../../guard/declarations/apply-declarations';
import { type DeclaredException, isExpired, NO_END, until } from '../../guard/declarations/declared-exception';
import type { Finding } from '../../guard/finding';
import { ENFORCED, NOTHING } from '../../report/inventory-line';
import { type EvidenceContext, resourcePath } from './context';
import type { EvidencePointer, EvidenceStatus, ExceptionRow, FindingRow } from './evidence';
import { idOf, rowOf, type Verdict } from './row';

const STATUS: Readonly<Record<Finding['level'], EvidenceStatus>> = {
  block: 'failed',
  unresolved: 'unknown',
  info: 'attention',
};

/** What the guard found. */
export function findingRows(context: EvidenceContext): FindingRow[] {
  const { findings, files } = context.report;
  const found = findings.map((finding): FindingRow => {
    const { rule, level, stack, logicalId = '', path = '', message, fix } = finding;
    const verdict = { criterion: rule, status: STATUS[level], reason: sentence(message), remedy: fix, basis: ENFORCED };
    return {
      ...rowOf(idOf('finding', rule, stack, logicalId, path), verdict, pointerOf(finding, context), context),
      level,
    };
  });
  const unread = files.flatMap(({ file, error }): FindingRow[] => {
    if (error === undefined) return [];
    const name = context.fileOf(file);
    const verdict: Verdict = {
      criterion: 'template-readable',
      status: 'unknown',
      reason: `${name} can't be read, so nothing in it was checked: ${error}.`,
      remedy: 'Synthesize the whole app again, and leave its output in place.',
      basis: NOTHING,
    };
    return [
      { ...rowOf(idOf('finding', 'template-readable', name), verdict, { file: name }, context), level: 'unresolved' },
    ];
  });
  return [...found, ...unread];
}

/** A message of the guard, which follows a place there, as a sentence of its own. A name that it begins with stays as it is. */
const sentence = (message: string): string => message.replace(/^[a-z](?=[a-z]* )/, (first) => first.toUpperCase());

/** Where a finding is in its template. */
export function pointerOf(finding: Finding, context: EvidenceContext): EvidencePointer {
  const { stack, file, logicalId, constructPath = logicalId, path = '', documentation } = finding;
  return {
    stack,
    ...(constructPath !== undefined && { construct: constructPath }),
    ...(file !== undefined && { file: context.fileOf(file) }),
    ...(logicalId === undefined ? path !== '' && { path } : { path: resourcePath(logicalId, path) }),
    url: documentation,
  };
}

/** The exceptions that the owner declared, whether they permit something or not. */
export function exceptionRows(context: EvidenceContext): ExceptionRow[] {
  const { exceptions } = context.report;
  return context.declarations.exceptions.map((row) => {
    const { rule, stack, file, logicalId, approver, reason, expires } = row;
    const used = exceptions.find((one) => nameOf(one) === nameOf(row) && one.expires === expires)?.findings ?? 0;
    const pointer = {
      ...(stack !== undefined && { stack }),
      ...(logicalId !== undefined && { construct: logicalId }),
      ...(file !== undefined && { file }),
    };
    return {
      ...rowOf(idOf('exception', nameOf(row)), exceptionVerdict(row, used, context), pointer, context),
      rule,
      approvedBy: approver,
      why: reason,
      ...(expires !== NO_END && { expires }),
    };
  });
}

function exceptionVerdict(row: DeclaredException, used: number, { now }: EvidenceContext): Verdict {
  const { expires, approver } = row;
  const by = { kind: 'set' as const, by: approver };
  if (isExpired(expires, now)) {
    return {
      criterion: 'exception-expired',
      status: 'failed',
      reason: `It was valid until ${expires}, and permits nothing any more.`,
      remedy: 'Remove what it permitted, or have it approved again.',
      basis: by,
    };
  }
  if (used === 0) {
    return {
      criterion: 'exception-unused',
      status: 'attention',
      reason: 'It permits nothing, because no finding matches it.',
      remedy: 'Remove it.',
      basis: by,
    };
  }
  return {
    criterion: 'exception-in-force',
    status: 'attention',
    reason: `It permits ${used === 1 ? 'one finding' : `${used} findings`} ${until(row)}.`,
    remedy:
      row.expires === NO_END
        ? 'Remove the destination if you no longer accept where it processes data.'
        : 'Remove what it permits before it ends.',
    basis: by,
  };
}
