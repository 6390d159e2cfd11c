import { hanging, wrap } from '../../guard/report/wrap';
import type { CommandHelp } from './command-help';

const PROGRAM = 'eu-residency';
/** Where the meanings of options begin. */
const COLUMN = 30;

/** The page of a command, as `--help` prints it. */
export function helpPage(help: CommandHelp, width: number): string {
  const { summary, usage, options, environment = [], notes = [], examples, exitCodes } = help;
  const define = ([term, meaning]: readonly [string, string]) => definition(term, meaning, width);
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Usage:', usage.flatMap(([form, meaning]) => usageOf(form, meaning, width))],
    ['Options:', options.flatMap(define)],
    ['Environment:', environment.flatMap(define)],
    ['Notes:', notes.flatMap((note) => hanging('  ', note, width))],
    [examples.length === 1 ? 'Example:' : 'Examples:', examples.map((example) => `  ${PROGRAM} ${example}`)],
    ['Exit codes:', exitCodes.flatMap(([code, meaning]) => hanging(`  ${code}  `, meaning, width))],
  ];
  return [
    wrap(`${summary}.`, width).join('\n'),
    ...sections.filter(([, lines]) => lines.length > 0).map(([title, lines]) => [title, ...lines].join('\n')),
  ].join('\n\n');
}

/** All commands, one line each. */
export function helpOverview(commands: ReadonlyMap<string, { readonly help: CommandHelp }>): string {
  const longest = Math.max(...[...commands.keys()].map((name) => name.length));
  return [
    `Usage: ${PROGRAM} COMMAND [OPTIONS]`,
    '',
    ...[...commands].map(([name, { help }]) => `  ${name.padEnd(longest)}  ${help.summary}`),
    '',
    `${PROGRAM} COMMAND --help  shows a command's options, examples and exit codes`,
    `${PROGRAM} --version       prints the version`,
  ].join('\n');
}

/** A form of the command line and, below it, what it does. */
function usageOf(form: string, meaning: string | undefined, width: number): string[] {
  const [first = '', ...others] = wrap(`${PROGRAM} ${whole(form)}`, width - 10).map((line) =>
    line.replaceAll(JOINT, ' '),
  );
  const indented = meaning === undefined ? [] : hanging('      ', meaning, width);
  return [`  ${first}`, ...others.map((line) => `          ${line}`), ...indented];
}

/** A space at which no line ends. */
const JOINT = '\u00A0';

/** A form in which each option stays in one line with its value. */
const whole = (form: string) => form.replace(/(?<=--[\w-]+) (?=[A-Z])/g, JOINT);

function definition(term: string, meaning: string, width: number): string[] {
  const start = `  ${term}`;
  return start.length + 2 <= COLUMN
    ? hanging(start, meaning, width, COLUMN)
    : [start, ...hanging('', meaning, width, COLUMN)];
}
