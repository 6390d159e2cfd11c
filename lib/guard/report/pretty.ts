import { blocks, type Finding } from '../finding';
import { type Paint, PLAIN } from './paint';
import { byFile, subjectOf } from './report';
import { visible } from './visible';

/** Findings as text to read, grouped by file or stack; each says where, what, why and what to do. */
export function pretty(findings: readonly Finding[], paint: Paint = PLAIN): string {
  return [...byFile(findings)]
    .map(([file, group]) => {
      const stack = group[0]?.stack ?? '';
      const heading = stack === file ? file || 'the app' : `${file} (${stack})`;
      return [paint.bold(visible(heading)), ...group.map((finding) => block(finding, paint))].join('\n');
    })
    .join('\n\n');
}

/** How many findings there are, by what they do: `2 findings that block, 1 for information`. */
export function count(findings: readonly Finding[]): string {
  const blocking = findings.filter(blocks).length;
  const info = findings.length - blocking;
  const noun = blocking === 1 ? 'finding' : 'findings';
  return info === 0
    ? `${blocking} ${noun}`
    : `${blocking} ${noun} that ${blocking === 1 ? 'blocks' : 'block'}, ${info} for information`;
}

function block(finding: Finding, paint: Paint): string {
  const level = { block: paint.grave, unresolved: paint.warning, info: paint.dim }[finding.level](finding.level);
  const type = finding.type ? ` (${finding.type})` : '';
  return [
    `  ${level}  ${finding.rule}  ${paint.bold(visible(subjectOf(finding)))}${visible(type)}`,
    ...(finding.source ? [`    defined at ${visible(finding.source)}`] : []),
    ...at(finding, paint),
    `    why: ${visible(finding.message)}`,
    `    fix: ${visible(finding.fix)}`,
  ].join('\n');
}

/** The property and its value; in a longer value the place is pointed at. */
function at({ path, value, place }: Finding, paint: Paint): string[] {
  if (!path) return [];
  const start = `    at ${visible(path)}`;
  if (value === undefined) return [start];
  const text = visible(value);
  const known = [place?.region, place?.country].filter((part) => part && part !== value);
  const where = known.length > 0 ? ` (${known.join(', ')})` : '';
  const region = place?.region ?? '';
  const isInside = region !== '' && text.includes(region);
  const [from, length] = isInside ? [text.indexOf(region), region.length] : [0, text.length];
  const shown = text.slice(0, from) + paint.grave(text.slice(from, from + length)) + text.slice(from + length);
  const pointer = `${' '.repeat(start.length + 2 + from)}${'^'.repeat(length)}`;
  return [`${start}: ${shown}${where}`, ...(length < text.length ? [paint.grave(pointer)] : [])];
}
