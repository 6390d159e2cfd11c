import type { Equivalent } from './equivalents';
import type { StrykerReport } from './results';

/** A mutant that no test noticed. */
export interface Survivor {
  readonly file: string;
  readonly line: number;
  /** The text of that line. */
  readonly text: string;
  readonly code: string;
  readonly replacement: string;
  readonly status: string;
}

export const survivorsOf = ({ files }: StrykerReport): Survivor[] =>
  Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location: { start, end }, replacement, status }) => {
        const lines = source.split('\n').slice(start.line - 1, end.line);
        const [text = ''] = lines;
        const last = lines.length - 1;
        lines[last] = lines[last]?.slice(0, end.column - 1) ?? '';
        lines[0] = lines[0]?.slice(start.column - 1) ?? '';
        return { file, line: start.line, text, code: lines.join('\n'), replacement, status };
      }),
  );

/** Whether the list of equivalents has a survivor. */
export const isEquivalent = (survivor: Survivor, listed: readonly Equivalent[]) =>
  listed.some(
    ({ file, line, code, replacement }) =>
      survivor.file === file &&
      survivor.text.includes(line) &&
      survivor.code === code &&
      survivor.replacement === replacement,
  );
