#!/usr/bin/env node
import { CHECK_USAGE, check } from './command/check';
import { UsageError } from './command/usage-error';

const COMMANDS = new Map([['check', check]]);

const USAGE = `usage: eu-residency COMMAND

  ${CHECK_USAGE}`;

function run([name = '', ...args]: readonly string[]): number {
  if (name === '' || name === 'help' || name === '--help' || name === '-h') {
    console.log(USAGE);
    return name === '' ? 2 : 0;
  }
  const command = COMMANDS.get(name);
  if (command === undefined)
    throw new UsageError(`there is no command '${name}'; there is: ${[...COMMANDS.keys()].join(', ')}`);
  return command(args);
}

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  console.error(isUsage ? `eu-residency: ${(error as Error).message}` : error);
  process.exitCode = 2;
}
