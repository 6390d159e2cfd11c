import { type Mistake, mistakeLine } from './config-error';
import { type Problem, pathText } from './problem';
import type { YamlSource } from './yaml-source';

/** Problems of a text and of its value as mistakes with line and column, in the order of the file. */
export function located(source: YamlSource, file: string, problems: readonly Problem[]): Mistake[] {
  const mistakes = [
    ...source.mistakes.map(({ position, text }) => ({ file, ...position, path: '', text })),
    ...problems.map(({ path, text, atKey }) => ({
      file,
      ...source.positionOf(path, atKey),
      path: pathText(path),
      text,
    })),
  ].sort((a, b) => a.line - b.line || a.column - b.column);
  // A confused parser may report the same mistake at one place several times.
  return [...new Map(mistakes.map((mistake) => [mistakeLine(mistake), mistake])).values()];
}
