import { parseArgs } from 'node:util';
import { count } from '../shared/count';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `doctor`. */
export interface DoctorCommand {
  readonly config: string;
  readonly qualifier: string;
  readonly askIam: boolean;
  /** The members of each workspace. */
  readonly members?: number;
  readonly format: 'pretty' | 'json';
}

const OPTIONS = {
  config: { type: 'string', default: 'residency.yaml' },
  qualifier: { type: 'string', default: 'hnb659fds' },
  members: { type: 'string' },
  'ask-iam': { type: 'boolean', default: false },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line of `doctor`. */
export function readDoctorCommand(args: readonly string[]): DoctorCommand {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const { config, qualifier, format } = values;
  if (!/^[A-Za-z0-9]{1,10}$/.test(qualifier)) {
    throw new UsageError(`--qualifier: found '${qualifier}'; allowed: at most 10 letters and digits`);
  }
  return {
    config,
    qualifier,
    askIam: values['ask-iam'],
    ...(values.members !== undefined && { members: count('--members', values.members) }),
    format: oneOf('--format', format, ['pretty', 'json']),
  };
}
