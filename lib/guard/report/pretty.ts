import { blocks, type Finding } from '../finding';

/** Findings as text to read, grouped by stack or file; each says where, what, why and what to do. */
export function pretty(findings: readonly Finding[]): string {
  const stacks = [...new Set(findings.map((finding) => finding.stack))];
  return stacks
    .map((stack) =>
      [stack || 'the app', ...findings.filter((finding) => finding.stack === stack).map(block)].join('\n'),
    )
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

function block(finding: Finding): string {
  const subject = finding.constructPath ?? finding.logicalId ?? 'the template';
  const known = [finding.place?.region, finding.place?.country].filter((part) => part && part !== finding.value);
  const found =
    finding.value === undefined ? '' : `: ${finding.value}${known.length > 0 ? ` (${known.join(', ')})` : ''}`;
  return [
    `  ${finding.level}  ${finding.rule}  ${subject}${finding.type ? ` (${finding.type})` : ''}`,
    ...(finding.source ? [`    defined at ${finding.source}`] : []),
    ...(finding.path ? [`    at ${finding.path}${found}`] : []),
    `    why: ${finding.message}`,
    `    fix: ${finding.fix}`,
  ].join('\n');
}
