#!/usr/bin/env node
import { COMMANDS } from '../lib/cli/commands/commands';
import { UsageError } from '../lib/cli/shared/usage-error';
import { version } from '../lib/cli/shared/version';
import { didYouMean } from '../lib/config/read/nearest';

const USAGE = [
  'usage: eu-residency COMMAND',
  ...[...COMMANDS.values()].map(({ usage }) => usage),
  'eu-residency --version',
].join('\n\n  ');

const isHelp = (arg: string) => ['--help', '-h'].includes(arg);

function run([name = '', ...args]: readonly string[]): number | Promise<number> {
  if (name === '--version') {
    console.log(version());
    return 0;
  }
  if (['', 'help'].includes(name) || isHelp(name)) {
    console.log(USAGE);
    return name === '' ? 2 : 0;
  }
  const command = COMMANDS.get(name);
  if (command === undefined) {
    const names = [...COMMANDS.keys()];
    throw new UsageError(`there is no command '${name}'; there is: ${names.join(', ')}${didYouMean(name, names)}`);
  }
  if (args.some(isHelp)) {
    console.log(`usage: ${command.usage}`);
    return 0;
  }
  return command.run(args);
}

// Whoever reads the output, such as `head`, may stop before its end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

async function main(): Promise<void> {
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    const { name, message, code } = error as NodeJS.ErrnoException;
    // By name: a part of the command that is a file of its own has classes of its own.
    const isUsage = ['UsageError', 'UsableError'].includes(name) || code?.startsWith('ERR_PARSE_ARGS');
    // A configuration's mistakes are lines that begin with their place, so that an editor can jump to them.
    console.error(isUsage ? `eu-residency: ${message}` : name === 'ConfigError' ? message : error);
    process.exitCode = 2;
  }
}

void main();
