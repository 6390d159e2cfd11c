import { didYouMean } from '../../boundary/nearest';
import type { CommandHelp } from './command-help';

/**
 * What Node says of arguments that the command line can't have, and what its page says of them.
 *
 * @param help the page of the command
 */
export function optionError(message: string, command: string, help: CommandHelp): string {
  const said = message
    .replace(/\.? To specify a positional argument.*$/s, '')
    .replace(/\. This command does not take positional arguments.*$/s, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '');
  const page = `read: eu-residency ${command} --help`;
  const [, unknown] = /^Unknown option '(--[\w-]+)'/.exec(said) ?? [];
  if (unknown === undefined) return `${said}; ${page}`;
  const options = help.options.flatMap(([term]) => term.match(/--[a-z][\w-]*/g) ?? []);
  // A command with several forms reads the options of one.
  if (options.includes(unknown)) return `${unknown} doesn't apply to this form of '${command}'; ${page}`;
  return `${said}; ${page}${didYouMean(unknown, options)}`;
}
