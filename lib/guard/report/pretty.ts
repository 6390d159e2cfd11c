import { visible } from '../../html/visible';
import { blocks, type Finding, type Level } from '../finding';
import { asUnicode, withoutCommands } from './commands';
import { exceptionToPaste, placeToPaste } from './exception-to-paste';
import { type Paint, PLAIN } from './paint';
import { byFile, counted, shownPath, subjectOf } from './report';
import { hanging } from './wrap';

/** How findings are printed. */
export interface PrettyOptions {
  /**
   * Columns of the output.
   *
   * @default - each part in one line
   */
  readonly width?: number;
  /**
   * The day from which the end of a suggested exception is counted.
   *
   * @default - today
   */
  readonly now?: Date;
}

/**
 * Findings as text to read, grouped by file or stack; each says where, what, why, what to do, and how to except it. A CI system that
 * prints it executes nothing of a template.
 */
export function pretty(
  findings: readonly Finding[],
  paint: Paint = PLAIN,
  { width = Number.POSITIVE_INFINITY, now = new Date() }: PrettyOptions = {},
): string {
  const pasted = new Set<string>();
  const text = [...byFile(findings)]
    .map(([file, group]) => {
      const stacks = [...new Set(group.map(({ stack }) => stack))].join(', ');
      const heading = stacks === file ? file || 'the app' : `${file} (${stacks})`;
      return [
        paint.bold(visible(heading)),
        ...group.map((finding) =>
          [block(finding, paint, width), ...exceptionOf(finding, paint, now, pasted)].join('\n'),
        ),
      ].join('\n');
    })
    .join('\n\n');
  return withoutCommands(text, asUnicode);
}

/** How many findings there are, by what they do: `2 blocking findings, 1 informational`. */
export function count(findings: readonly Finding[]): string {
  const blocking = findings.filter(blocks).length;
  const info = findings.length - blocking;
  return info === 0
    ? counted(blocking, 'finding')
    : `${counted(blocking, 'blocking finding')}, ${info} informational ('eu-residency check' shows ${info === 1 ? 'it' : 'them'})`;
}

function block(finding: Finding, paint: Paint, width: number): string {
  const { rule, level, constructPath, logicalId, source, message, fix, proposal } = finding;
  const type = finding.type ? ` (${finding.type})` : '';
  const part = (name: string, text: string) => hanging(`    ${name} `, visible(text), width);
  return [
    `  ${paintOf(level, paint)(level)}  ${rule}  ${paint.bold(visible(subjectOf(finding)))}${visible(type)}`,
    ...(constructPath !== undefined && logicalId !== undefined ? part('logical id:', logicalId) : []),
    ...(source ? part('defined at', source) : []),
    ...at(finding, paint),
    ...part('why:', message),
    ...part('fix:', fix),
    ...(proposal === undefined ? [] : part(`declared by ${visible(proposal.library)}, not accepted:`, proposal.reason)),
  ].join('\n');
}

const paintOf = (level: Level, paint: Paint) =>
  ({ block: paint.grave, unresolved: paint.warning, info: paint.dim })[level];

/** The property and its value; in a longer value the place is pointed at. */
function at(finding: Finding, paint: Paint): string[] {
  const { path, value, place, level } = finding;
  if (!path) return [];
  const start = `    at: ${visible(shownPath(finding))}`;
  if (value === undefined) return [start];
  const text = visible(value);
  const known = [place?.region, place?.country].filter((part) => part && part !== value);
  const where = known.length > 0 ? ` (${known.join(', ')})` : '';
  const region = place?.region ?? '';
  const isInside = region !== '' && text.includes(region);
  const [from, length] = isInside ? [text.indexOf(region), region.length] : [0, text.length];
  // The value of a finding that doesn't block is no alarm.
  const mark = level === 'info' ? paint.bold : paintOf(level, paint);
  const shown = text.slice(0, from) + mark(text.slice(from, from + length)) + text.slice(from + length);
  const pointer = `${' '.repeat(start.length + 2 + from)}${'^'.repeat(length)}`;
  return [`${start}: ${shown}${where}`, ...(length < text.length ? [mark(pointer)] : [])];
}

/** One declaration covers all findings that it describes; a second one would be unused, which blocks. */
function exceptionOf(finding: Finding, paint: Paint, now: Date, pasted: Set<string>): string[] {
  const parts = { places: placeToPaste(finding), exceptions: exceptionToPaste(finding, now) };
  const alternatives = Object.entries(parts).flatMap(([key, lines]) => (lines === undefined ? [] : [{ key, lines }]));
  const [text] = alternatives.map(({ lines }) => lines.join('\n'));
  if (text === undefined || pasted.has(text)) return [];
  pasted.add(text);
  return alternatives.flatMap(({ key, lines }, index) => [
    `    ${index === 0 ? 'to permit it,' : 'or instead'} paste below '${key}:':`,
    ...lines.map((line) => paint.dim(`      ${line}`)),
  ]);
}
