import { parseArgs } from 'node:util';
import { workspaceUrl } from './admin-request';
import { oneOf } from './one-of';
import { UsageError } from './usage-error';

/** The command line of `rights`, once it is right. */
export interface RightsCommand {
  readonly action: (typeof ACTIONS)[number];
  /** Of whom; none to list everything. */
  readonly user?: string;
  readonly conversation?: string;
  readonly reason?: string;
  /** Of a job or a hold. */
  readonly id?: string;
  /** The workspace's base URL, without `/v1`. */
  readonly url: string;
  readonly format: 'pretty' | 'json';
}

const ACTIONS = ['export', 'erase', 'readmit', 'hold', 'release', 'holds', 'status'] as const;

/** Which actions are about a user, and which about an id. */
const ABOUT_USER: readonly string[] = ['export', 'erase', 'readmit', 'hold'];

const OPTIONS = {
  url: { type: 'string' },
  user: { type: 'string' },
  conversation: { type: 'string' },
  reason: { type: 'string' },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line of `rights`. */
export function readRightsCommand(args: readonly string[]): RightsCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [name, id, ...others] = positionals;
  const action = ACTIONS.find((known) => known === name);
  if (action === undefined) throw new UsageError(`rights takes one of: ${ACTIONS.join(', ')}`);
  const { user, conversation, reason } = values;
  const isAboutUser = ABOUT_USER.includes(action);
  if (isAboutUser && user === undefined) {
    throw new UsageError(`whose? add --user ID to rights ${action}: the 'sub' of the user in the workspace's pool`);
  }
  if (!isAboutUser && user !== undefined) throw new UsageError(`rights ${action} takes no --user; leave it out`);
  if (action === 'hold' && reason === undefined) throw new UsageError('why? add --reason TEXT to rights hold');
  if (action !== 'hold' && (reason !== undefined || conversation !== undefined)) {
    throw new UsageError('--reason and --conversation belong to rights hold; leave them out');
  }
  if (others.length > 0 || (id !== undefined && action !== 'release' && action !== 'status')) {
    throw new UsageError(`rights ${action} takes options only`);
  }
  if (action === 'release' && id === undefined) {
    throw new UsageError("rights release takes the id of a hold; 'eu-residency rights holds' shows it");
  }
  return {
    action,
    user,
    conversation,
    reason,
    id,
    url: workspaceUrl(values.url),
    format: oneOf('--format', values.format, ['pretty', 'json']),
  };
}
