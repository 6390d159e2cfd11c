import { existsSync } from 'node:fs';
import path from 'node:path';
import { type AdminRequest, adminToken, askAdmin, type Shown } from '../administration/admin-request';
import { readOperatorCommand } from '../administration/operator-options';
import { mayBeDeleted, rightsLines } from '../administration/rights-lines';
import { type RightsCommand, readRightsCommand } from '../administration/rights-options';
import type { CommandHelp } from '../help/command-help';
import { print } from '../shared/print';
import { UsageError } from '../shared/usage-error';

export const RIGHTS_HELP: CommandHelp = {
  summary: "Export, erase or hold a user's content; close a workspace",
  usage: [
    ['rights export --user USER --url URL', "export a user's content"],
    [
      'rights export --user USER --recipient MEMBER --reason TEXT --url URL',
      'export the content of a user who has left, for another member',
    ],
    ['rights hand-over JOB --url URL', 'release such an export to its recipient, as a second administrator'],
    [
      'rights erase --user USER --url URL',
      "erase a user's content, after a delay or a second administrator's confirmation",
    ],
    ['rights confirm JOB --url URL', 'confirm an erasure, as a second administrator'],
    [
      'rights operator-confirm JOB --workspace ID [--yes|--cancel]',
      'show, confirm or cancel such a job, as an operator',
    ],
    ['rights readmit --user USER --url URL', 'admit an erased user again'],
    [
      'rights hold --user USER --reason TEXT [--conversation ID] --url URL',
      "suspend expiry and deletion of a user's content",
    ],
    ['rights release HOLD --url URL', 'end a hold'],
    [
      'rights close --workspace ID [--days N] --url URL',
      "run the last exports, then schedule the deletion of the workspace's key",
    ],
    ['rights call-off JOB --url URL', 'cancel a hand-over, an erasure or a closure, as long as it waits'],
    ['rights holds --url URL', 'list every hold'],
    ['rights status [JOB] --url URL', 'list every job, or show one'],
    ['rights status --own --url URL', 'list the jobs about yourself'],
    ['rights call-off JOB --own --url URL', 'cancel a hand-over or an erasure that concerns you'],
    ['rights erase --own --url URL', 'erase your own content, at once'],
  ],
  options: [
    ['--url URL', 'base URL of the workspace'],
    ['--user USER', "id of the user: the 'sub' of their tokens"],
    ['--conversation ID', 'hold: only this conversation'],
    ['--recipient MEMBER', 'export: the member who opens it instead of the user who has left'],
    ['--reason TEXT', 'hold, or export to a recipient: the reason, stored unencrypted'],
    ['--workspace ID', "close: the workspace's id, repeated to confirm"],
    ['--days N', 'close: days until the key is deleted, 7 to 30; default: 30'],
    ['--own', 'erase, status, call-off: as the user concerned, with a token of any role'],
    ['--yes', 'operator-confirm: confirm the job; without it, the job is only shown'],
    ['--cancel', 'operator-confirm: cancel the job, or a closure, instead'],
    ['--config FILE', 'operator-confirm: configuration that names the stack and the Region; default: residency.yaml'],
    ['--data FOLDER', "operator-confirm: data folder of 'serve', instead of a deployment"],
    ['--format pretty|json', 'default: pretty'],
  ],
  notes: [
    "'operator-confirm' runs a function of the workspace's stack with your AWS credentials. IAM decides whether you may; nothing in the " +
      'deployment grants it.',
  ],
  environment: [['EU_RESIDENCY_TOKEN', 'ID token of an administrator of the workspace; with --own, of the user']],
  examples: ['rights status --url $URL'],
  exitCodes: [
    [0, 'success; a job has been started, not finished'],
    [2, 'the workspace refused the request, or the command line is invalid'],
  ],
};

/** Runs `rights`; the exit code. */
export async function rights(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === 'operator-confirm') return operatorConfirm(rest);
  const command = readRightsCommand(args);
  const token = adminToken();
  const found = await askAll(command.url, requestOf(command), token);
  if (command.format === 'json') print(JSON.stringify(found));
  else {
    const list = Array.isArray(found.data) ? (found.data as Shown[]) : [found];
    print(rightsLines(list, await jobsBesides(found, list, command, token)));
  }
  return 0;
}

/** The answer with the items of all pages. */
async function askAll(url: string, request: AdminRequest, token: string): Promise<Shown> {
  let page = await askAdmin(url, request, token);
  if (typeof page.next !== 'string') return page;
  const data = [...(page.data as Shown[])];
  while (typeof page.next === 'string') {
    page = await askAdmin(url, { ...request, path: `${request.path}?after=${encodeURIComponent(page.next)}` }, token);
    data.push(...(page.data as Shown[]));
  }
  return { ...page, data: byTime(data) };
}

/** Pages of holds are ordered by random ids. Jobs have no such time, and stay in their order. */
const byTime = (data: readonly Shown[]): Shown[] =>
  data.toSorted((a, b) => `${a.placed_at ?? ''}`.localeCompare(`${b.placed_at ?? ''}`));

/** Shows, confirms or cancels a job as an operator; the exit code. */
async function operatorConfirm(args: readonly string[]): Promise<number> {
  const command = readOperatorCommand(args);
  if (command.data !== undefined) {
    const { OperatorFiles } = require('../../local/operator-files') as typeof import('../../local/operator-files');
    if (!existsSync(path.join(command.data, 'serve.sqlite'))) {
      throw new UsageError(
        "--data: this isn't a data folder of 'serve'; name the folder that 'serve' was started with",
      );
    }
    const decision = command.cancel ? 'cancelled' : 'confirmed';
    new OperatorFiles(command.data, command.workspace).decide(decision, command.job);
    print(`${decision}; 'serve' applies it to the job within 30 seconds, unless the job can't be ${decision} now`);
    return 0;
  }
  const { runOperatorConfirm } = require('../run/run-aws') as typeof import('../run/run-aws');
  const job = await runOperatorConfirm(command);
  print(command.format === 'json' ? JSON.stringify(job) : rightsLines([job], [job]));
  return 0;
}

/** The jobs among which the erasure of an export's files may be: those of the list itself, otherwise all of the workspace. */
async function jobsBesides(
  found: Shown,
  list: readonly Shown[],
  { url, own }: RightsCommand,
  token: string,
): Promise<readonly Shown[]> {
  if (own || found.data !== undefined || !list.some(mayBeDeleted)) return list;
  return (await askAll(url, { method: 'GET', path: 'rights/jobs' }, token)).data as Shown[];
}

function requestOf(command: RightsCommand): AdminRequest {
  const { action, user, own, conversation, reason, recipient, workspace, days, id } = command;
  const jobs = own ? 'rights/own/jobs' : 'rights/jobs';
  switch (action) {
    case 'export':
      return { method: 'POST', path: 'rights/exports', body: { user, recipient, reason } };
    case 'hand-over':
      return { method: 'POST', path: `rights/exports/${encodeURIComponent(id ?? '')}/release` };
    case 'erase':
      if (own) return { method: 'POST', path: 'rights/own/erasures' };
      return { method: 'POST', path: 'rights/erasures', body: { user } };
    case 'confirm':
      return { method: 'POST', path: `rights/erasures/${encodeURIComponent(id ?? '')}/confirm` };
    case 'readmit':
      return { method: 'POST', path: 'rights/readmissions', body: { user } };
    case 'hold':
      return { method: 'POST', path: 'rights/holds', body: { user, conversation, reason } };
    case 'release':
      return { method: 'DELETE', path: `rights/holds/${encodeURIComponent(id ?? '')}` };
    case 'close':
      return { method: 'POST', path: 'rights/closures', body: { workspace, days } };
    case 'call-off':
      // A deployment of an earlier version cancels nothing else.
      if (id?.startsWith('close_') === true)
        return { method: 'DELETE', path: `rights/closures/${encodeURIComponent(id)}` };
      return { method: 'DELETE', path: `${jobs}/${encodeURIComponent(id ?? '')}` };
    case 'holds':
      return { method: 'GET', path: 'rights/holds' };
    case 'status':
      return { method: 'GET', path: id === undefined ? jobs : `${jobs}/${encodeURIComponent(id)}` };
  }
}
