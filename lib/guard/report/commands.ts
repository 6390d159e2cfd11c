/** How a character is written in a report, such that its reader gets the same character or sees which one it was. */
type Escape = (character: '#' | ':') => string;

/** As in JSON, and as `visible` writes other characters. */
export const asUnicode: Escape = (character) => `\\u00${character.charCodeAt(0).toString(16)}`;

/** As in XML. */
export const asEntity: Escape = (character) => `&#${character.charCodeAt(0)};`;

/**
 * A report that a CI system can print without executing anything of a template. GitHub, Azure Pipelines and TeamCity take `##name[` for a
 * command, also within a line, and GitHub takes `::` at the beginning of a line. To GitHub, which trims lines in .NET, U+0085 is white
 * space; to other programs it ends a line.
 *
 * @param hasOwn whether lines of the report itself are commands that begin with `::`
 */
export function withoutCommands(report: string, as: Escape, hasOwn = false): string {
  const inLines = report.replace(/#(?=#[\w.-]*\[)/g, () => as('#'));
  return hasOwn ? inLines : inLines.replace(/(?<=(?:^|\u0085)[\s\u0085]*):(?=:)/gm, () => as(':'));
}
