import type { CheckReport, FileResult } from '../check/check-inputs';
import type { UsedException } from '../declarations/apply-declarations';
import type { Finding, Level } from '../finding';

/** The data that every output format is made from. */
export interface Report {
  readonly version: string;
  /** The boundary of stacks for which the owner declares no other. */
  readonly boundary: string;
  readonly deployRegions: readonly string[];
  readonly files: readonly FileResult[];
  /** The findings at or above the requested level, the most severe first. */
  readonly findings: readonly Finding[];
  readonly exceptions: readonly UsedException[];
  readonly summary: Summary;
  /** Whether findings of this level stop a deployment. */
  readonly blocks: (level: Level) => boolean;
}

/** Counts of all findings, including those that aren't shown. */
export interface Summary {
  readonly files: number;
  readonly resources: number;
  readonly block: number;
  readonly unresolved: number;
  readonly info: number;
  /** The number of findings that the baseline let pass; none without a baseline. */
  readonly baseline?: number;
}

/** How a caller wants a check to be reported. */
export interface ReportOptions {
  readonly version: string;
  readonly boundary: string;
  readonly deployRegions: readonly string[];
  /** The lowest level that is shown. */
  readonly minLevel: Level;
  /** Whether a value that can't be decided blocks. */
  readonly unresolved: 'block' | 'warn';
}

/** The levels, the most severe first. */
export const LEVELS: readonly Level[] = ['block', 'unresolved', 'info'];

/** A check's result as data for the formats. */
export function toReport({ files, findings, exceptions, known }: CheckReport, options: ReportOptions): Report {
  const { version, boundary, deployRegions, minLevel, unresolved } = options;
  const shown = LEVELS.slice(0, LEVELS.indexOf(minLevel) + 1);
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  return {
    version,
    boundary,
    deployRegions,
    files,
    findings: shown.flatMap((level) => findings.filter((finding) => finding.level === level)),
    exceptions,
    summary: {
      files: files.length,
      resources: files.reduce((sum, file) => sum + file.resources, 0),
      block: count('block'),
      unresolved: count('unresolved'),
      info: count('info'),
      ...(known !== undefined && { baseline: known }),
    },
    blocks: (level) => level === 'block' || (level === 'unresolved' && unresolved === 'block'),
  };
}

/** The findings by file, in their order. */
export function byFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const file = fileOf(finding);
    groups.set(file, [...(groups.get(file) ?? []), finding]);
  }
  return groups;
}

/** Where a finding is reported: its file, or its stack where there is none. */
export const fileOf = (finding: Finding): string => finding.file ?? finding.stack;

/** The path of a finding for people, with entries of lists by their names. */
export const shownPath = ({ path = '', namedPath = path }: Finding): string => namedPath;

/** The subject of a finding for people. */
export const subjectOf = ({ constructPath, logicalId }: Finding): string =>
  constructPath ?? logicalId ?? 'the template';

/** A count with its noun: `1 finding`, `2 findings`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The result in one line: `12 resources in 3 files: 2 block, 1 unresolved, 4 info`. */
export function summaryLine({ summary, files, findings }: Report): string {
  const { resources, block, unresolved, info, baseline } = summary;
  const unread = files.filter(({ error }) => error !== undefined).length;
  const found =
    block + unresolved + info === 0 ? '0 findings' : `${block} block, ${unresolved} unresolved, ${info} info`;
  const known = baseline === undefined ? '' : `; ${counted(baseline, 'known finding')} let pass by the baseline`;
  const hidden = block + unresolved + info - findings.length;
  const rest = hidden === 0 ? '' : `; ${hidden} below --min-level not shown`;
  const checked = `${counted(resources, 'resource')} in ${counted(files.length - unread, 'file')} checked`;
  return `${checked}: ${found}${known}${rest}${unread === 0 ? '' : `; ${counted(unread, 'file')} not checked`}`;
}
