import { parseArgs } from 'node:util';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';
import { workspaceUrl } from './admin-request';

/** A valid command line of `rights`. */
export interface RightsCommand {
  readonly action: (typeof ACTIONS)[number];
  /** The user whose content it is about; none to list everything. */
  readonly user?: string;
  /** Whether the caller acts as the user whose content it is about. */
  readonly own: boolean;
  readonly conversation?: string;
  readonly reason?: string;
  /** The member who receives the export of a user who has left. */
  readonly recipient?: string;
  /** The workspace to close, repeated to confirm. */
  readonly workspace?: string;
  /** Days until its key is deleted. */
  readonly days?: number;
  /** The id of a job or a hold. */
  readonly id?: string;
  /** The workspace's base URL, without `/v1`. */
  readonly url: string;
  readonly format: 'pretty' | 'json';
}

const ACTIONS = [
  'export',
  'hand-over',
  'erase',
  'confirm',
  'readmit',
  'hold',
  'release',
  'holds',
  'close',
  'call-off',
  'status',
] as const;

/** Actions that take a user. */
const ABOUT_USER: readonly string[] = ['export', 'erase', 'readmit', 'hold'];

const OF_ID: readonly string[] = ['call-off', 'confirm', 'hand-over', 'release', 'status'];

/** Actions that a user can take about jobs that concern them. */
const OWN: readonly string[] = ['call-off', 'erase', 'status'];

const OPTIONS = {
  url: { type: 'string' },
  user: { type: 'string' },
  conversation: { type: 'string' },
  reason: { type: 'string' },
  recipient: { type: 'string' },
  workspace: { type: 'string' },
  days: { type: 'string' },
  own: { type: 'boolean', default: false },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line of `rights`. */
export function readRightsCommand(args: readonly string[]): RightsCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [name, id, ...others] = positionals;
  const action = ACTIONS.find((known) => known === name);
  if (action === undefined) throw new UsageError(`rights takes one of: ${[...ACTIONS, 'operator-confirm'].join(', ')}`);
  const { user, own, conversation, reason, recipient, workspace } = values;
  if (own && !OWN.includes(action))
    throw new UsageError('--own applies to rights erase, status and call-off only; omit it');
  const isAboutUser = ABOUT_USER.includes(action) && !own;
  if (isAboutUser && user === undefined) {
    throw new UsageError(
      `--user is missing; add --user ID to rights ${action}: the 'sub' of the user in the workspace's pool`,
    );
  }
  if (!isAboutUser && user !== undefined) throw new UsageError(`rights ${action} takes no --user; omit it`);
  if (action === 'hold' && reason === undefined)
    throw new UsageError('--reason is missing; add --reason TEXT to rights hold');
  if (action !== 'hold' && conversation !== undefined) {
    throw new UsageError('--conversation applies to rights hold only; omit it');
  }
  if (action !== 'export' && recipient !== undefined) {
    throw new UsageError('--recipient applies to rights export only; omit it');
  }
  if (action !== 'hold' && (reason === undefined) !== (recipient === undefined)) {
    throw new UsageError('--reason applies to rights hold, and to rights export with --recipient, which requires it');
  }
  if (others.length > 0 || (id !== undefined && !OF_ID.includes(action))) {
    throw new UsageError(`rights ${action} takes options only`);
  }
  if ((action === 'close') !== (workspace !== undefined) || (action !== 'close' && values.days !== undefined)) {
    throw new UsageError(
      'rights close requires --workspace ID, to confirm the workspace, and takes --days N; other actions take neither',
    );
  }
  if (action === 'call-off' && id === undefined) {
    throw new UsageError("rights call-off takes the id of a job; 'eu-residency rights status' shows it");
  }
  if (action === 'confirm' && id === undefined) {
    throw new UsageError("rights confirm takes the id of an erasure; 'eu-residency rights status' shows it");
  }
  if (action === 'hand-over' && id === undefined) {
    throw new UsageError("rights hand-over takes the id of an export; 'eu-residency rights status' shows it");
  }
  if (action === 'release' && id === undefined) {
    throw new UsageError("rights release takes the id of a hold; 'eu-residency rights holds' shows it");
  }
  return {
    action,
    user,
    own,
    conversation,
    reason,
    recipient,
    workspace,
    days: daysOf(values.days),
    id,
    url: workspaceUrl(values.url),
    format: oneOf('--format', values.format, ['pretty', 'json']),
  };
}

function daysOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^([7-9]|[12]\d|30)$/.test(text)) return Number(text);
  throw new UsageError(`--days: found '${text}'; allowed: 7 to 30`);
}
