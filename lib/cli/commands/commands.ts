import type { CommandHelp } from '../help/command-help';
import { ACCESS_HELP, access } from './access';
import { AUDIT_HELP, audit } from './audit';
import { CHECK_HELP, check } from './check';
import { COST_HELP, cost } from './cost';
import { DOCTOR_HELP, doctor } from './doctor';
import { DRILL_HELP, drill } from './drill';
import { EXPLAIN_HELP, explain } from './explain';
import { FACTS_HELP, facts } from './facts';
import { INIT_HELP, init } from './init';
import { KEYS_HELP, keys } from './keys';
import { MEMBERS_HELP, members } from './members';
import { MODELS_HELP, models } from './models';
import { POLICIES_HELP, policies } from './policies';
import { PROJECTS_HELP, projects } from './projects';
import { PROVIDERS_HELP, providers } from './providers';
import { RECORDS_HELP, records } from './records';
import { REPORT_HELP, report } from './report';
import { RIGHTS_HELP, rights } from './rights';
import { SCIM_HELP, scim } from './scim';
import { SERVE_HELP, serveCommand } from './serve';
import { TENDER_HELP, tender } from './tender';
import { USAGE_HELP, usage } from './usage';
import { VALIDATE_HELP, validate } from './validate';

/** One command of `eu-residency`. */
export interface Command {
  /** What `--help` prints. */
  readonly help: CommandHelp;
  /** Runs it; the exit code. */
  readonly run: (args: readonly string[]) => number | Promise<number>;
}

/** All commands by name, in the order in which they are listed. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['check', { help: CHECK_HELP, run: check }],
  ['explain', { help: EXPLAIN_HELP, run: explain }],
  ['validate', { help: VALIDATE_HELP, run: validate }],
  ['init', { help: INIT_HELP, run: init }],
  ['models', { help: MODELS_HELP, run: (args) => models(args) }],
  ['cost', { help: COST_HELP, run: (args) => cost(args) }],
  ['doctor', { help: DOCTOR_HELP, run: doctor }],
  ['facts', { help: FACTS_HELP, run: facts }],
  ['report', { help: REPORT_HELP, run: (args) => report(args) }],
  ['access', { help: ACCESS_HELP, run: access }],
  ['tender', { help: TENDER_HELP, run: (args) => tender(args) }],
  ['policies', { help: POLICIES_HELP, run: policies }],
  ['keys', { help: KEYS_HELP, run: keys }],
  ['projects', { help: PROJECTS_HELP, run: projects }],
  ['scim', { help: SCIM_HELP, run: scim }],
  ['usage', { help: USAGE_HELP, run: usage }],
  ['members', { help: MEMBERS_HELP, run: members }],
  ['records', { help: RECORDS_HELP, run: records }],
  ['audit', { help: AUDIT_HELP, run: audit }],
  ['rights', { help: RIGHTS_HELP, run: rights }],
  ['providers', { help: PROVIDERS_HELP, run: providers }],
  ['drill', { help: DRILL_HELP, run: drill }],
  ['serve', { help: SERVE_HELP, run: serveCommand }],
]);
