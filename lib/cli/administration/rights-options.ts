import { parseArgs } from 'node:util';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';
import { workspaceUrl } from './admin-request';

/** The command line of `rights`, once it is right. */
export interface RightsCommand {
  readonly action: (typeof ACTIONS)[number];
  /** Of whom; none to list everything. */
  readonly user?: string;
  readonly conversation?: string;
  readonly reason?: string;
  /** Who gets the export of somebody who has left. */
  readonly recipient?: string;
  /** Which workspace is closed, said once more. */
  readonly workspace?: string;
  /** Until its key is deleted. */
  readonly days?: number;
  /** Of a job or a hold. */
  readonly id?: string;
  /** The workspace's base URL, without `/v1`. */
  readonly url: string;
  readonly format: 'pretty' | 'json';
}

const ACTIONS = [
  'export',
  'hand-over',
  'erase',
  'readmit',
  'hold',
  'release',
  'holds',
  'close',
  'call-off',
  'status',
] as const;

/** Which actions are about a user, and which about an id. */
const ABOUT_USER: readonly string[] = ['export', 'erase', 'readmit', 'hold'];

const OF_ID: readonly string[] = ['call-off', 'hand-over', 'release', 'status'];

const OPTIONS = {
  url: { type: 'string' },
  user: { type: 'string' },
  conversation: { type: 'string' },
  reason: { type: 'string' },
  recipient: { type: 'string' },
  workspace: { type: 'string' },
  days: { type: 'string' },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line of `rights`. */
export function readRightsCommand(args: readonly string[]): RightsCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [name, id, ...others] = positionals;
  const action = ACTIONS.find((known) => known === name);
  if (action === undefined) throw new UsageError(`rights takes one of: ${ACTIONS.join(', ')}`);
  const { user, conversation, reason, recipient, workspace } = values;
  const isAboutUser = ABOUT_USER.includes(action);
  if (isAboutUser && user === undefined) {
    throw new UsageError(`whose? add --user ID to rights ${action}: the 'sub' of the user in the workspace's pool`);
  }
  if (!isAboutUser && user !== undefined) throw new UsageError(`rights ${action} takes no --user; leave it out`);
  if (action === 'hold' && reason === undefined) throw new UsageError('why? add --reason TEXT to rights hold');
  if (action !== 'hold' && conversation !== undefined) {
    throw new UsageError('--conversation belongs to rights hold; leave it out');
  }
  if (action !== 'export' && recipient !== undefined) {
    throw new UsageError('--recipient belongs to rights export; leave it out');
  }
  if (action !== 'hold' && (reason === undefined) !== (recipient === undefined)) {
    throw new UsageError('--reason belongs to rights hold, and to rights export with a --recipient, which needs one');
  }
  if (others.length > 0 || (id !== undefined && !OF_ID.includes(action))) {
    throw new UsageError(`rights ${action} takes options only`);
  }
  if ((action === 'close') !== (workspace !== undefined) || (action !== 'close' && values.days !== undefined)) {
    throw new UsageError(
      'rights close takes the id of the workspace once more, as --workspace ID, and --days N; others take neither',
    );
  }
  if (action === 'call-off' && id === undefined) {
    throw new UsageError("rights call-off takes the id of a closing; 'eu-residency rights status' shows it");
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
