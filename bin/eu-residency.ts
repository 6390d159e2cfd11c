#!/usr/bin/env node
import { ACCESS_USAGE, access } from './command/access';
import { CHECK_USAGE, check } from './command/check';
import { DOCTOR_USAGE, doctor } from './command/doctor';
import { DRILL_USAGE, drill } from './command/drill';
import { EXPLAIN_USAGE, explain } from './command/explain';
import { FACTS_USAGE, facts } from './command/facts';
import { INIT_USAGE, init } from './command/init';
import { KEYS_USAGE, keys } from './command/keys';
import { MEMBERS_USAGE, members } from './command/members';
import { MODELS_USAGE, models } from './command/models';
import { RECORDS_USAGE, records } from './command/records';
import { RIGHTS_USAGE, rights } from './command/rights';
import { SERVE_USAGE, serveCommand } from './command/serve';
import { USAGE_USAGE, usage } from './command/usage';
import { UsageError } from './command/usage-error';
import { version } from './command/version';

type Command = (args: readonly string[]) => number | Promise<number>;

const COMMANDS = new Map<string, Command>([
  ['check', check],
  ['explain', explain],
  ['init', init],
  ['models', (args) => models(args)],
  ['doctor', doctor],
  ['facts', facts],
  ['access', access],
  ['keys', keys],
  ['usage', usage],
  ['members', members],
  ['records', records],
  ['rights', rights],
  ['drill', drill],
  ['serve', serveCommand],
]);

const USAGE = `usage: eu-residency COMMAND

  ${CHECK_USAGE}

  ${EXPLAIN_USAGE}

  ${INIT_USAGE}

  ${MODELS_USAGE}

  ${DOCTOR_USAGE}

  ${FACTS_USAGE}

  ${ACCESS_USAGE}

  ${KEYS_USAGE}

  ${USAGE_USAGE}

  ${MEMBERS_USAGE}

  ${RECORDS_USAGE}

  ${RIGHTS_USAGE}

  ${DRILL_USAGE}

  ${SERVE_USAGE}

  eu-residency --version`;

function run([name = '', ...args]: readonly string[]): number | Promise<number> {
  if (name === '--version') {
    console.log(version());
    return 0;
  }
  if (['', 'help', '--help', '-h'].includes(name) || args.includes('--help') || args.includes('-h')) {
    console.log(USAGE);
    return name === '' ? 2 : 0;
  }
  const command = COMMANDS.get(name);
  if (command === undefined)
    throw new UsageError(`there is no command '${name}'; there is: ${[...COMMANDS.keys()].join(', ')}`);
  return command(args);
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
