#!/usr/bin/env node
import { inspect } from 'node:util';
import { didYouMean } from '../lib/boundary/nearest';
import { COMMANDS, type Command } from '../lib/cli/commands/commands';
import { helpOverview, helpPage } from '../lib/cli/help/help-page';
import { helpWidth } from '../lib/cli/help/help-width';
import { optionError } from '../lib/cli/help/option-error';
import { fileErrorText } from '../lib/cli/shared/file-error';
import { print, printError } from '../lib/cli/shared/print';
import { UsageError } from '../lib/cli/shared/usage-error';
import { version } from '../lib/report/version';

const isHelp = (arg: string) => ['--help', '-h'].includes(arg);

/** The arguments before `--`; those after it are no options. */
const optionsOf = (args: readonly string[]) => (args.includes('--') ? args.slice(0, args.indexOf('--')) : args);

function run([name = '', ...args]: readonly string[]): number | Promise<number> {
  if (name === '--version') {
    print(version());
    return 0;
  }
  if (name === '' || isHelp(name) || (name === 'help' && args.length === 0)) {
    print(helpOverview(COMMANDS));
    return name === '' ? 2 : 0;
  }
  if (name === 'help' || optionsOf(args).some(isHelp)) {
    print(helpPage(commandOf(name === 'help' ? (args[0] as string) : name).help, helpWidth()));
    return 0;
  }
  return commandOf(name).run(args);
}

function commandOf(name: string): Command {
  const command = COMMANDS.get(name);
  if (command !== undefined) return command;
  const names = [...COMMANDS.keys()];
  throw new UsageError(`there is no command '${name}'; allowed: ${names.join(', ')}${didYouMean(name, names)}`);
}

// A program that reads the output, such as `head`, may stop before its end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  try {
    process.exitCode = await run(args);
  } catch (error) {
    const { name, message, code } = error as NodeJS.ErrnoException;
    // By name: the parts of the command that are bundled separately have their own copies of these classes.
    const isOption = code?.startsWith('ERR_PARSE_ARGS');
    const isUsage = isOption || ['UsageError', 'UsableError'].includes(name);
    const usage = isOption
      ? optionError(message, args[0] ?? '', commandOf(args[0] ?? '').help)
      : isUsage
        ? message
        : fileErrorText(error);
    // Each mistake in a configuration is a line that begins with its position, so that an editor can jump to it.
    const other = name === 'ConfigError' ? message : inspect(error);
    printError(usage === undefined ? other : `eu-residency: ${usage}`);
    process.exitCode = 2;
  }
}

void main();
