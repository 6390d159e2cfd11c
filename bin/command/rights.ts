import { type RightsCommand, readRightsCommand } from './rights-options';
import { UsageError } from './usage-error';

export const RIGHTS_USAGE = `eu-residency rights export|erase|readmit --user USER --url URL      what a workspace keeps of one user
eu-residency rights hold --user USER --reason TEXT --url URL        nothing of theirs expires or is deleted
eu-residency rights release HOLD --url URL                          ends a hold
eu-residency rights holds|status [JOB] --url URL                    every hold, every job, or one job
    --url URL                     the workspace's base URL
    --user USER                   the id of the user: the 'sub' of their tokens
    --conversation ID             hold: this conversation alone
    --reason TEXT                 hold: why, for whoever lists holds; it is kept in the clear
    --format pretty|json          default: pretty
  EU_RESIDENCY_TOKEN              the token of an administrator of the workspace
  standard output: the job or hold, or the list of them
  exit code 0: begun, or told; 2: refused`;

/** Runs `rights`; the exit code. */
export async function rights(args: readonly string[]): Promise<number> {
  const command = readRightsCommand(args);
  const token = process.env.EU_RESIDENCY_TOKEN ?? '';
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) {
    throw new UsageError(
      "'EU_RESIDENCY_TOKEN' holds no token; set it to the ID token of an administrator of the workspace",
    );
  }
  const found = await ask(command, token);
  console.log(command.format === 'json' ? JSON.stringify(found) : told(found).join('\n'));
  return 0;
}

interface Asked {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

function asked({ action, user, conversation, reason, id }: RightsCommand): Asked {
  switch (action) {
    case 'export':
      return { method: 'POST', path: 'exports', body: { user } };
    case 'erase':
      return { method: 'POST', path: 'erasures', body: { user } };
    case 'readmit':
      return { method: 'POST', path: 'readmissions', body: { user } };
    case 'hold':
      return { method: 'POST', path: 'holds', body: { user, conversation, reason } };
    case 'release':
      return { method: 'DELETE', path: `holds/${encodeURIComponent(id ?? '')}` };
    case 'holds':
      return { method: 'GET', path: 'holds' };
    case 'status':
      return { method: 'GET', path: id === undefined ? 'jobs' : `jobs/${encodeURIComponent(id)}` };
  }
}

type Shown = Readonly<Record<string, unknown>>;

async function ask(command: RightsCommand, token: string): Promise<Shown> {
  const { method, path, body } = asked(command);
  const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
  let response: Response;
  try {
    response = await fetch(`${command.url}/admin/v1/rights/${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
      // Wherever else it led, a token would go with it.
      redirect: 'error',
    });
  } catch {
    throw new UsageError(`--url: nothing answers at ${command.url}; is it the base URL of the workspace?`);
  }
  const answer = (await response.json().catch(() => ({}))) as Shown;
  if (response.ok) return answer;
  const { message } = (answer.error ?? {}) as { readonly message?: string };
  throw new UsageError(message ?? `${command.url} answers ${response.status}; is it the base URL of the workspace?`);
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
