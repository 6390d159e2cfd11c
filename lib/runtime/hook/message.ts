import type { Finding } from '../../guard/finding';
import { exceptionLines } from '../../guard/report/exception-lines';
import { clipped, MAX_MESSAGE } from './hook-response';
import type { Verdict } from './verdict';

/** Room for one finding, so that a long value doesn't hide the next finding. */
const MAX_FINDING = 500;

/** The message of an allowed operation: the extent of the check, and the approver of each exception. */
export function approval({ resources, boundary, exceptions }: Verdict, stack: string): string {
  return `nothing of '${stack}' leaves ${boundary.label} (${resources} resources checked)${passed(exceptions)}`;
}

/** The reason for a refusal: as many findings as fit, and the number of the others. */
export function refusal({ findings, boundary, exceptions }: Omit<Verdict, 'resources'>, stack: string): string {
  const heading = `refused: ${count(findings.length)} that '${stack}' would leave ${boundary.label}, or can't be shown to stay:`;
  const shown: string[] = [];
  let room = MAX_MESSAGE - heading.length - closing(findings.length, stack).length;
  for (const [index, finding] of findings.entries()) {
    const line = clipped(` (${index + 1}) ${described(finding)};`, MAX_FINDING);
    room -= line.length;
    if (room < 0) break;
    shown.push(line);
  }
  return `${heading}${shown.join('')}${closing(findings.length - shown.length, stack)}${passed(exceptions)}`;
}

function described({ rule, logicalId, type, path, message, fix }: Finding): string {
  const subject = logicalId === undefined ? 'the template' : `${logicalId} (${type})`;
  return `${rule} at ${subject}${path ? ` ${path}` : ''}: ${message} ${fix}`;
}

function passed(exceptions: Verdict['exceptions']): string {
  const [heading, ...rows] = exceptionLines(exceptions).map((line) => line.trim());
  return heading === undefined ? '' : `; ${heading} ${rows.join('; ')}`;
}

const count = (findings: number): string => (findings === 1 ? '1 finding says' : `${findings} findings say`);

const closing = (more: number, stack: string): string =>
  more === 0
    ? " run 'eu-residency check' before deploying to see this earlier"
    : ` and ${more} more; run 'eu-residency check' on the template of '${stack}' to see them all`;
