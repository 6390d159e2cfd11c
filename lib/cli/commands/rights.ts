import { type AdminRequest, adminToken, askAdmin, type Shown } from '../administration/admin-request';
import { type RightsCommand, readRightsCommand } from '../administration/rights-options';

export const RIGHTS_USAGE = `eu-residency rights export|erase|readmit --user USER --url URL      what a workspace keeps of one user
eu-residency rights export --user USER --recipient MEMBER --reason TEXT --url URL   of somebody who has left
eu-residency rights hand-over JOB --url URL                         another administrator releases it to the recipient
eu-residency rights hold --user USER --reason TEXT --url URL        nothing of theirs expires or is deleted
eu-residency rights release HOLD --url URL                          ends a hold
eu-residency rights close --workspace ID [--days N] --url URL       last exports, then the end of the workspace's key
eu-residency rights call-off JOB --url URL                          calls a closing off, until the key's end
eu-residency rights holds|status [JOB] --url URL                    every hold, every job, or one job
    --url URL                     the workspace's base URL
    --user USER                   the id of the user: the 'sub' of their tokens
    --conversation ID             hold: this conversation alone
    --recipient MEMBER            export: who opens it in place of somebody who has left
    --reason TEXT                 hold, export to a recipient: why; it is kept in the clear
    --workspace ID                close: the workspace's id once more
    --days N                      close: until the key is deleted, 7 to 30; default: 30
    --format pretty|json          default: pretty
  EU_RESIDENCY_TOKEN              the token of an administrator of the workspace
  standard output: the job or hold, or the list of them
  exit code 0: begun, or told; 2: refused`;

/** Runs `rights`; the exit code. */
export async function rights(args: readonly string[]): Promise<number> {
  const command = readRightsCommand(args);
  const found = await askAdmin(command.url, asked(command), adminToken());
  console.log(command.format === 'json' ? JSON.stringify(found) : told(found).join('\n'));
  return 0;
}

function asked(command: RightsCommand): AdminRequest {
  const { action, user, conversation, reason, recipient, workspace, days, id } = command;
  switch (action) {
    case 'export':
      return { method: 'POST', path: 'rights/exports', body: { user, recipient, reason } };
    case 'hand-over':
      return { method: 'POST', path: `rights/exports/${encodeURIComponent(id ?? '')}/release` };
    case 'erase':
      return { method: 'POST', path: 'rights/erasures', body: { user } };
    case 'readmit':
      return { method: 'POST', path: 'rights/readmissions', body: { user } };
    case 'hold':
      return { method: 'POST', path: 'rights/holds', body: { user, conversation, reason } };
    case 'release':
      return { method: 'DELETE', path: `rights/holds/${encodeURIComponent(id ?? '')}` };
    case 'close':
      return { method: 'POST', path: 'rights/closures', body: { workspace, days } };
    case 'call-off':
      return { method: 'DELETE', path: `rights/closures/${encodeURIComponent(id ?? '')}` };
    case 'holds':
      return { method: 'GET', path: 'rights/holds' };
    case 'status':
      return { method: 'GET', path: id === undefined ? 'rights/jobs' : `rights/jobs/${encodeURIComponent(id)}` };
  }
}

/** One line for each job or hold, and what there is of it. */
function told(found: Shown): string[] {
  if (Array.isArray(found.data))
    return found.data.length === 0 ? ['none'] : found.data.flatMap((one: Shown) => told(one));
  return Object.entries(found)
    .filter(([name, value]) => name !== 'object' && value !== null)
    .map(([name, value], index) => `${index === 0 ? '' : '  '}${name}  ${text(value)}`);
}

const text = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')
    : String(value);
