import { parseArgs } from 'node:util';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `rights operator-confirm`. */
export interface OperatorCommand {
  readonly job: string;
  readonly workspace: string;
  /** Whether to confirm the job, or only to show it. */
  readonly yes: boolean;
  /** Whether to cancel the job instead. */
  readonly cancel: boolean;
  readonly config: string;
  /** The data folder of `serve`; undefined for a deployment. */
  readonly data?: string;
  readonly format: 'pretty' | 'json';
}

const OPTIONS = {
  workspace: { type: 'string' },
  yes: { type: 'boolean', default: false },
  cancel: { type: 'boolean', default: false },
  config: { type: 'string', default: 'residency.yaml' },
  data: { type: 'string' },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line after `operator-confirm`. */
export function readOperatorCommand(args: readonly string[]): OperatorCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [job = '', ...others] = positionals;
  const { workspace, yes, cancel, config, data } = values;
  if (
    !(cancel ? /^(export|erase|close)_[0-9a-f]{44}$/ : /^(export|erase)_[0-9a-f]{44}$/).test(job) ||
    others.length > 0
  ) {
    throw new UsageError(
      'rights operator-confirm takes the id of one export or erasure, or with --cancel also of a closure, which ' +
        "'eu-residency rights status' shows to administrators",
    );
  }
  if (cancel && yes) {
    throw new UsageError(
      '--cancel and --yes contradict each other; leave out --yes to cancel the job, or --cancel to confirm it',
    );
  }
  if (workspace === undefined || !/^[a-z0-9-]{1,63}$/.test(workspace)) {
    throw new UsageError('--workspace is missing; add --workspace ID, the id of the workspace in residency.yaml');
  }
  if (data !== undefined && !yes && !cancel) {
    throw new UsageError(
      "--data confirms at once; add --yes, after you have read the job with 'eu-residency rights status', or --cancel",
    );
  }
  return { job, workspace, yes, cancel, config, data, format: oneOf('--format', values.format, ['pretty', 'json']) };
}
