import { ACCESS_USAGE, access } from './access';
import { CHECK_USAGE, check } from './check';
import { DOCTOR_USAGE, doctor } from './doctor';
import { DRILL_USAGE, drill } from './drill';
import { EXPLAIN_USAGE, explain } from './explain';
import { FACTS_USAGE, facts } from './facts';
import { INIT_USAGE, init } from './init';
import { KEYS_USAGE, keys } from './keys';
import { MEMBERS_USAGE, members } from './members';
import { MODELS_USAGE, models } from './models';
import { RECORDS_USAGE, records } from './records';
import { RIGHTS_USAGE, rights } from './rights';
import { SERVE_USAGE, serveCommand } from './serve';
import { USAGE_USAGE, usage } from './usage';

/** One thing that `eu-residency` does. */
export interface Command {
  /** How it is called, and what its exit codes mean. */
  readonly usage: string;
  /** Does it; the exit code. */
  readonly run: (args: readonly string[]) => number | Promise<number>;
}

/** All of them by name, in the order in which they are listed. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['check', { usage: CHECK_USAGE, run: check }],
  ['explain', { usage: EXPLAIN_USAGE, run: explain }],
  ['init', { usage: INIT_USAGE, run: init }],
  ['models', { usage: MODELS_USAGE, run: (args) => models(args) }],
  ['doctor', { usage: DOCTOR_USAGE, run: doctor }],
  ['facts', { usage: FACTS_USAGE, run: facts }],
  ['access', { usage: ACCESS_USAGE, run: access }],
  ['keys', { usage: KEYS_USAGE, run: keys }],
  ['usage', { usage: USAGE_USAGE, run: usage }],
  ['members', { usage: MEMBERS_USAGE, run: members }],
  ['records', { usage: RECORDS_USAGE, run: records }],
  ['rights', { usage: RIGHTS_USAGE, run: rights }],
  ['drill', { usage: DRILL_USAGE, run: drill }],
  ['serve', { usage: SERVE_USAGE, run: serveCommand }],
]);
